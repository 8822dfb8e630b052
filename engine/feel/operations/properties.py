"""What stands behind the dot: the parts of contexts, dates, durations and ranges, and of each element of a list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from engine.domain.durations import YearsMonths
from engine.feel.runtime import Run
from engine.feel.values import CONTEXT, DATE, DATE_TIME, DAYS, LIST, MONTHS, RANGE, TIME, in_chinese, kind, take_in


def split(value: timedelta) -> tuple[int, int, int, Decimal]:
    """Days, hours, minutes and seconds of the duration, all positive."""
    value = abs(value)
    minutes, seconds = divmod(value.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return value.days, hours, minutes, Decimal(seconds) + Decimal(value.microseconds).scaleb(-6)


def _signed(value: timedelta, place: int) -> Decimal:
    part = Decimal(split(value)[place])
    return -part if value < timedelta(0) and part else part


def _months(value: YearsMonths, years: bool) -> Decimal:
    whole, rest = divmod(abs(value.months), 12)
    part = whole if years else rest
    return Decimal(-part if value.months < 0 else part)


def _zone(value: datetime | time) -> str | None:
    return value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else None


_DATE: dict[str, Callable[[Any], Any]] = {
    "year": lambda value: Decimal(value.year),
    "month": lambda value: Decimal(value.month),
    "day": lambda value: Decimal(value.day),
    "weekday": lambda value: Decimal(value.isoweekday()),
}
_TIME: dict[str, Callable[[Any], Any]] = {
    "hour": lambda value: Decimal(value.hour),
    "minute": lambda value: Decimal(value.minute),
    "second": lambda value: (
        Decimal(value.second) + Decimal(value.microsecond).scaleb(-6) if value.microsecond else Decimal(value.second)
    ),
    "time offset": lambda value: value.utcoffset(),
    "timezone": _zone,
}
_PROPERTIES: dict[str, dict[str, Callable[[Any], Any]]] = {
    DATE: _DATE,
    TIME: _TIME,
    DATE_TIME: _DATE | _TIME,
    DAYS: {
        "days": lambda value: _signed(value, 0),
        "hours": lambda value: _signed(value, 1),
        "minutes": lambda value: _signed(value, 2),
        "seconds": lambda value: _signed(value, 3),
    },
    MONTHS: {"years": lambda value: _months(value, True), "months": lambda value: _months(value, False)},
    RANGE: {
        "start": lambda value: value.low,
        "end": lambda value: value.high,
        "start included": lambda value: value.low_closed,
        "end included": lambda value: value.high_closed,
    },
}  # fmt: skip


def prop(run: Run, value: Any, name: str) -> Any:
    """The part of the value with this name; null with a warning when it has none."""
    what = kind(value)
    if what == CONTEXT:
        if name in value:
            return take_in(value[name], name)
    elif what == LIST:
        run.items(len(value))
        run.charge(2 * len(value))
        return [prop(run, take_in(item, name), name) for item in value]
    elif name in (properties := _PROPERTIES.get(what, {})):
        return properties[name](value)
    return run.null(f"{in_chinese(value)}中没有“{name}”。", f"there is no “{name}” in a {what}.")
