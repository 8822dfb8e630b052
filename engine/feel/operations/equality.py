"""Equality and order between values: null wherever the kinds do not meet."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from typing import Any

from engine.feel.runtime import Run
from engine.feel.values import (
    BOOLEAN,
    CONTEXT,
    DATE,
    DATE_TIME,
    DAYS,
    LIST,
    MONTHS,
    NULL,
    NUMBER,
    RANGE,
    STRING,
    TIME,
    Range,
    in_chinese,
    kind,
)

ORDERED = frozenset({NUMBER, STRING, DATE, TIME, DATE_TIME, DAYS, MONTHS})
# A time of day has no date; where its zone is a place, the offset is the one at this date.
_REFERENCE = datetime(2000, 1, 1)


def equal(run: Run, left: Any, right: Any) -> bool | None:
    """Whether two values are equal; null when their kinds differ, unless one of them is null."""
    what = kind(left)
    if what != kind(right):
        if left is None or right is None:
            return False
        run.null(f"{in_chinese(left)}与{in_chinese(right)}不能比较是否相等。", f"{what} and {kind(right)} cannot be compared.")
        return None
    if what == NULL:
        return True
    if what in ORDERED or what == BOOLEAN:
        pair = comparable(what, left, right)
        return None if pair is None else bool(pair[0] == pair[1])
    if what == LIST:
        run.charge(len(left))
        return len(left) == len(right) and _all_equal(run, zip(left, right, strict=True))
    if what == CONTEXT:
        run.charge(len(left))
        return left.keys() == right.keys() and _all_equal(run, ((value, right[key]) for key, value in left.items()))
    if what == RANGE:
        return _equal_ranges(run, left, right)
    run.null("函数之间不能比较。", "Functions cannot be compared.")
    return None


def _all_equal(run: Run, pairs: Any) -> bool | None:
    for left, right in pairs:
        result = equal(run, left, right)
        if result is not True:
            return result
    return True


def _equal_ranges(run: Run, left: Range, right: Range) -> bool | None:
    if (left.low_closed, left.high_closed, left.unary) != (right.low_closed, right.high_closed, right.unary):
        return False
    return _all_equal(run, ((left.low, right.low), (left.high, right.high)))


def comparable(what: str, left: Any, right: Any) -> tuple[Any, Any] | None:
    """Both values of one ordered kind in a form that Python compares rightly; None when a zone is missing on one side."""
    if what == TIME:
        return _times(left, right)
    if what == DATE_TIME:
        return _moments(left, right)
    return left, right


def _moments(left: datetime, right: datetime) -> tuple[datetime, datetime] | None:
    if (left.tzinfo is None) != (right.tzinfo is None):
        return None
    return _to_the_millisecond(left), _to_the_millisecond(right)


def _to_the_millisecond(value: Any) -> Any:
    """The standard's kit compares moments to the millisecond."""
    rest = value.microsecond % 1000
    return value.replace(microsecond=value.microsecond - rest) if rest else value


def _times(left: time, right: time) -> tuple[Any, Any] | None:
    if (left.tzinfo is None) != (right.tzinfo is None):
        return None
    left, right = _to_the_millisecond(left), _to_the_millisecond(right)
    return (left, right) if left.tzinfo is None else (_anchored(left), _anchored(right))


def _anchored(value: time) -> datetime:
    return datetime.combine(_REFERENCE, value)


def less(run: Run, left: Any, right: Any) -> bool | None:
    """Whether ``left`` comes before ``right``; null when they have no common order."""
    pair = _ordered(run, left, right)
    return None if pair is None else bool(pair[0] < pair[1])


def less_or_equal(run: Run, left: Any, right: Any) -> bool | None:
    """Whether ``left`` comes before ``right`` or is equal to it; null when they have no common order."""
    pair = _ordered(run, left, right)
    return None if pair is None else bool(pair[0] <= pair[1])


def _ordered(run: Run, left: Any, right: Any) -> tuple[Any, Any] | None:
    if type(left) is Decimal and type(right) is Decimal:
        return left, right
    what = kind(left)
    pair = comparable(what, left, right) if what == kind(right) and what in ORDERED else None
    if pair is None:
        run.null(f"{in_chinese(left)}与{in_chinese(right)}不能比较大小。", f"{what} and {kind(right)} have no common order.")
    return pair


def contains(run: Run, interval: Range, value: Any) -> bool | None:
    """Whether the interval holds the value; null when they cannot be compared."""
    if not interval.unary and (interval.low is None or interval.high is None):
        run.null("区间缺少一端。", "the range lacks an end.")
        return None
    low: bool | None = True
    high: bool | None = True
    if interval.low is not None:
        low = less_or_equal(run, interval.low, value) if interval.low_closed else less(run, interval.low, value)
    if interval.high is not None:
        high = less_or_equal(run, value, interval.high) if interval.high_closed else less(run, value, interval.high)
    if low is False or high is False:
        return False
    return None if low is None or high is None else True


def included(run: Run, value: Any, test: Any) -> bool | None:
    """``value in test``: equal to it, inside the interval, or met by an element of the list."""
    if type(test) is Range:
        return contains(run, test, value)
    if type(test) is not list:
        return equal(run, value, test)
    run.charge(1 + 2 * len(test))
    if type(value) is list and equal(run, value, test) is True:
        return True
    return any(_meets(run, value, element) for element in test)


def _meets(run: Run, value: Any, element: Any) -> bool:
    if type(element) is Range:
        return (type(value) is not Range and contains(run, element, value) is True) or equal(run, value, element) is True
    if kind(value) != kind(element) and type(element) is not list:
        return False
    if type(element) is list and type(value) is not list:
        return included(run, value, element) is True
    return equal(run, value, element) is True
