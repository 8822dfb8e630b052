"""The cells of a table row as they are told: by column, with what they name by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from engine.domain.text import Text
from engine.procedure import limits
from engine.procedure.decisions import Decision, Rule
from engine.procedure.decisions.spoken import TRUTH
from engine.procedure.diff.names import Names

#: What a cell holds that says nothing; a condition that asks for what is not given does say something.
_EMPTY = ("", "-", '""', "null")
_ANY = _EMPTY[:-1]
NOTES = ("note", "note_en")
_PLAIN = {**TRUTH, "null": Text("未填", "not given")}
_WORDS = re.compile(r'"([^"]*)"|[A-Za-z_]\w*')
_AMOUNT = ("amount", "unit")
#: The columns of the table of limits that are told in one.
AMOUNTS = frozenset(f"out:{name}" for name in _AMOUNT)


def cells_of(decision: Decision, rule: Rule) -> Iterator[tuple[str, str]]:
    """What stands in a row by column: ``in:`` and what is asked, ``out:`` and what is answered, and the notes."""
    for column, cell in zip(decision.inputs, rule.cells, strict=False):
        yield f"in:{column.source}", "-" if cell.strip() in ("", "-") else cell.strip()
    for output, cell in zip(decision.outputs, rule.outputs, strict=False):
        yield f"out:{output.name}", cell.strip()
    yield "note", rule.annotation
    yield "note_en", rule.annotation_en


def rows_between(was: Decision | None, now: Decision | None) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """The cells of each row on both sides, without what says nothing in a column that the other side lacks."""
    sides = [one for one in (was, now) if one is not None]
    both = frozenset(NOTES).union(frozenset.intersection(*(frozenset(columns_of(one)) for one in sides)))

    def rows(decision: Decision | None) -> dict[str, dict[str, str]]:
        rules = () if decision is None else decision.rules
        return {rule.id: _kept(cells_of(decision, rule), both) for rule in rules if decision is not None}

    return rows(was), rows(now)


def _kept(cells: Iterator[tuple[str, str]], always: frozenset[str]) -> dict[str, str]:
    return {key: cell for key, cell in cells if key in always or not says_nothing(key, cell)}


def columns_of(decision: Decision) -> tuple[str, ...]:
    """The columns of a table as ``cells_of`` names them, without the notes."""
    return (*(f"in:{one.source}" for one in decision.inputs), *(f"out:{one.name}" for one in decision.outputs))


def says_nothing(key: str, cell: str) -> bool:
    """Whether a cell of that column is as good as none."""
    return cell in (_ANY if key.startswith("in:") else _EMPTY)


def amount_of(cells: Mapping[str, str]) -> Text:
    """How long a row of the table of limits gives, with its unit."""
    amount, unit = (cells.get(f"out:{name}", "") for name in _AMOUNT)
    return limits.length_in_words(amount, unit.strip('"'))


def column_name(key: str, decision: Decision) -> Text:
    """What a column of ``cells_of`` is called."""
    kind, _, name = key.partition(":")
    columns: Mapping[str, Any] = (
        {one.source: one for one in decision.inputs} if kind == "in" else {one.name: one for one in decision.outputs}
    )
    if key == "note_en":
        return Text("英文说明", "note in English")
    if name not in columns:
        return Text("说明", "note")
    label: Text = columns[name].label
    return label


def said_in(key: str, cell: str | None, names: Names) -> Text:
    """What a cell says."""
    if cell is None or says_nothing(key, cell):
        return Text("不限", "any") if key.startswith("in:") else Text("无", "none")
    if key in NOTES:
        return Text(cell, cell)
    field = key.partition(":")[2]
    return Text(_in_language(cell, field, names, "zh"), _in_language(cell, field, names, "en"))


def _in_language(cell: str, field: str, names: Names, language: str) -> str:
    """A cell with its values, the fields it names and truth values in words; what stands in quotes is a value."""

    def word(found: re.Match[str]) -> str:
        said = names.value(field, found[1]) if found[1] is not None else _PLAIN.get(found[0]) or names.field(found[0])
        return said.in_language(language)

    return _WORDS.sub(word, cell)
