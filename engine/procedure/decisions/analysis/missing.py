"""The row that a gap lacks: for each input the cell that takes exactly the pieces which no row took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from engine.feel import literal
from engine.procedure.decisions.analysis.axes import OTHER, Axis

ANYTHING = "-"


def cell_of(axis: Axis, pieces: Sequence[int]) -> str:
    """The pieces of an axis as a cell that an author could have written."""
    if len(pieces) == len(axis.pieces):
        return ANYTHING
    values = [axis.pieces[number] for number in pieces]
    if any(value is OTHER for value in values):
        return f"not({_listed([value for value in axis.pieces if value is not OTHER and value not in values])})"
    if not axis.marks:
        return _listed(values)
    return ", ".join(_stretch(axis, run) for run in _runs(pieces))


def _listed(values: Sequence[Any]) -> str:
    return ", ".join(map(literal, values))


def _runs(pieces: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each stretch of neighbouring pieces."""
    first = last = pieces[0]
    for piece in pieces[1:]:
        if piece != last + 1:
            yield first, last
            first = piece
        last = piece
    yield first, last


def _stretch(axis: Axis, run: tuple[int, int]) -> str:
    low, low_closed = _end(axis, axis.pieces[run[0]], -1)
    high, high_closed = _end(axis, axis.pieces[run[1]], 1)
    if low is None or high is None:
        value, closed, sign = (high, high_closed, "<") if low is None else (low, low_closed, ">")
        return f"{sign}{'=' if closed else ''} {literal(value)}"
    if low == high:
        return literal(low)
    return f"{'[' if low_closed else '('}{literal(low)}..{literal(high)}{']' if high_closed else ')'}"


def _end(axis: Axis, value: Any, side: int) -> tuple[Any, bool]:
    """Where a stretch ends on a side: at the value itself where a row says something of it, else before the next such value."""
    if value in axis.marks:
        return value, True
    beyond = [mark for mark in axis.marks if (mark > value if side > 0 else mark < value)]
    return (None if not beyond else min(beyond) if side > 0 else max(beyond)), False
