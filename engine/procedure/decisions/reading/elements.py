"""Reading decision files element by element: children by name, texts, and the place for a finding."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from engine.procedure.findings import Place

NAMESPACES = frozenset({
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
})  # fmt: skip

Element = etree._Element
#: An attribute of ours beside ``name``, ``label`` or a row's annotation; other editors carry it along unseen.
ENGLISH = "{urn:redress:dmn}en"


def tag(element: Element) -> str:
    """The element's name without its namespace."""
    return etree.QName(element).localname


def children(element: Element, *names: str) -> Iterator[Element]:
    """The DMN children of these names, all of them without names; what other tools added is passed over."""
    for child in element:
        if isinstance(child.tag, str) and etree.QName(child).namespace in NAMESPACES and (not names or tag(child) in names):
            yield child


def first(element: Element | None, *names: str) -> Element | None:
    """The first such child, if there is one."""
    return None if element is None else next(children(element, *names), None)


def text_of(element: Element | None) -> str:
    """What stands in the ``text`` child, without the white space around it; empty when there is none."""
    found = first(element, "text")
    return "" if found is None else "".join(map(str, found.itertext())).strip()


def name_of(element: Element) -> str:
    """The element's name with single spaces, else its id."""
    return " ".join(str(element.get("name") or "").split()) or str(element.get("id") or "")


def english_of(element: Element) -> str:
    """What an author wrote as the English of a name, heading or annotation; DMN itself has room for one language."""
    return " ".join(str(element.get(ENGLISH) or "").split())


def type_of(element: Element | None) -> str:
    """The type an element refers to, without a prefix; DMN 1.1 wrote item definitions' types as a child."""
    if element is None:
        return ""
    found = first(element, "typeRef")
    written = element.get("typeRef") or ("" if found is None else "".join(map(str, found.itertext()))) or ""
    return written.rpartition(":")[2].strip()


def target_of(element: Element) -> str:
    """The id that a requirement points to."""
    return str(element.get("href") or "").rpartition("#")[2]


def place_of(element: Element, file: str) -> Place:
    """Where an element stands; one without an id is placed by the nearest ancestor that has one."""
    owner: Element | None = element
    while owner is not None and not owner.get("id"):
        owner = owner.getparent()
    named = element if owner is None else owner
    line = element.sourceline if isinstance(element.sourceline, int) else None
    return Place(file, line, named.get("id"), named.get("name") or named.get("label"), named.get(ENGLISH))
