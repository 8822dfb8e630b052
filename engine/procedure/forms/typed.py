"""From what a browser posts, or an already typed value, to the value of a field: or the sentence why not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Any

import phonenumbers

from engine.domain.text import Text
from engine.domain.values import Value
from engine.procedure.forms import sentences
from engine.procedure.forms.component import Component
from engine.procedure.vocabulary import Field

MAX_LENGTH = {"longtext": 5_000, "evidence": 100}
DEFAULT_LENGTH = 200
MAX_DIGITS = 20
MAX_ENTRIES = 200
YEARS = range(1900, 2200)
REGION = "CN"
NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
CURRENCY = re.compile(r"^(CNY|RMB|¥)|(CNY|RMB|元)$", re.IGNORECASE)
DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
TIME = re.compile(r"(\d{1,2}):(\d{2})(:(\d{2})(\.\d+)?)?")
INSTANT = re.compile(r"(?P<date>\S+?)[T ]+(?P<time>[\d:.]+)(?P<zone>Z|[+-]\d{2}:\d{2})?")
EXTENSION = re.compile(r"\d{2,8}")
YES, NO = frozenset({"true", "on", "1", "yes"}), frozenset({"false", "off", "0", "no"})


class Refused(ValueError):
    """An entry that cannot be taken; ``text`` is the sentence for the person who typed it."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


def typed(component: Component, field: Field, raw: Any, zone: tzinfo) -> Value:
    """The value of a field that is no list; None when nothing was entered; ``Refused`` when it cannot be taken."""
    if raw is None or raw == "" or raw == []:
        return False if field.type == "boolean" and component.kind == "checkbox" else None
    return _READERS[field.type](component, field, raw, zone)


def plain(raw: Any, label: Text) -> str:
    """One posted text in composed form, trimmed, with plain line ends."""
    single = raw[-1] if isinstance(raw, list) and raw else raw
    if isinstance(single, bool) or not isinstance(single, str | int | Decimal | date | time):
        raise Refused(sentences.not_text(label))
    return str(single).replace("\r\n", "\n").replace("\r", "\n").strip()


def _text(component: Component, field: Field, raw: Any, zone: tzinfo) -> Value:
    text = plain(raw, component.label)
    if field.type != "longtext":
        text = text.replace("\n", " ")
    if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t" for sign in text):
        raise Refused(sentences.control_character(component.label))
    most = component.max_length or field.max_length or MAX_LENGTH.get(field.type, DEFAULT_LENGTH)
    if len(text) > most:
        raise Refused(sentences.too_long(component.label, most, len(text)))
    if text and len(text) < (component.min_length or 0):
        raise Refused(sentences.too_short(component.label, component.min_length or 0))
    return text or None


def _phone(component: Component, field: Field, raw: Any, zone: tzinfo) -> Value:
    text = _text(component, field, raw, zone)
    if text is None or _plausible(str(text)):
        return text
    raise Refused(sentences.not_phone(component.label))


def _plausible(text: str) -> bool:
    digits = unicodedata.normalize("NFKC", text)
    if EXTENSION.fullmatch(re.sub(r"[\s()-]", "", digits)):
        return True
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(digits, REGION))
    except phonenumbers.NumberParseException:
        return False


def _number(component: Component, field: Field, raw: Any, zone: tzinfo) -> Value:
    number = _decimal(component, raw)
    if number is None:
        return None
    exponent = number.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    most = 2 if field.type == "money" else component.decimals
    if most is not None and places > most:
        raise Refused(sentences.too_many_decimals(component.label, most))
    if component.minimum is not None and number < component.minimum:
        raise Refused(sentences.too_small(component.label, component.minimum))
    if component.maximum is not None and number > component.maximum:
        raise Refused(sentences.too_large(component.label, component.maximum))
    return number


