"""Reads dates, times and durations from their ISO 8601 form, strictly."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.domain.durations import YearsMonths

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_TIME = re.compile(r"(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z][\w+/-]*)?", re.ASCII)
_MONTHS = re.compile(r"(-)?P(?=\d)(?:(\d{1,12})Y)?(?:(\d{1,12})M)?", re.ASCII)
_DAYS = re.compile(
    r"(-)?P(?=\d|T\d)(?:(\d{1,12})D)?(?:T(?=\d)(?:(\d{1,12})H)?(?:(\d{1,12})M)?(?:(\d{1,12})(\.\d*)?S)?)?", re.ASCII
)  # fmt: skip
_MOST_OFFSET = timedelta(hours=18)


def parse_date(text: str) -> date | None:
    """``2025-01-31``, or None."""
    found = _DATE.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def parse_time(text: str) -> time | None:
    """``08:30:00`` with an optional fraction and ``Z``, ``+08:00`` or ``@Asia/Shanghai``; or None."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour, minute, second, fraction, place = found.groups()
    try:
        zone = parse_zone(place)
        return time(int(hour), int(minute), int(second), microseconds(fraction), zone)
    except ValueError:
        return None


def microseconds(fraction: str | None) -> int:
    """The digits after the point as microseconds; finer parts are cut off."""
    return int((fraction or ".")[1:7].ljust(6, "0"))


def parse_zone(place: str | None) -> tzinfo | None:
    """The zone of ``Z``, ``+08:00`` or ``@Asia/Shanghai``; ValueError when there is none such."""
    if not place:
        return None
    if place == "Z":
        return UTC
    if place.startswith("@"):
        return _named_zone(place[1:])
    hours, minutes, *seconds = map(int, place[1:].split(":"))
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds[0] if seconds else 0)
    if minutes > 59 or offset > _MOST_OFFSET:
        raise ValueError(place)
    return timezone(-offset if place[0] == "-" else offset)


@lru_cache(maxsize=64)
def _named_zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError):
        raise ValueError(name) from None


def parse_date_time(text: str) -> datetime | None:
    """A date, ``T`` and a time; a date alone means its midnight; or None."""
    day_text, separator, time_text = text.partition("T")
    day = parse_date(day_text)
    if day is None or not separator:
        return None if day is None else datetime(day.year, day.month, day.day)
    if time_text.startswith("24:00:00"):
        # The end of the day is the midnight of the next.
        day, time_text = day + timedelta(days=1), "00" + time_text[2:]
    clock = parse_time(time_text)
    return None if clock is None else datetime.combine(day, clock)


def parse_duration(text: str) -> timedelta | YearsMonths | None:
    """``P1Y2M`` or ``P3DT4H5M6.5S``, with an optional minus in front; or None."""
    found = _MONTHS.fullmatch(text)
    if found and (found.group(2) or found.group(3)):
        months = int(found.group(2) or 0) * 12 + int(found.group(3) or 0)
        return YearsMonths(-months if found.group(1) else months)
    found = _DAYS.fullmatch(text)
    if found is None or text.endswith("T"):
        return None
    sign, days, hours, minutes, seconds, fraction = found.groups()
    try:
        value = timedelta(
            days=int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0), seconds=int(seconds or 0),
            microseconds=microseconds(fraction),
        )  # fmt: skip
    except OverflowError:
        return None
    return -value if sign else value


def parse_any(text: str) -> Any:
    """The date, date and time, time or duration that ``@"…"`` means; None if it is none."""
    if "P" in text[:2]:
        return parse_duration(text)
    if "T" in text:
        return parse_date_time(text)
    return parse_time(text) if ":" in text else parse_date(text)


def in_microseconds(value: timedelta) -> Decimal:
    """The whole duration as a number of microseconds."""
    return Decimal(value // timedelta(microseconds=1))
