"""Figures in a note: a note that states how long a limit is, and still states the old length, is told and can be mended."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from engine.domain.text import Text

_ZH_UNITS = {
    "工作小时": "working_hours", "工作日": "working_days", "分钟": "minutes", "小时": "hours", "天": "days", "月": "months",
}  # fmt: skip
_EN_UNITS = {
    "working hour": "working_hours", "working day": "working_days", "minute": "minutes", "hour": "hours", "day": "days",
    "month": "months",
}  # fmt: skip
_ZH_WORDS = {
    "minutes": "分钟", "hours": "小时", "days": "天", "months": "个月", "working_hours": "个工作小时", "working_days": "个工作日",
}  # fmt: skip
_DIGITS = "零一二三四五六七八九"
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {**{word: number for number, word in enumerate(_ONES)}, "a": 1, "an": 1}
_WORDS |= {
    f"{ten}-{_ONES[one]}" if one else ten: 10 * place + one
    for place, ten in enumerate(_TENS) if place > 1 for one in range(10)
}  # fmt: skip
_MOST = 99
_ZH = re.compile(rf"(\d+(?:\.\d+)?|[{_DIGITS}两十百]+)(\s*个?)({'|'.join(_ZH_UNITS)})")
_NUMBERS = "|".join(sorted(_WORDS, key=len, reverse=True))
_EN = re.compile(rf"\b(\d+(?:\.\d+)?|{_NUMBERS})(\s+|-)({'|'.join(_EN_UNITS)})s?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Length:
    """How long: an amount and the unit that the calendar knows it by."""

    amount: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Stale:
    """What a note still states, and the note with the figure of now."""

    stated: Text
    mended: Text


@dataclass(frozen=True, slots=True)
class _Language:
    """How a language writes lengths: where a note states them, and one in its words, like the number that stood there."""

    mentions: Callable[[str], list[_Mention]]
    said: Callable[[Length, str], str]


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    number: str
    length: Length


def stale(before: Text, was: Length, note: Text, now: Length) -> Stale | None:
    """None while the note states what holds now, or never stated how long; ``before`` is the note that belonged to ``was``."""
    zh = _behind(before.zh, was, note.zh, now, _Language(_zh_mentions, _in_zh))
    en = _behind(before.en, was, note.en, now, _Language(_en_mentions, _in_en))
    if zh is None and en is None:
        return None
    stated = Text(zh[0] if zh else en[0] if en else "", en[0] if en else zh[0] if zh else "")
    return Stale(stated, Text(zh[1] if zh else note.zh, en[1] if en else note.en))


def _behind(before: str, was: Length, note: str, now: Length, spoken: _Language) -> tuple[str, str] | None:
    """What is still stated, and the note with the length of now: where the note of then stated the length of then."""
    then, found = spoken.mentions(before), spoken.mentions(note)
    place = next((number for number, one in enumerate(then) if one.length == was), None)
    if place is None:
        return None
    alike = found[place] if len(found) == len(then) else next((one for one in found if one.length == was), None)
    if alike is None or alike.length == now:
        return None
    return note[alike.start : alike.end], note[: alike.start] + spoken.said(now, alike.number) + note[alike.end :]


def _zh_mentions(note: str) -> list[_Mention]:
    found = ((one, _zh_number(one[1])) for one in _ZH.finditer(note))
    return [_mention(one, number, _ZH_UNITS[one[3]]) for one, number in found if number is not None]


def _en_mentions(note: str) -> list[_Mention]:
    found = ((one, _WORDS.get(one[1].lower())) for one in _EN.finditer(note))
    return [_mention(one, Decimal(one[1]) if word is None else Decimal(word), _EN_UNITS[one[3].lower()]) for one, word in found]


def _mention(found: re.Match[str], number: Decimal, unit: str) -> _Mention:
    return _Mention(found.start(), found.end(), found[1], Length(number, unit))


def _zh_number(text: str) -> Decimal | None:
    if text[0].isdigit():
        return Decimal(text)
    text = text.replace("两", "二")
    hundreds, _, rest = text.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    if any(len(part) > 1 for part in (hundreds, tens, ones.lstrip("零"))):
        return None
    value = _digit(hundreds) * 100 + ((_digit(tens) or 1) * 10 if ten else 0) + _digit(ones.lstrip("零"))
    return Decimal(value) if value else None


def _digit(sign: str) -> int:
    return _DIGITS.index(sign) if sign else 0


def _in_zh(length: Length, like: str) -> str:
    """As the author writes numbers: in signs or in words."""
    amount, unit = length.amount, _ZH_WORDS[length.unit]
    if like[0].isdigit() or amount != amount.to_integral_value() or not 0 < amount <= _MOST:
        return f"{_plain(amount)} {unit}"
    tens, ones = divmod(int(amount), 10)
    words = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    words += _DIGITS[ones] if ones else ""
    return ("两" if amount == 2 else words) + unit


def _in_en(length: Length, like: str) -> str:
    amount = length.amount
    unit = next(word for word, key in _EN_UNITS.items() if key == length.unit) + ("" if amount == 1 else "s")
    if like[0].isdigit() or amount != amount.to_integral_value() or not 0 < amount <= _MOST:
        return f"{_plain(amount)} {unit}"
    tens, ones = divmod(int(amount), 10)
    word = _ONES[int(amount)] if amount < 20 else _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    return f"{word} {unit}"


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
