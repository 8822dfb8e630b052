"""Recurring moments of the local calendar: weekly, monthly, quarterly, yearly."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, tzinfo

from engine.calendar.rules import CalendarError, clock_time
from engine.domain.text import Text

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def weekly(after: datetime, zone: tzinfo, weekday: str, at: str) -> datetime:
    """The first such weekday and time after ``after``, in UTC."""
    if weekday.lower()[:3] not in WEEKDAYS:
        raise CalendarError(Text(f"“{weekday}”不是星期", f"Expected one of {', '.join(WEEKDAYS)}, but found “{weekday}”"))
    today = after.astimezone(zone).date()
    day = today + timedelta((WEEKDAYS.index(weekday.lower()[:3]) - today.weekday()) % 7)
    moment = _moment(day, at, zone)
    return moment if moment > after else _moment(day + timedelta(7), at, zone)


def monthly(after: datetime, zone: tzinfo, day: int, at: str) -> datetime:
    """The first such day of a month after ``after``; a day the month lacks is its last day."""
    return _next(after, zone, tuple(range(1, 13)), day, at)


def quarterly(after: datetime, zone: tzinfo, day: int, at: str) -> datetime:
    """The first such day of a quarter's first month after ``after``."""
    return _next(after, zone, (1, 4, 7, 10), day, at)


def yearly(after: datetime, zone: tzinfo, month: int, day: int, at: str) -> datetime:
    """The first such date after ``after``; 29 February is the 28th in a common year."""
    if not 1 <= month <= 12:
        raise CalendarError(Text(f"没有 {month} 月", f"Expected a month from 1 to 12, but found {month}"))
    return _next(after, zone, (month,), day, at)


def _next(after: datetime, zone: tzinfo, months: tuple[int, ...], day: int, at: str) -> datetime:
    if not 1 <= day <= 31:
        raise CalendarError(Text(f"没有 {day} 日", f"Expected a day from 1 to 31, but found {day}"))
    year = after.astimezone(zone).year
    moments = (_moment(_clamped(y, month, day), at, zone) for y in (year, year + 1) for month in months)
    return next(moment for moment in moments if moment > after)


def _clamped(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def _moment(day: date, at: str, zone: tzinfo) -> datetime:
    return datetime.combine(day, clock_time(at), zone).astimezone(UTC)
