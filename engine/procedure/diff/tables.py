"""Differences between decision tables: rows, cells and columns, with limits in the words of their table."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from engine.domain.text import Text
from engine.procedure import limits
from engine.procedure.decisions import Decision, Rule
from engine.procedure.decisions.spoken import QUOTED
from engine.procedure.diff.cells import AMOUNTS, NOTES, amount_of, column_name, rows_between, said_in, says_nothing
from engine.procedure.diff.change import (
    ADDED,
    MOVED,
    REMOVED,
    Change,
    added,
    beside,
    differing,
    listed,
    of,
    put_after,
    removed,
    went,
)
from engine.procedure.diff.names import Names
from engine.procedure.diff.pairs import moved_after
from engine.procedure.exchange.xml import write_xml

_TABLE, _ROW = Text("决策", "decision"), Text("一行", "row")
_LIMIT = Text("时限", "limit")
_BLANK = Text("（空白）", " (empty)")


def compare_decisions(
    file: str, old: Mapping[str, Decision], new: Mapping[str, Decision], names: tuple[Names, Names]
) -> Iterator[Change]:
    """Every decision of a file that differs in its table; what is no table is told by ``rest_of``."""
    for key, was, now in differing({**old}, {**new}):
        name = (now or was).label
        if was is None or now is None:
            yield Change(
                file, key, removed(_TABLE, name) if now is None else added(_TABLE, name), ADDED if was is None else REMOVED
            )
        else:
            rows = _LimitRows(names) if key == limits.DECISION else _Rows(beside(_TABLE, name), names)
            yield from (Change(file, key, text) for text in _table(beside(_TABLE, name), was, now))
            yield from _compare_rows(file, beside(_TABLE, name), was, now, rows)


def rest_of(root: etree._Element) -> dict[str, tuple[Text, bytes]]:
    """What a file says beside the rows of its tables, by element id."""
    found = {}
    for element in root:
        if isinstance(element.tag, str) and etree.QName(element).localname != "DMNDI":
            found[str(element.get("id"))] = (
                Text(name := str(element.get("name") or element.get("id")), name),
                write_xml(_without_rows(element)),
            )
    return found


def _without_rows(element: etree._Element) -> etree._Element:
    bare = copy.deepcopy(element)
    for table in bare.iter("{*}decisionTable"):
        for part in list(table):
            table.remove(part)
        _drop(table, "hitPolicy", "aggregation")
    _drop(bare, "name")
    return bare


def _drop(element: etree._Element, *names: str) -> None:
    for name in names:
        element.attrib.pop(name, "")


def _table(table: Text, was: Decision, now: Decision) -> Iterator[Text]:
    if was.label != now.label:
        yield went(of(table, Text("名称", "name")), was.label, now.label)
    policies = [f"{one.hit_policy} {one.aggregation}".strip() for one in (was, now)]
    if policies[0] != policies[1]:
        yield went(of(table, Text("命中策略", "hit policy")), *policies)
    for kind, before, after in (
        (Text("输入列", "input column"), {one.source: one for one in was.inputs}, {one.source: one for one in now.inputs}),
        (Text("输出列", "output column"), {one.name: one for one in was.outputs}, {one.name: one for one in now.outputs}),
    ):
        for key, old, new in differing(before, after):
            if old is None or new is None:
                yield of(table, removed(kind, old.label) if new is None else added(kind, new.label))
            elif (part := _column(old)) != (later := _column(new)):
                yield went(of(table, beside(kind, Text(key, key))), part, later)


def _column(column: Any) -> str:
    return " ".join(part for part in (column.label.zh, column.type, column.allowed, getattr(column, "default", "")) if part)


def _compare_rows(file: str, table: Text, was: Decision, now: Decision, rows: _Rows) -> Iterator[Change]:
    old, new = rows_between(was, now)
    order = {rule.id: rule for rule in (*was.rules, *now.rules)}
    for key, before, after in differing(old, new):
        rule = order[key]
        if before is None or after is None:
            side = after if before is None else before
            text = rows.whole(rule, side, is_new=before is None, decision=now if before is None else was)
            yield Change(file, key, text, ADDED if before is None else REMOVED)
        else:
            yield from (Change(file, key, text) for text in rows.changed(rule, before, after, was, now))
    at_its_place = {rule.id: rule for rule in now.rules}
    for key, other in moved_after(old, new):
        name = rows.name(at_its_place[key], new[key], rows.later)
        after = None if other is None else rows.name(at_its_place[other], new[other], rows.later)
        yield Change(file, key, put_after(name, after), MOVED)


class _Rows:
    """How the rows of a table are told."""

    def __init__(self, table: Text, names: tuple[Names, Names]) -> None:
        self._table, self._names, self.later = table, names, names[1]

    def name(self, rule: Rule, cells: Mapping[str, str], names: Names) -> Text:
        """What a row is called: its annotation, else its place."""
        zh, en = (f"（{rule.note.zh}）", f" ({rule.note.en})") if rule.annotation else ("", "")
        return Text(f"{self._table.zh} 第 {rule.index} 行{zh}", f"{self._table.en}, row {rule.index}{en}")

    def whole(self, rule: Rule, cells: Mapping[str, str], *, is_new: bool, decision: Decision) -> Text:
        """A row that is new or gone, with its conditions and answers."""
        names = self._names[is_new]
        given = listed(
            self._told(key, cell, decision, names)
            for key, cell in cells.items()
            if key not in NOTES and not says_nothing(key, cell)
        )
        name = self.name(rule, cells, names)
        more = Text(f"：{given.zh}", f": {given.en}") if given.zh else _BLANK
        if not is_new:
            return removed(_ROW, Text(f"{name.zh}{more.zh}", f"{name.en}{more.en}"))
        return added(_ROW, name, more)

    def changed(
        self, rule: Rule, before: Mapping[str, str], after: Mapping[str, str], was: Decision, now: Decision
    ) -> Iterator[Text]:
        """One sentence a cell that differs."""
        name = self.name(rule, before, self._names[0])
        for key, old, new in differing(before, after):
            what = of(name, column_name(key, now if old is None else was))
            yield went(what, said_in(key, old, self._names[0]), said_in(key, new, self._names[1]))

    def _told(self, key: str, cell: str, decision: Decision, names: Names) -> Text:
        return beside(column_name(key, decision), said_in(key, cell, names))


class _LimitRows(_Rows):
    """How the rows of the table of limits are told: by the limit, with amount and unit in one."""

    def __init__(self, names: tuple[Names, Names]) -> None:
        super().__init__(_LIMIT, names)

    def name(self, rule: Rule, cells: Mapping[str, str], names: Names) -> Text:
        keys = QUOTED.findall(cells.get(f"in:{limits.INPUT}", ""))
        return beside(_LIMIT, listed(names.limit(key) for key in keys)) if keys else super().name(rule, cells, names)

    def changed(
        self, rule: Rule, before: Mapping[str, str], after: Mapping[str, str], was: Decision, now: Decision
    ) -> Iterator[Text]:
        name = self.name(rule, before, self._names[0])
        old, new = amount_of(before), amount_of(after)
        if old != new:
            yield went(name, old, new)
        rest = [{key: cell for key, cell in side.items() if key not in AMOUNTS} for side in (before, after)]
        yield from super().changed(rule, rest[0], rest[1], was, now)

    def whole(self, rule: Rule, cells: Mapping[str, str], *, is_new: bool, decision: Decision) -> Text:
        names, amount = self._names[is_new], amount_of(cells)
        skipped = {*AMOUNTS, f"in:{limits.INPUT}", *NOTES}
        rest = [
            self._told(key, cell, decision, names)
            for key, cell in cells.items()
            if key not in skipped and not says_nothing(key, cell)
        ]
        told = listed([amount, *rest])
        name = self.name(rule, cells, names)
        whole = Text(f"{name.zh}：{told.zh}", f"{name.en}: {told.en}")
        return added(_ROW, whole) if is_new else removed(_ROW, whole)
