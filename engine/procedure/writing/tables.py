"""A decision table with some cells of a row changed, a row copied or a row gone; everything else of the file stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import deepcopy

from lxml import etree

from engine.domain.text import Text
from engine.errors import Misconfigured
from engine.procedure.decisions.reading.elements import children, first, text_of
from engine.procedure.exchange.xml import read_xml, write_xml

_ENGLISH = "{urn:redress:dmn}en"
_NOTHING = ("", "-", "null", '""')
_COMMA = re.compile(r"\s*,\s*")
_UNREADABLE = Text(
    "这张表的文件读不懂，请先在决策表编辑器里改正。", "The file of this table cannot be read: mend it in the table editor first."
)
_GONE = Text("表里已没有这一行，请刷新。", "The table has no such row any more: reload the page.")


def with_row(content: bytes, decision: str, row: int, outputs: Mapping[str, str], note: Text | None = None) -> bytes:
    """The row (counted from 1) with the FEEL text of some results, by their names, and its note in both languages.

    A cell that means the same already stays as its author wrote it.
    """

    def change(table: etree._Element, rule: etree._Element) -> None:
        names = [str(output.get("name") or "") for output in children(table, "output")]
        cells = dict(zip(names, children(rule, "outputEntry"), strict=False))
        for name, text in outputs.items():
            if name in cells and _meant(text_of(cells[name])) != _meant(text):
                _write(cells[name], "text", text)
        if note is not None:
            _annotate(rule, note)

    return _changed(content, decision, row, change)


def with_copy(content: bytes, decision: str, row: int) -> bytes:
    """The row once more, right below itself."""

    def change(table: etree._Element, rule: etree._Element) -> None:
        taken = {element.get("id") for element in table.getroottree().getroot().iter()}
        twin = deepcopy(rule)
        twin.tail = rule.tail
        for element in twin.iter():
            if element.get("id"):
                element.set("id", _free(str(element.get("id")), taken))
        rule.addnext(twin)

    return _changed(content, decision, row, change)


def without_row(content: bytes, decision: str, row: int) -> bytes:
    """The table without the row."""
    return _changed(content, decision, row, lambda table, rule: table.remove(rule))


def _changed(content: bytes, decision: str, row: int, change: Callable[[etree._Element, etree._Element], None]) -> bytes:
    root = read_xml(content)
    if root is None:
        raise Misconfigured(_UNREADABLE)
    owner = next((one for one in children(root, "decision") if one.get("id") == decision), None)
    table = first(owner, "decisionTable")
    rules = [] if table is None else list(children(table, "rule"))
    if table is None or not 0 < row <= len(rules):
        raise Misconfigured(_GONE)
    change(table, rules[row - 1])
    return write_xml(root)


def _meant(text: str) -> str:
    return "" if text.strip() in _NOTHING else _COMMA.sub(",", text.strip())


def _write(cell: etree._Element, name: str, text: str) -> None:
    found = first(cell, name)
    if found is None:
        found = etree.SubElement(cell, f"{{{etree.QName(cell).namespace}}}{name}")
    del found[:]
    found.text = text


def _annotate(rule: etree._Element, note: Text) -> None:
    """Where the note stands already, else as the description, which the schema puts first."""
    standing = first(rule, "annotationEntry")
    if standing is not None:
        _write(standing, "text", note.zh)
    elif note.zh or first(rule, "description") is not None:
        described = first(rule, "description")
        if described is None:
            described = etree.Element(f"{{{etree.QName(rule).namespace}}}description")
            rule.insert(0, described)
        described.text = note.zh
    if note.en:
        rule.set(_ENGLISH, note.en)
    elif rule.get(_ENGLISH) is not None:
        del rule.attrib[_ENGLISH]


def _free(name: str, taken: set[str | None]) -> str:
    number = 2
    while f"{name}_{number}" in taken:
        number += 1
    taken.add(f"{name}_{number}")
    return f"{name}_{number}"
