"""Intervals as values, and the whole numbers or days that a loop walks between two ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from engine.feel.operations.equality import ORDERED, less_or_equal
from engine.feel.runtime import Run
from engine.feel.values import DATE, NUMBER, Range, kind


def make_range(run: Run, low: Any, high: Any, low_closed: bool, high_closed: bool) -> Range | None:
    """The interval between two comparable ends in order; one end may be null; null when it makes no sense."""
    kinds = {kind(end) for end in (low, high) if end is not None}
    if len(kinds) != 1 or not kinds <= ORDERED:
        run.null("区间的两端必须是同类的值。", "the ends of a range must be of one kind.")
        return None
    if low is not None and high is not None and less_or_equal(run, low, high) is not True:
        run.null("区间的起点大于终点。", "the range begins after its end.")
        return None
    return Range(low, high, low_closed, high_closed)


def steps_between(run: Run, low: Any, high: Any) -> Iterable[Any] | None:
    """Whole numbers or days from one end to the other, upwards or downwards; paid for before the first."""
    if kind(low) == kind(high) == NUMBER:
        if low != low.to_integral_value() or high != high.to_integral_value():
            return _no_walk(run)
        run.charge(_bounded(run, abs(high - low)))
        return _numbers(int(low), int(high))
    if kind(low) == kind(high) == DATE:
        run.charge(abs((high - low).days) + 1)
        return _days(low, high)
    return _no_walk(run)


def _bounded(run: Run, count: Decimal) -> int:
    # A number may have thousands of digits: compare before it becomes an int.
    return int(min(count, Decimal(run.context.limits.steps))) + 1


def _no_walk(run: Run) -> Iterable[Any] | None:
    run.null("只能在整数或日期之间循环。", "a loop can only walk between whole numbers or dates.")
    return None


def _numbers(low: int, high: int) -> Iterable[Decimal]:
    return map(Decimal, range(low, high + 1) if low <= high else range(low, high - 1, -1))


def _days(low: date, high: date) -> Iterable[date]:
    step = 1 if low <= high else -1
    return (low + timedelta(days=step * count) for count in range(abs((high - low).days) + 1))


def steps_of(run: Run, interval: Range) -> Iterable[Any] | None:
    """The whole numbers or days inside the interval."""
    low, high = interval.low, interval.high
    if kind(low) not in (NUMBER, DATE) or kind(low) != kind(high):
        return _no_walk(run)
    one: Any = Decimal(1) if kind(low) == NUMBER else timedelta(days=1)
    low = low if interval.low_closed else low + one
    high = high if interval.high_closed else high - one
    return steps_between(run, low, high) if low <= high else ()
