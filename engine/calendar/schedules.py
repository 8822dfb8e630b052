"""Recurring moments of the local calendar, and the weeks, months, quarters and years that they are about."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from engine.calendar.rules import CalendarError, clock_time
from engine.domain.text import Text

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


class Every(StrEnum):
    """After what a schedule comes round."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def function(self) -> str:
        """The function with which a diagram asks for it."""
        return f"{self.value}ly"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of local days: from its first midnight to the midnight after its last day, both in UTC."""

    start: datetime
    end: datetime


def period_about(every: Every, due_at: datetime, zone: tzinfo) -> Period:
    """What a schedule that is due then is about: the week, month, quarter or year that ends nearest to the moment.

    Monday morning is about the week before, and the last evening of December about the year that ends that night.
    """
    local = due_at.astimezone(zone)
    first = _first_day(every, local.date())
    following = _later(every, first, 1)
    begun, left = due_at - _midnight(first, zone), _midnight(following, zone) - due_at
    last = first if begun <= left else following
    return Period(_midnight(_later(every, last, -1), zone), _midnight(last, zone))


def period_before(every: Every, period: Period, zone: tzinfo) -> Period:
    """The week, month, quarter or year before one."""
    first = period.start.astimezone(zone).date()
    return Period(_midnight(_later(every, first, -1), zone), period.start)


def _first_day(every: Every, day: date) -> date:
    if every is Every.WEEK:
        return day - timedelta(day.weekday())
    months = _MONTHS[every]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _later(every: Every, first: date, number: int) -> date:
    if every is Every.WEEK:
        return first + timedelta(7 * number)
    months = first.year * 12 + first.month - 1 + _MONTHS[every] * number
    return date(months // 12, months % 12 + 1, 1)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


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
