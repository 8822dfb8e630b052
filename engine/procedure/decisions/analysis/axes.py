"""The inputs of a table as axes: each cut into pieces on which every row's answer is the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from engine.domain.durations import YearsMonths
from engine.domain.text import Text
from engine.domain.values import Value
from engine.feel import literal
from engine.procedure.decisions.analysis.cells import Cell, kind, listed, understand
from engine.procedure.decisions.columns import InputColumn
from engine.procedure.decisions.model import Decision

# The values that an input can have, by its expression, where the vocabulary knows what the table does not say.
Choices = Mapping[str, Sequence[Value]]
# What people call the values of an input, by its expression and the value.
Names = Mapping[str, Mapping[Value, Text]]
_PATH = re.compile(r"[^\W\d][\w ]*(?:\s*\.\s*[^\W\d][\w ]*)*")
_PARTS = re.compile(r"\s*\.\s*")
_STEPS: dict[str, Any] = {
    "Decimal": Decimal(1),
    "date": timedelta(1),
    "moment": timedelta(1),
    "local": timedelta(1),
    "timedelta": timedelta(1),
    "time": 60,
    "YearsMonths": YearsMonths(1),
}


_LAST_SECOND = 24 * 60 * 60 - 1


class _OtherText(str):
    """A text that equals none that a cell names: cells compare values of one type only."""


OTHER = _OtherText()


@dataclass(frozen=True, slots=True)
class Axis:
    """One input that does not depend on the others; ``pieces`` has a value from each piece, ``rows`` who takes it.

    ``marks`` are, where the pieces are stretches of ordered values, the values at which they end.
    """

    name: str
    label: Text
    pieces: tuple[Any, ...]
    rows: tuple[frozenset[int], ...]
    marks: tuple[Any, ...] = ()

    def say(self, piece: int, names: Names) -> Text:
        """The example as a reader of the table would say it."""
        value, label = self.pieces[piece], self.label
        if value is OTHER:
            return Text(f"{label.zh} 为其他文字", f"{label.en} is any other text")
        named = names.get(self.name, {}).get(value) or Text(literal(value), literal(value))
        return Text(f"{label.zh} = {named.zh}", f"{label.en} = {named.en}")


@dataclass(frozen=True, slots=True)
class Axes:
    """All inputs that can be understood; ``doubtful`` are the rows that also test something else."""

    axes: tuple[Axis, ...]
    doubtful: frozenset[int]
    rows: frozenset[int]


def axes_of(decision: Decision, choices: Choices) -> Axes:
    """The axes of a table; columns that cannot be understood, or hang together, put their rows in doubt."""
    columns: dict[str, list[int]] = {}
    for number, column in enumerate(decision.inputs):
        columns.setdefault(column.source, []).append(number)
    entangled = _entangled(decision.inputs)
    axes, doubtful = [], set()
    for source, numbers in columns.items():
        axis = None if source in entangled else _axis(decision, numbers, choices.get(source))
        if axis is not None:
            axes.append(axis)
        cells = ((rule.index, rule.cells[number]) for rule in decision.rules for number in numbers)
        doubtful |= {
            index for index, cell in cells if cell.strip() not in ("", "-") and (axis is None or understand(cell) is None)
        }
    return Axes(tuple(axes), frozenset(doubtful), frozenset(rule.index for rule in decision.rules))


def _entangled(columns: Iterable[InputColumn]) -> set[str]:
    """Inputs whose values cannot be chosen one by one: they read the same name, or none at all."""
    known = {column.source: column for column in columns}
    return {
        one.source
        for one in known.values()
        if not one.reads or any(_share(one, other) for other in known.values() if other.source != one.source)
    }


def _share(one: InputColumn, other: InputColumn) -> bool:
    """Two paths share something only when one leads through the other."""
    if _PATH.fullmatch(one.source) and _PATH.fullmatch(other.source):
        pairs = zip(_PARTS.split(one.source), _PARTS.split(other.source), strict=False)
        return all(part == counterpart for part, counterpart in pairs)
    return bool(one.reads & other.reads)


def _axis(decision: Decision, numbers: list[int], choices: Sequence[Value] | None) -> Axis | None:
    cells = {rule.index: [understand(rule.cells[number]) for number in numbers] for rule in decision.rules}
    known = [cell for row in cells.values() for cell in row if cell is not None]
    column = decision.inputs[numbers[0]]
    marks = [value for cell in known for value in cell.values()]
    allowed = next((found for number in numbers if (found := listed(decision.inputs[number].allowed)) is not None), choices)
    pieces = _pieces(marks, allowed, column.type)
    if pieces is None:
        return None
    # A cell that is not understood may take anything; its row is in doubt anyway.
    takes = [frozenset(row for row, tests in cells.items() if _take(tests, piece)) for piece in pieces]
    ordered = allowed is None and bool(marks) and kind(marks[0]) in _STEPS
    return Axis(column.source, column.label, tuple(pieces), tuple(takes), tuple(sorted(set(marks))) if ordered else ())


def _take(tests: list[Cell | None], piece: Any) -> bool:
    return all(test is None or test.holds(piece) for test in tests)


def _pieces(marks: list[Any], allowed: Sequence[Any] | None, declared: str) -> list[Any] | None:
    kinds = {kind(mark) for mark in (*marks, *(allowed or ()))}
    if allowed is not None:
        return list(allowed) if len(kinds) == 1 else None
    if kinds == {"bool"} or (not kinds and declared == "boolean"):
        return [True, False]
    if kinds == {"str"}:
        return [*dict.fromkeys(marks), OTHER]
    if len(kinds) == 1 and kinds <= _STEPS.keys():
        return _between(sorted(set(marks)), _STEPS[kinds.pop()])
    return None


def _between(marks: list[Any], step: Any) -> list[Any]:
    """A value below all marks, each mark, one between every two that have something between them, one above all."""
    pieces = [_moved(marks[0], step, -1)]
    for low, high in pairwise(marks):
        pieces += [low, *_middle(low, high)]
    return [piece for piece in [*pieces, marks[-1], _moved(marks[-1], step, 1)] if piece is not None]


def _moved(value: Any, step: Any, sign: int) -> Any:
    if isinstance(value, YearsMonths):
        return YearsMonths(value.months + sign)
    if isinstance(value, time):
        moved = min(max(_second(value) + sign * step, 0), _LAST_SECOND)
        return None if moved == _second(value) else _time_at(moved)
    try:
        return value + step if sign > 0 else value - step
    except OverflowError:
        return None


def _middle(low: Any, high: Any) -> list[Any]:
    if isinstance(low, YearsMonths):
        return [YearsMonths((low.months + high.months) // 2)] if high.months - low.months > 1 else []
    if isinstance(low, time):
        middle = _time_at((_second(low) + _second(high)) // 2)
        return [middle] if low < middle < high else []
    # Between a date and the next there is none: half a day added to a date is that date.
    middle = low + (high - low) / 2
    return [middle] if low < middle < high else []


def _second(value: time) -> int:
    """Times of day are told apart to the second: after 23:59:59 comes nothing that a table could have missed."""
    return value.hour * 3600 + value.minute * 60 + value.second


def _time_at(second: int) -> time:
    return time(second // 3600, second // 60 % 60, second % 60)
