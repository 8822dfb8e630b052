"""A mend that the check offers, written into its file and nowhere else: in a drawing at its element, elsewhere at the words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape

from lxml import etree

from engine.procedure.diagrams.markup import BPMN, SPIFF, children, find
from engine.procedure.exchange.answering import properties_holder
from engine.procedure.exchange.xml import read_xml, write_xml
from engine.procedure.findings import Mending
from engine.procedure.writing.merging import content_of, rewritten

_DRAWING = ".bpmn"
_BODIES = {
    "decision": "./b:extensionElements/s:calledDecisionId",
    "operator": "./b:extensionElements/s:serviceTaskOperator",
}


def mended(path: str, content: bytes, mending: Mending) -> bytes | None:
    """The file as it is then; None where the place is not as the check found it, or where it takes an editor to do it."""
    if mending.do in _IN_WORDS:
        return _IN_WORDS[mending.do](content, mending)
    root = read_xml(content) if path.endswith(_DRAWING) and mending.do in _IN_DRAWINGS else None
    drawn = () if root is None else root.iter(f"{{{BPMN}}}*")
    element = next((one for one in drawn if one.get("id") == mending.element), None)
    if root is None or element is None:
        return None
    before = etree.tostring(root)
    _IN_DRAWINGS[mending.do](element, mending)
    return None if etree.tostring(root) == before else write_xml(root)


def can_be_written(path: str, mending: Mending) -> bool:
    """Whether ``mended`` can do it; the rest takes an editor, or a person who fills something in."""
    return mending.do in (_IN_DRAWINGS if path.endswith(_DRAWING) else _IN_WORDS)


def _words(content: bytes, mending: Mending) -> bytes | None:
    """Wherever the file says it, as a form, a table or a plain file would write it."""
    before = content.decode()
    for wrong, right in zip(_written(mending.name), _written(mending.value), strict=True):
        if mending.name and wrong in before:
            return before.replace(wrong, right).encode()
    return None


def _written(words: str) -> Iterator[str]:
    yield json.dumps(words, ensure_ascii=False)[1:-1]
    yield escape(words, {'"': "&quot;"})
    yield escape(words)
    yield words


def _name(content: bytes, mending: Mending) -> bytes | None:
    """A name wherever it stands by itself."""
    pattern = rf"(?<![\w.-]){re.escape(mending.name)}(?![\w-])"
    after, count = re.subn(pattern, lambda _: mending.value, content.decode())
    return after.encode() if count and mending.name else None


def _entry(content: bytes, mending: Mending) -> bytes | None:
    """Something said of an entry of a file of entries."""
    entries = content_of(content)
    entry = entries.get(mending.element)
    if not isinstance(entry, dict):
        return None
    return rewritten(content, {**entries, mending.element: {**entry, mending.name: json.loads(mending.value)}})


def _property(element: etree._Element, mending: Mending) -> None:
    path = "./b:extensionElements/s:properties/s:property"
    written = [one for one in find(element, path) if one.get("name") == mending.name]
    if not mending.value:
        for one in written:
            _drop(one)
        return
    entry = written[0] if written else etree.SubElement(properties_holder(element), f"{{{SPIFF}}}property", name=mending.name)
    entry.set("value", mending.value)


def _attribute(element: etree._Element, mending: Mending) -> None:
    if mending.value:
        element.set(mending.name, mending.value)
    else:
        element.attrib.pop(mending.name, "")


def _body(element: etree._Element, mending: Mending) -> None:
    for written in find(element, _BODIES[mending.name])[:1]:
        if mending.name == "operator":
            written.set("id", mending.value)
        else:
            written.text = mending.value


def _default(element: etree._Element, mending: Mending) -> None:
    element.set("default", mending.value)
    around = element.getparent()
    for flow in [] if around is None else children(around, "sequenceFlow"):
        if flow.get("id") == mending.value:
            _condition(flow, mending)


def _condition(element: etree._Element, _: Mending) -> None:
    for condition in children(element, "conditionExpression"):
        _drop(condition)


def _type(element: etree._Element, mending: Mending) -> None:
    _, _, wanted = mending.value.partition(":")
    element.tag = f"{{{BPMN}}}{wanted[:1].lower()}{wanted[1:]}"


def _expression(element: etree._Element, mending: Mending) -> None:
    for part in element.iter(etree.Element):
        if (part.text or "").strip() == mending.name.strip():
            part.text = mending.value
        if (part.get("value") or "").strip() == mending.name.strip():
            part.set("value", mending.value)


def _drop(element: etree._Element) -> None:
    holder = element.getparent()
    if holder is not None:
        holder.remove(element)


_IN_WORDS: dict[str, Callable[[bytes, Mending], bytes | None]] = {"text": _words, "word": _name, "entry": _entry}
_IN_DRAWINGS: dict[str, Callable[[etree._Element, Mending], None]] = {
    "property": _property, "attribute": _attribute, "body": _body, "default": _default, "condition": _condition,
    "expression": _expression, "type": _type,
}  # fmt: skip