def _decimal(component: Component, raw: Any) -> Decimal | None:
    text = unicodedata.normalize("NFKC", plain(raw, component.label)).replace("−", "-")
    text = re.sub(r"\s", "", CURRENCY.sub("", text))
    if not text:
        return None
    if len(text) > MAX_DIGITS or not NUMBER.fullmatch(text):
        raise Refused(sentences.not_number(component.label))
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation as problem:
        raise Refused(sentences.not_number(component.label)) from problem


def _date(component: Component, field: Field, raw: Any, zone: tzinfo) -> Value:
    if isinstance(raw, datetime):
        return raw.astimezone(zone).date() if raw.tzinfo else raw.date()
    if isinstance(raw, date):
        return raw
    text = unicodedata.normalize("NFKC", plain(raw, component.label))
    if not text:
        return None
    found = _calendar_date(text)
    if found is None:
        raise Refused(sentences.not_date(component.label))
    return found


def _calendar_date(text: str) -> date | None:
    found = DATE.fullmatch(text)
    if found is None or int(found[1]) not in YEARS:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _time(component: Component, field: Field, raw: Any, zone: tzinfo) -> Value:
    if isinstance(raw, time):
        return raw
    text = unicodedata.normalize("NFKC", plain(raw, component.label))
    if not text:
        return None
    found = _clock_time(text)
    if found is None:
        raise Refused(sentences.not_time(component.label))
    return found


def _clock_time(text: str) -> time | None:
    found = TIME.fullmatch(text)
    if found is None:
        return None
    try:
        return time(int(found[1]), int(found[2]), int(found[4] or 0))
    except ValueError:
        return None


def _datetime(component: Component, field: Field, raw: Any, zone: tzinfo) -> Value:
    if isinstance(raw, datetime):
        return (raw if raw.tzinfo else raw.replace(tzinfo=zone)).astimezone(UTC)
    text = unicodedata.normalize("NFKC", plain(raw, component.label))
    if not text:
        return None
    found = INSTANT.fullmatch(text)
    day, clock = (_calendar_date(found["date"]), _clock_time(found["time"])) if found else (None, None)
    if found is None or day is None or clock is None:
        raise Refused(sentences.not_datetime(component.label))
    if found["zone"]:
        return datetime.fromisoformat(f"{day.isoformat()}T{clock.isoformat()}{found['zone']}").astimezone(UTC)
    return datetime.combine(day, clock, zone).astimezone(UTC)


def _boolean(component: Component, field: Field, raw: Any, zone: tzinfo) -> Value:
    if isinstance(raw, bool):
        return raw
    text = plain(raw, component.label).casefold()
    if text in YES or text in NO:
        return text in YES
    raise Refused(sentences.not_boolean(component.label))


def _choice(component: Component, field: Field, raw: Any, zone: tzinfo) -> Value:
    text = plain(raw, component.label)
    if not text:
        return None
    if text not in {choice.value for choice in component.choices}:
        raise Refused(sentences.not_a_choice(component.label))
    return text


def _choices(component: Component, field: Field, raw: Any, zone: tzinfo) -> Value:
    chosen = {plain(entry, component.label) for entry in (raw if isinstance(raw, list) else [raw])} - {""}
    known = [choice.value for choice in component.choices]
    if chosen - set(known):
        raise Refused(sentences.not_a_choice(component.label))
    return [value for value in known if value in chosen] or None


def _evidence(component: Component, field: Field, raw: Any, zone: tzinfo) -> Value:
    entries = [_text(component, field, entry, zone) for entry in (raw if isinstance(raw, list) else [raw])]
    given = list(dict.fromkeys(entry for entry in entries if entry))
    if len(given) > MAX_ENTRIES:
        raise Refused(sentences.too_many_rows(component.label, MAX_ENTRIES))
    return given or None


_READERS: Mapping[str, Callable[[Component, Field, Any, tzinfo], Value]] = {
    **dict.fromkeys(("text", "longtext", "person", "department", "household", "unit", "signature"), _text),
    "phone": _phone,
    "number": _number,
    "money": _number,
    "date": _date,
    "time": _time,
    "datetime": _datetime,
    "boolean": _boolean,
    "choice": _choice,
    "choices": _choices,
    "evidence": _evidence,
}
