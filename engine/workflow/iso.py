"""Bare ISO 8601 in timers, as other editors write it: durations, cycles and dates, counted by the clock."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal

from engine.domain.durations import YearsMonths
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import Incident

DURATION = re.compile(
    r"P(?=\d|T\d)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?"
)
CYCLE = re.compile(r"R(?P<times>\d*)/(?:(?P<start>\d{4}-[^/]+)/)?(?P<step>P.+)")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}(T.+)?")
SECONDS, MONTHS = "iso_seconds", "iso_months"
#: Units of steps that the clock counts, not the calendar's rules.
PLAIN = (SECONDS, MONTHS)


def is_written(text: str) -> bool:
    """Whether the text is ISO 8601 and not FEEL."""
    return any(form.fullmatch(text.strip()) for form in (DURATION, CYCLE, DATE))


def read(text: str) -> Value:
    """A date, a date-time, a duration, or a cycle as ``{step, anchor, times}``."""
    text = text.strip()
    cycle = CYCLE.fullmatch(text)
    if cycle is not None:
        anchor = _date(cycle["start"]) if cycle["start"] else None
        return {"step": _duration(cycle["step"]), "anchor": anchor, "times": Decimal(cycle["times"] or -1)}
    return _duration(text) if DURATION.fullmatch(text) else _date(text)


def later(anchor: datetime, step: timedelta | YearsMonths, times: int, zone: tzinfo) -> datetime:
    """The anchor and so many steps after it, in UTC; a day that the month lacks is its last one."""
    if isinstance(step, timedelta):
        return (anchor + step * times).astimezone(UTC)
    local = anchor.astimezone(zone)
    year, month = divmod(local.year * 12 + local.month - 1 + step.months * times, 12)
    day = min(local.day, monthrange(year, month + 1)[1])
    return local.replace(year=year, month=month + 1, day=day).astimezone(UTC)


def measured(step: timedelta | YearsMonths) -> tuple[Decimal, str]:
    """A duration as amount and unit."""
    if isinstance(step, timedelta):
        return Decimal(step // timedelta(microseconds=1)) / 1_000_000, SECONDS
    return Decimal(step.months), MONTHS


def step(amount: Decimal, unit: str) -> timedelta | YearsMonths:
    """The duration that ``measured`` was given."""
    return timedelta(microseconds=int(amount * 1_000_000)) if unit == SECONDS else YearsMonths(int(amount))


def _duration(text: str) -> timedelta | YearsMonths:
    found = DURATION.fullmatch(text)
    if found is None:
        raise _unreadable(text)
    parts = {name: int(value or 0) for name, value in found.groupdict().items()}
    months = parts.pop("years") * 12 + parts.pop("months")
    length = timedelta(**parts)
    if months and length:
        raise _unreadable(text)
    return YearsMonths(months) if months else length


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError as problem:
        raise _unreadable(text) from problem


def _unreadable(text: str) -> Incident:
    return Incident(Text(f"“{text}”不是可用的时间", f"Expected a usable ISO 8601 time, but found “{text}”"))
