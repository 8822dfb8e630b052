"""Canonical XML: fixed order of attributes, two spaces a level, everything that is written kept, unknown extensions too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from engine.procedure.findings import Findings
from engine.procedure.safe_xml import parse_xml

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
#: What a reader looks for first; all other attributes follow by the alphabet.
_FIRST = {name: place for place, name in enumerate(("id", "label", "name", "x", "y", "width", "height"))}
_IN_TEXT = {"\r": "&#13;"}
_IN_ATTRIBUTE = {**_IN_TEXT, '"': "&quot;", "\n": "&#10;", "\t": "&#9;"}
_XML = "http://www.w3.org/XML/1998/namespace"
_SPACE = f"{{{_XML}}}space"
_Names = Mapping[str | None, str]


def canonical_xml(data: bytes) -> bytes:
    """The document written our way; one that cannot be read safely stays as it came."""
    root = read_xml(data)
    return data.replace(b"\r\n", b"\n") if root is None else write_xml(root)


def read_xml(data: bytes) -> etree._Element | None:
    """The root with comments and all; None for a document that the check refuses."""
    if parse_xml(data, "", Findings()) is None:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def write_xml(root: etree._Element) -> bytes:
    """A document of that root and the comments around it."""
    around = [*reversed(list(root.itersiblings(preceding=True))), root, *root.itersiblings()]
    return (HEAD + "".join(f"{_node(node, 0, {})}\n" for node in around)).encode()


def _node(node: Any, level: int, known: _Names) -> str:
    if not isinstance(node.tag, str):
        return etree.tostring(node, encoding="unicode", with_tail=False)
    declared = dict(_declared(node, known))
    start = f"<{_name(node)}{_attributes(node, declared)}"
    known = {**known, **declared}
    if not len(node) and not (node.text or "").strip():
        return f"{start} />"
    return f"{start}>{_content(node, level, known)}</{_name(node)}>"


def _content(node: Any, level: int, known: _Names) -> str:
    if is_prose(node):
        inner = (_node(child, level, known) + escape(child.tail or "", _IN_TEXT) for child in node)
        return escape(node.text or "", _IN_TEXT) + "".join(inner)
    inner = (f"\n{'  ' * (level + 1)}{_node(child, level + 1, known)}" for child in node)
    return f"{''.join(inner)}\n{'  ' * level}"


def is_prose(node: Any) -> bool:
    """Whether the space between its elements means something: beside words, or where the author says so, it does."""
    words = (node.text, *(child.tail for child in node))
    return node.get(_SPACE) == "preserve" or any((part or "").strip() for part in words)


def _declared(node: Any, known: _Names) -> Iterator[tuple[str | None, str]]:
    if node.prefix is None and etree.QName(node).namespace is None and known.get(None):
        yield None, ""
    for prefix, address in node.nsmap.items():
        if known.get(prefix) != address and prefix != "xml":
            yield prefix, address


def _attributes(node: Any, declared: _Names) -> str:
    # Editors declare them in an order of their own each time they write.
    spaces = sorted((f"xmlns:{prefix}" if prefix else "xmlns", address) for prefix, address in declared.items())
    prefixes = {address: prefix for prefix, address in node.nsmap.items() if prefix} | {_XML: "xml"}
    own = sorted(((_attribute(name, prefixes), value) for name, value in node.attrib.items()), key=_place)
    return "".join(f' {name}="{escape(value, _IN_ATTRIBUTE)}"' for name, value in (*spaces, *own))


def _place(attribute: tuple[str, str]) -> tuple[int, str]:
    return _FIRST.get(attribute[0], len(_FIRST)), attribute[0]


def _attribute(name: str, prefixes: Mapping[str, str]) -> str:
    parsed = etree.QName(name)
    return f"{prefixes[parsed.namespace]}:{parsed.localname}" if parsed.namespace else parsed.localname


def _name(node: Any) -> str:
    local = etree.QName(node).localname
    return f"{node.prefix}:{local}" if node.prefix else local
