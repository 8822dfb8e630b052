"""Moments and spans of time in words."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def left(due_at: datetime | None, now: datetime, language: str) -> str:
    """``还剩 1 小时 40 分``, ``20 min overdue``, or that there is no deadline."""
    english = language.startswith("en")
    if due_at is None:
        return "no deadline" if english else "没有期限"
    spent = span(abs(due_at - now), english)
    if due_at < now:
        return f"{spent} overdue" if english else f"已超时 {spent}"
    return f"{spent} left" if english else f"还剩 {spent}"


def span(duration: timedelta, english: bool) -> str:
    """The two largest parts of a duration; below a minute it says so."""
    if duration < MINUTE:
        return "under 1 min" if english else "不到 1 分钟"
    days, hours, minutes = duration // DAY, duration % DAY // HOUR, duration % HOUR // MINUTE
    if days:
        return _two(days, "d" if english else "天", hours if days < 10 else 0, "h" if english else "小时")
    if hours:
        return _two(hours, "h" if english else "小时", minutes, "min" if english else "分")
    return f"{minutes} min" if english else f"{minutes} 分钟"


def face(duration: timedelta) -> str:
    """A duration as a clock shows it."""
    seconds = duration // timedelta(seconds=1)
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"


def _two(large: int, large_unit: str, small: int, small_unit: str) -> str:
    return f"{large} {large_unit} {small} {small_unit}" if small else f"{large} {large_unit}"


def tint(due_at: datetime | None, warn_at: datetime | None, now: datetime) -> str:
    """``fine``, ``soon`` once the warning moment has come, ``late`` past due, ``none`` without a deadline."""
    if due_at is None:
        return "none"
    if due_at < now:
        return "late"
    return "soon" if warn_at is not None and warn_at <= now else "fine"


def moment(value: datetime, now: datetime, zone: tzinfo, language: str) -> str:
    """A moment in local time; today's without the day, this year's without the year."""
    local, today = value.astimezone(zone), now.astimezone(zone)
    clock = local.strftime("%H:%M")
    if local.date() == today.date():
        return f"today {clock}" if language.startswith("en") else f"今天 {clock}"
    return f"{day(local.date(), language, with_year=local.year != today.year)} {clock}"


def day(value: date, language: str, with_year: bool = True) -> str:
    """A day in the usual notation of the language."""
    if language.startswith("en"):
        short = f"{value.day} {_MONTHS[value.month - 1]}"
        return f"{short} {value.year}" if with_year else short
    short = f"{value.month}月{value.day}日"
    return f"{value.year}年{short}" if with_year else short
