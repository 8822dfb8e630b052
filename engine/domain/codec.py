"""The one canonical text form of values, for state, journal, submissions and hashing."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from engine.domain.durations import YearsMonths
from engine.domain.values import Value

_TAG = "$"


def to_plain(value: Value) -> Any:
    """What JSON can hold: numbers, times and durations become ``{"$": kind, "v": text}``.

    Raises TypeError for a float or an object.
    """
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, (list, tuple)):
        return [to_plain(item) for item in value]
    if isinstance(value, dict):
        return _plain_context(value)
    kind, text = _tagged(value)
    return {_TAG: kind, "v": text}


def _plain_context(context: dict[str, Value]) -> dict[str, Any]:
    plain = {key: to_plain(item) for key, item in context.items()}
    return {_TAG: "context", "v": plain} if _TAG in context else plain


def _tagged(value: Value) -> tuple[str, str]:
    if isinstance(value, (int, Decimal)):
        return "n", number_text(Decimal(value))
    if isinstance(value, datetime):
        return "dt", _datetime_text(value)
    if isinstance(value, date):
        return "d", value.isoformat()
    if isinstance(value, time):
        return "t", value.isoformat()
    if isinstance(value, timedelta):
        return "td", f"{value.days} {value.seconds} {value.microseconds}"
    if isinstance(value, YearsMonths):
        return "ym", str(value.months)
    raise TypeError(f"a value of a case cannot be a {type(value).__name__}")


def number_text(number: Decimal) -> str:
    """The shortest plain text of a number: 1.50 and 1.5 are one value and hash alike."""
    if not number:
        return "0"
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _datetime_text(moment: datetime) -> str:
    zone = moment.tzinfo
    return f"{moment.isoformat()}@{zone.key}" if isinstance(zone, ZoneInfo) else moment.isoformat()


def from_plain(plain: Any) -> Value:
    """The value that ``to_plain`` was given; tuples come back as lists."""
    if isinstance(plain, list):
        return [from_plain(item) for item in plain]
    if not isinstance(plain, dict):
        return plain
    if _TAG not in plain:
        return {key: from_plain(item) for key, item in plain.items()}
    return _READERS[plain[_TAG]](plain["v"])


def _read_datetime(text: str) -> datetime:
    moment, _, zone = text.partition("@")
    read = datetime.fromisoformat(moment)
    return read.astimezone(ZoneInfo(zone)) if zone else read


def _read_timedelta(text: str) -> timedelta:
    days, seconds, microseconds = map(int, text.split())
    return timedelta(days, seconds, microseconds)


_READERS: dict[str, Any] = {
    "n": Decimal,
    "dt": _read_datetime,
    "d": date.fromisoformat,
    "t": time.fromisoformat,
    "td": _read_timedelta,
    "ym": lambda text: YearsMonths(int(text)),
    "context": lambda plain: {key: from_plain(item) for key, item in plain.items()},
}


def dumps(value: Value) -> str:
    """Canonical JSON text: sorted keys, no spaces; equal values give equal text."""
    return json.dumps(to_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def loads(text: str | bytes) -> Value:
    """The value whose ``dumps`` this is."""
    return from_plain(json.loads(text))
