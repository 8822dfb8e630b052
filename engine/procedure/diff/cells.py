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

#: What a cell holds that says nothing.
EMPTY = ("", "-", "null", '""')
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
    return label if label.en != label.zh else Text(label.zh, name)


def said_in(key: str, cell: str | None, names: Names) -> Text:
    """What a cell says."""
    if cell is None or cell in EMPTY:
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
