"""Cells that can be understood without a case: texts, flags, and stretches of ordered values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from engine.domain.durations import YearsMonths
from engine.feel import EvaluationContext, FeelError, Range, compile_expression

_ORDERED = (Decimal, datetime, date, time, timedelta, YearsMonths)
_CONSTRUCTORS = frozenset({"date", "time", "date and time", "duration", "number"})
_NOT = re.compile(r"not\s*\((.*)\)", re.DOTALL)
_COMPARISON = re.compile(r"(<=|>=|<|>)\s*(.+)", re.DOTALL)
_INTERVAL = re.compile(r"([\[(\]])(.+?)\.\.(.+)([\])\[])", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of ordered values; an end that is None has no bound."""

    low: Any
    high: Any
    low_closed: bool
    high_closed: bool

    def holds(self, value: Any) -> bool:
        """Whether the value lies within."""
        above = self.low is None or value > self.low or (self.low_closed and value == self.low)
        return above and (self.high is None or value < self.high or (self.high_closed and value == self.high))


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell lets pass: any of the points and spans, or with ``negated`` everything else."""

    points: tuple[Any, ...] = ()
    spans: tuple[Span, ...] = ()
    negated: bool = False

    def holds(self, value: Any) -> bool:
        """Whether the cell lets a value pass that is neither null nor of another kind than the cell's."""
        inside = any(_same(value, point) for point in self.points) or any(span.holds(value) for span in self.spans)
        return inside is not self.negated

    def values(self) -> Iterator[Any]:
        """Every value at which the cell's answer may change."""
        yield from self.points
        for span in self.spans:
            yield from (end for end in (span.low, span.high) if end is not None)


ANY = Cell(negated=True)


def understand(source: str) -> Cell | None:
    """The cell as points and spans; None when only a case can tell."""
    text = source.strip()
    if text in ("", "-"):
        return ANY
    negation = _NOT.fullmatch(text)
    if negation is not None and len(_terms(text)) == 1:
        inner = understand(negation.group(1))
        return None if inner is None or inner.negated else Cell(inner.points, inner.spans, True)
    found = [_term(term) for term in _terms(text)]
    if any(one is None for one in found):
        return None
    cells = [one for one in found if one is not None]
    return Cell(tuple(p for one in cells for p in one.points), tuple(s for one in cells for s in one.spans))


def listed(source: str) -> tuple[Any, ...] | None:
    """The allowed values of a column when they are a plain list of points."""
    cell = understand(source) if source.strip() else None
    return None if cell is None or cell.negated or cell.spans else cell.points


def kind(value: Any) -> str:
    """Which values can be compared with each other."""
    if isinstance(value, datetime):
        return "local" if value.tzinfo is None else "moment"
    if isinstance(value, time):
        return "time" if value.tzinfo is None else "time with a zone"
    return type(value).__name__


def _term(text: str) -> Cell | None:
    if text == "null":
        # Only values are looked at here, and no value is null.
        return Cell()
    comparison = _COMPARISON.fullmatch(text)
    if comparison is not None:
        return _compared(comparison.group(1), _constant(comparison.group(2)))
    interval = _INTERVAL.fullmatch(text)
    if interval is not None:
        opening, low, high, closing = interval.groups()
        ends = _constant(low), _constant(high)
        if not all(isinstance(end, _ORDERED) for end in ends) or kind(ends[0]) != kind(ends[1]):
            return None
        return Cell(spans=(Span(*ends, opening == "[", closing == "]"),))
    value = _constant(text)
    return None if value is None or isinstance(value, list | dict | Range) or callable(value) else Cell(points=(value,))


def _compared(sign: str, value: Any) -> Cell | None:
    if not isinstance(value, _ORDERED):
        return None
    closed = len(sign) == 2
    return Cell(spans=(Span(None, value, False, closed) if sign[0] == "<" else Span(value, None, closed, False),))


def _constant(source: str) -> Any:
    try:
        expression = compile_expression(source)
        if expression.variables or not expression.functions <= _CONSTRUCTORS:
            return None
        return expression.evaluate({}, EvaluationContext())
    except FeelError:
        return None


def _terms(text: str) -> list[str]:
    """The parts between commas that stand in no text and no brackets."""
    parts, depth, quoted, start = [], 0, False, 0
    for place, sign in enumerate(text):
        if sign == '"' and text[place - 1 : place] != "\\":
            quoted = not quoted
        elif not quoted and sign in "[](){}":
            depth += _step(text, start, place, depth)
        elif not quoted and sign == "," and depth == 0:
            parts.append(text[start:place].strip())
            start = place + 1
    return [*parts, text[start:].strip()]


def _step(text: str, start: int, place: int, depth: int) -> int:
    """Whether a bracket opens or closes; at an interval's ends, square brackets may look either way."""
    if not text[start:place].strip():
        return 1
    outward = text[place] == "[" and depth == 1 and ".." in text[start:place] and text[place + 1 :].lstrip()[:1] in ("", ",")
    return -1 if outward or text[place] in ")]}" else 1


def _same(one: Any, other: Any) -> bool:
    return kind(one) == kind(other) and bool(one == other)
