"""A decision table with cells changed, rows added, moved, copied or gone, a column more; everything else of the file stays."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from copy import deepcopy
from itertools import chain

from lxml import etree

from engine.domain.text import Text, untranslated
from engine.errors import Misconfigured
from engine.feel import FeelError, compile_expression, compile_unary_tests
from engine.procedure.decisions.reading.elements import ENGLISH, children, first, text_of
from engine.procedure.exchange.xml import read_xml, write_xml

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
        taken = _taken(table)
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


def with_cells(content: bytes, decision: str, row: int, cells: Mapping[int, str], note: Text | None = None) -> bytes:
    """The row with the FEEL text of some cells, by their place from the left (0 the first that asks), and its note.

    A cell that means the same already stays as its author wrote it.
    """

    def change(table: etree._Element, rule: etree._Element) -> None:
        entries = list(chain(children(rule, "inputEntry"), children(rule, "outputEntry")))
        for place, text in cells.items():
            if 0 <= place < len(entries) and _meant(text_of(entries[place])) != _meant(text):
                _write(entries[place], "text", text)
        if note is not None:
            _annotate(rule, note)

    return _changed(content, decision, row, change)


def with_new_row(content: bytes, decision: str, after: int) -> bytes:
    """An empty row below that row, with 0 or in a table without rows as the first."""

    def change(table: etree._Element, rules: list[etree._Element]) -> None:
        taken = _taken(table)
        space = f"{{{etree.QName(table).namespace}}}"
        name = _free(f"{table.get('id') or decision}_row", taken)
        rule = etree.Element(f"{space}rule", id=name)
        for kind, cell, nothing in (("input", "inputEntry", "-"), ("output", "outputEntry", "")):
            for number, _ in enumerate(children(table, kind), 1):
                _cell(rule, cell, _free(f"{name}_{kind}_{number}", taken), nothing)
        if rules and after:
            rules[min(after, len(rules)) - 1].addnext(rule)
        elif rules:
            rules[0].addprevious(rule)
        else:
            table.append(rule)

    return _edited(content, decision, change)


def with_row_moved(content: bytes, decision: str, row: int, by: int) -> bytes:
    """The row further up (below 0) or down; at the edge it stays."""

    def change(table: etree._Element, rule: etree._Element) -> None:
        rules = list(children(table, "rule"))
        other = rules[max(0, min(row - 1 + by, len(rules) - 1))]
        if other is not rule:
            (other.addprevious if by < 0 else other.addnext)(rule)

    return _changed(content, decision, row, change)


def with_column(content: bytes, decision: str, key: str, label: Text, kind: str) -> tuple[bytes, str]:
    """One more column that asks for a field, after the others, of which no row asks anything yet; and the column's id."""
    made: list[str] = []

    def change(table: etree._Element, rules: list[etree._Element]) -> None:
        taken = _taken(table)
        space = f"{{{etree.QName(table).namespace}}}"
        name = _free(f"{table.get('id') or decision}_in_{key}", taken)
        made.append(name)
        column = etree.Element(f"{space}input", {"id": name, "label": label.zh})
        if not untranslated(label):
            column.set(ENGLISH, label.en)
        asked = etree.SubElement(column, f"{space}inputExpression", id=_free(f"{name}_expression", taken), typeRef=kind)
        etree.SubElement(asked, f"{space}text").text = key
        standing = list(children(table, "input"))
        if standing:
            standing[-1].addnext(column)
        else:
            table.insert(0, column)
        for rule in rules:
            cell = _cell(rule, "inputEntry", _free(f"{rule.get('id') or name}_{key}", taken), "-")
            before = [one for one in children(rule, "inputEntry") if one is not cell]
            if before:
                before[-1].addnext(cell)
            elif (answered := first(rule, "outputEntry")) is not None:
                answered.addprevious(cell)

    return _edited(content, decision, change), made[0]


def unread(text: str, names: Collection[str], *, asks: bool) -> Text | None:
    """Why a cell cannot be read, None when it can."""
    try:
        if text.strip() not in _NOTHING:
            (compile_unary_tests if asks else compile_expression)(text, frozenset(names))
    except FeelError as problem:
        return problem.text
    return None


def quoted(value: str) -> str:
    """A choice as a cell writes it."""
    return json.dumps(value, ensure_ascii=False)


def _cell(rule: etree._Element, tag: str, name: str, text: str) -> etree._Element:
    space = f"{{{etree.QName(rule).namespace}}}"
    cell = etree.SubElement(rule, f"{space}{tag}", id=name)
    etree.SubElement(cell, f"{space}text").text = text
    return cell


def _taken(table: etree._Element) -> set[str | None]:
    return {element.get("id") for element in table.getroottree().getroot().iter()}


def _changed(content: bytes, decision: str, row: int, change: Callable[[etree._Element, etree._Element], None]) -> bytes:
    def change_row(table: etree._Element, rules: list[etree._Element]) -> None:
        if not 0 < row <= len(rules):
            raise Misconfigured(_GONE)
        change(table, rules[row - 1])

    return _edited(content, decision, change_row)


def _edited(content: bytes, decision: str, change: Callable[[etree._Element, list[etree._Element]], None]) -> bytes:
    root = read_xml(content)
    if root is None:
        raise Misconfigured(_UNREADABLE)
    owner = next((one for one in children(root, "decision") if one.get("id") == decision), None)
    table = first(owner, "decisionTable")
    if table is None:
        raise Misconfigured(_GONE)
    change(table, list(children(table, "rule")))
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
        rule.set(ENGLISH, note.en)
    elif rule.get(ENGLISH) is not None:
        del rule.attrib[ENGLISH]


def _free(name: str, taken: set[str | None]) -> str:
    if name not in taken:
        taken.add(name)
        return name
    number = 2
    while f"{name}_{number}" in taken:
        number += 1
    taken.add(f"{name}_{number}")
    return f"{name}_{number}"
