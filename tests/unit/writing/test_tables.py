"""Tables change row by row and column by column, and what nobody touched stays to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.domain.text import Text
from engine.errors import Misconfigured
from engine.procedure.decisions import Decision, parse_decisions
from engine.procedure.exchange.canonical import canonical_file
from engine.procedure.writing import tables

TABLE = Path("processes/complaint/closers.dmn").read_bytes()
NAME = "closer_rule"


def _read(content: bytes) -> Decision:
    return parse_decisions(canonical_file("closers.dmn", content), "closers.dmn").decisions[NAME]


def _cells(content: bytes) -> list[tuple[str, ...]]:
    return [(*rule.cells, *rule.outputs) for rule in _read(content).rules]


def test_a_row_is_written_moved_and_added() -> None:
    before = _cells(TABLE)

    changed = tables.with_cells(TABLE, NAME, 2, {0: '"important", "major"', 1: '"manager"'}, Text("重要以上", "Important up"))
    moved = tables.with_row_moved(TABLE, NAME, 3, -1)
    added = tables.with_new_row(TABLE, NAME, 1)
    first = tables.with_new_row(TABLE, NAME, 0)

    assert _cells(changed)[1] == ('"important", "major"', '"manager"') and _read(changed).rules[1].note.en == "Important up"
    assert _cells(moved) == [before[0], before[2], before[1]]
    assert tables.with_row_moved(moved, NAME, 2, 1) == tables.with_cells(TABLE, NAME, 1, {})
    assert _cells(added)[1] == ("-", "") and len(_cells(first)) == 4 and _cells(first)[0] == ("-", "")
    assert tables.with_row_moved(TABLE, NAME, 1, -1) == tables.with_cells(TABLE, NAME, 1, {})
    with pytest.raises(Misconfigured):
        tables.with_cells(TABLE, NAME, 9, {})


def test_a_column_more_asks_nothing_of_any_row_and_moves_no_result() -> None:
    content, column = tables.with_column(TABLE, NAME, "came_back", Text("是否复发", "Came back"), "string")

    table = _read(content)
    assert [one.source for one in table.inputs] == ["severity", "came_back"] and table.inputs[1].label.en == "Came back"
    assert [rule.cells[1] for rule in table.rules] == ["-"] * 3
    assert [rule.outputs for rule in table.rules] == [rule.outputs for rule in _read(TABLE).rules]
    assert column in content.decode()
    twice, other = tables.with_column(content, NAME, "came_back", Text("又", "Again"), "string")
    assert other != column and len(_read(twice).inputs) == 3
