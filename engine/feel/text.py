"""Values as text: as ``string()`` gives them, and as FEEL source that evaluates to them again."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from engine.domain.durations import YearsMonths
from engine.feel.operations.numbers import plain
from engine.feel.operations.properties import split
from engine.feel.syntax.names import KEYWORDS, WORD
from engine.feel.values import Function, Range, take_in


def to_text(value: Any) -> str:
    """The value as ``string()`` gives it; strings inside lists and contexts are quoted; null is ``null``."""
    return value if isinstance(value, str) else _shown(take_in(value, "value"), _quoted, _bare)


def literal(value: Any) -> str:
    """FEEL source text that evaluates to the value."""
    return _shown(take_in(value, "value"), _quoted, lambda text: f"@{_quoted(text)}")


def _shown(value: Any, quote: Any, temporal: Any) -> str:
    def inner(part: Any) -> str:
        return _shown(take_in(part, "value"), quote, temporal)

    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return str(quote(value))
        case Decimal():
            return plain(value)
        case date() | time() | timedelta() | YearsMonths():
            return str(temporal(moment(value)))
        case list():
            return f"[{', '.join(map(inner, value))}]"
        case dict():
            return "{" + ", ".join(f"{_key(key)}: {inner(part)}" for key, part in value.items()) + "}"
        case Range():
            return _range(value, inner)
        case Function():
            return value.name or f"function({', '.join(value.parameters)})"
    return str(value)


def _range(value: Range, inner: Any) -> str:
    opening, closing = "[" if value.low_closed else "(", "]" if value.high_closed else ")"
    if value.low is None:
        return f"({'<=' if value.high_closed else '<'} {inner(value.high)})"
    if value.high is None:
        return f"({'>=' if value.low_closed else '>'} {inner(value.low)})"
    return f"{opening}{inner(value.low)}..{inner(value.high)}{closing}"


def moment(value: Any) -> str:
    """A date, time or duration in its ISO 8601 form, with the zone's name where it has one."""
    if isinstance(value, timedelta):
        return _duration(value)
    if isinstance(value, datetime):
        return f"{value.date().isoformat()}T{_clock(value)}"
    return _clock(value) if isinstance(value, time) else value.isoformat() if isinstance(value, date) else str(value)


def _clock(value: time | datetime) -> str:
    fraction = f".{value.microsecond:06d}".rstrip("0") if value.microsecond else ""
    return f"{value.hour:02d}:{value.minute:02d}:{value.second:02d}{fraction}{_zone(value)}"


def _zone(value: time | datetime) -> str:
    if isinstance(value.tzinfo, ZoneInfo):
        return f"@{value.tzinfo.key}"
    offset = value.utcoffset()
    if offset is None:
        return ""
    if not offset:
        return "Z"
    hours, rest = divmod(abs(offset), timedelta(hours=1))
    minutes, seconds = divmod(rest.seconds, 60)
    return f"{'-' if offset < timedelta(0) else '+'}{hours:02d}:{minutes:02d}{f':{seconds:02d}' if seconds else ''}"


def _duration(value: timedelta) -> str:
    days, hours, minutes, seconds = split(value)
    clock = "".join(f"{plain(Decimal(part))}{unit}" for part, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if part)
    day = f"{days}D" if days else ""
    sign = "-" if value < timedelta(0) else ""
    return f"{sign}P{day}{'T' + clock if clock else ''}" if day or clock else "PT0S"


def _bare(text: str) -> str:
    return text


_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'


def _key(key: str) -> str:
    return key if WORD.fullmatch(key) and key not in KEYWORDS else _quoted(key)
