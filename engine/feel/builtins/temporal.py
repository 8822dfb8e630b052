"""The functions that make dates, times and durations, and ask the calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any

from engine.domain.durations import YearsMonths
from engine.feel.builtins.registry import builtin
from engine.feel.errors import Fault
from engine.feel.operations import temporal
from engine.feel.runtime import Run

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _whole(value: Decimal) -> int:
    if value != value.to_integral_value() or abs(value) > 999_999:
        raise Fault("应为整数。", "a whole number is needed.")
    return int(value)


def _charged(run: Run, text: str) -> str:
    """A zone that is not known yet is looked up on the disk."""
    run.charge(60 if "@" in text else 3)
    return text


def _read(value: Any, text: str) -> Any:
    if value is None:
        raise Fault(f"“{text[:40]}”的写法不对。", f"“{text[:40]}” is not written rightly.")
    return value


@builtin("date(from: string)")
def date_from_text(run: Run, text: str) -> date:
    """The date written as 2025-01-31."""
    day: date = _read(temporal.parse_date(_charged(run, text)), text)
    return day


@builtin("date(from: date | date and time)")
def date_of(run: Run, value: date | datetime) -> date:
    """The date of a moment."""
    return value.date() if isinstance(value, datetime) else value


@builtin("date(year: number, month: number, day: number)")
def date_of_parts(run: Run, year: Decimal, month: Decimal, day: Decimal) -> date:
    """The date of its parts; null when there is none such."""
    try:
        return date(_whole(year), _whole(month), _whole(day))
    except ValueError:
        raise Fault("没有这样的日期。", "there is no such date.") from None


@builtin("time(from: string)")
def time_from_text(run: Run, text: str) -> time:
    """The time written as 08:30:00."""
    clock: time = _read(temporal.parse_time(_charged(run, text).removeprefix("T")), text)
    return clock


@builtin("time(from: time | date and time | date)")
def time_of(run: Run, value: Any) -> time:
    """The time of a moment; the midnight of a date is in UTC."""
    if isinstance(value, datetime):
        return value.timetz()
    return value if isinstance(value, time) else time(0, 0, 0, tzinfo=UTC)


@builtin("time(hour: number, minute: number, second: number, offset?: days and time duration | null)")
def time_of_parts(run: Run, hour: Decimal, minute: Decimal, second: Decimal, offset: timedelta | None = None) -> time:
    """The time of its parts; seconds may have a fraction."""
    try:
        whole = int(second)
        return time(_whole(hour), _whole(minute), whole, int((second - whole).scaleb(6)), _offset(offset))
    except (ValueError, OverflowError):
        raise Fault("没有这样的时间。", "there is no such time.") from None


def _offset(offset: timedelta | None) -> tzinfo | None:
    return None if offset is None else timezone(offset)


@builtin("date and time(from: string)")
def moment_from_text(run: Run, text: str) -> datetime:
    """The moment written as 2025-01-31T08:30:00."""
    moment: datetime = _read(temporal.parse_date_time(_charged(run, text)), text)
    return moment


@builtin("date and time(from: date | date and time)")
def moment_of(run: Run, value: Any) -> datetime:
    """The moment itself, or the midnight of a date."""
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)


@builtin("date and time(date: date | date and time, time: time)")
def moment_of_parts(run: Run, day: Any, clock: time) -> datetime:
    """The moment of a date and a time."""
    return datetime.combine(date_of(run, day), clock)


@builtin("date and time(date: date and time, timezone: string)")
def moment_in_zone(run: Run, moment: datetime, name: str) -> datetime:
    """The same moment in another zone; a moment without zone is taken as being there."""
    try:
        zone = temporal.parse_zone(_charged(run, f"@{name}"))
    except ValueError:
        raise Fault(f"没有时区“{name[:40]}”。", f"there is no zone “{name[:40]}”.") from None
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)


@builtin("duration(from: string)")
def duration_from_text(run: Run, text: str) -> timedelta | YearsMonths:
    """The duration written as P1Y2M or P3DT4H."""
    value: timedelta | YearsMonths = _read(temporal.parse_duration(_charged(run, text)), text)
    return value


@builtin("duration(from: days and time duration | years and months duration)")
def duration_of(run: Run, value: Any) -> Any:
    """The duration itself."""
    return value


@builtin("years and months duration(from: date | date and time, to: date | date and time)")
def months_between(run: Run, start: Any, end: Any) -> YearsMonths:
    """The whole months between two dates, negative where the second is earlier."""
    if (start.year, start.month, start.day) > (end.year, end.month, end.day):
        return YearsMonths(-months_between(run, end, start).months)
    return YearsMonths((end.year - start.year) * 12 + end.month - start.month - (end.day < start.day))


@builtin("now()")
def now(run: Run) -> datetime:
    """The moment of the evaluation, in the zone of the context."""
    moment = run.context.now
    if moment is None:
        raise Fault("这里没有当前时间。", "there is no current time here.")
    return moment.astimezone(run.context.zone)


@builtin("today()")
def today(run: Run) -> date:
    """The date of the evaluation, in the zone of the context."""
    return now(run).date()


@builtin("day of year(date: date | date and time)")
def day_of_year(run: Run, day: date) -> Decimal:
    """1 for the first of January."""
    return Decimal(day.timetuple().tm_yday)


@builtin("day of week(date: date | date and time)")
def day_of_week(run: Run, day: date) -> str:
    """Monday to Sunday."""
    return _DAYS[day.weekday()]


@builtin("month of year(date: date | date and time)")
def month_of_year(run: Run, day: date) -> str:
    """January to December."""
    return _MONTHS[day.month - 1]


@builtin("week of year(date: date | date and time)")
def week_of_year(run: Run, day: date) -> Decimal:
    """The week of ISO 8601."""
    return Decimal(day.isocalendar().week)
