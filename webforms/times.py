"""Moments, days, spans of time and numbers, as the reader's language writes them; nothing else says how."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import lru_cache

from babel.dates import get_day_names, get_month_names
from babel.numbers import format_decimal

from engine.domain.text import Text
from engine.outbound.traditional import written

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_NO_DEADLINE = Text("没有期限", "no deadline")
_LEFT, _OVER = Text("还剩 {span}", "{span} left"), Text("已超时 {span}", "{span} overdue")
_TODAY = Text("今天 {clock}", "today {clock}")
_UNDER_A_MINUTE, _MINUTES = Text("不到 1 分钟", "under 1 min"), Text("{n} 分钟", "{n} min")
_UNITS = {DAY: Text("天", "d"), HOUR: Text("小时", "h"), MINUTE: Text("分", "min")}
#: With a whole day named before them, hours no longer matter.
_HOURS_MATTER = 10
_NUMBER = "#,##0.############"


def left(due_at: datetime | None, now: datetime, language: str) -> str:
    """``还剩 1 小时 40 分``, ``20 min overdue``, or that there is no deadline."""
    if due_at is None:
        return written(_NO_DEADLINE, language)
    words = written(_OVER if due_at < now else _LEFT, language)
    return words.format(span=span(abs(due_at - now), language))


def span(duration: timedelta, language: str) -> str:
    """The two largest parts of a duration; below a minute it says so."""
    if duration < MINUTE:
        return written(_UNDER_A_MINUTE, language)
    days, hours, minutes = duration // DAY, duration % DAY // HOUR, duration % HOUR // MINUTE
    if days:
        return _two((days, DAY), (hours if days < _HOURS_MATTER else 0, HOUR), language)
    return _two((hours, HOUR), (minutes, MINUTE), language) if hours else written(_MINUTES, language).format(n=minutes)


def face(duration: timedelta) -> str:
    """A duration as a clock shows it."""
    seconds = duration // timedelta(seconds=1)
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"


def tint(due_at: datetime | None, warn_at: datetime | None, now: datetime) -> str:
    """``fine``, ``soon`` once the warning moment has come, ``late`` past due, ``none`` without a deadline."""
    if due_at is None:
        return "none"
    if due_at < now:
        return "late"
    return "soon" if warn_at is not None and warn_at <= now else "fine"


def moment(value: datetime, now: datetime, zone: tzinfo, language: str) -> str:
    """Local time: ``10月3日 周五 14:05``, ``Fri 3 Oct, 14:05``; today's without the day, this year's without the year."""
    local, today = value.astimezone(zone), now.astimezone(zone)
    clock = f"{local:%H:%M}"
    if local.date() == today.date():
        return written(_TODAY, language).format(clock=clock)
    named, weekday = day(local.date(), language, with_year=local.year != today.year), _weekdays(language)[local.weekday()]
    return f"{weekday} {named}, {clock}" if language.startswith("en") else f"{named} {weekday} {clock}"


def day(value: date, language: str, with_year: bool = True) -> str:
    """A day as the language writes it: ``2026年10月3日``, ``3 Oct 2026``."""
    if language.startswith("en"):
        short = f"{value.day} {_months(language)[value.month]}"
        return f"{short} {value.year}" if with_year else short
    short = f"{value.month}月{value.day}日"
    return f"{value.year}年{short}" if with_year else short


def month(value: date, language: str) -> str:
    """A month as the language writes it: ``2026年10月``, ``Oct 2026``."""
    return f"{_months(language)[value.month]} {value.year}" if language.startswith("en") else f"{value.year}年{value.month}月"


def number(value: Decimal, language: str) -> str:
    """A number with its thousands apart, as exact as it is kept."""
    return str(format_decimal(value, format=_NUMBER, locale=language, decimal_quantization=False))


def _two(large: tuple[int, timedelta], small: tuple[int, timedelta], language: str) -> str:
    parts = (large, small) if small[0] else (large,)
    return " ".join(f"{count} {written(_UNITS[unit], language)}" for count, unit in parts)


@lru_cache(maxsize=8)
def _weekdays(language: str) -> dict[int, str]:
    return dict(get_day_names("abbreviated", locale=language))


@lru_cache(maxsize=8)
def _months(language: str) -> dict[int, str]:
    return dict(get_month_names("abbreviated", locale=language))
