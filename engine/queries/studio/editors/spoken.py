"""What a story writes in signs, as people say it: lengths of time, moments, yes and no, and the names of things."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from engine.domain.text import Text
from engine.procedure.decisions.spoken import TRUTH
from engine.procedure.limits import UNITS_IN_WORDS

NAMED = {**TRUTH, "null": Text("没有", "none")}
_MOMENT = r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?"
_LENGTH = r"P(?=[\dT])(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?\b"
_SAID = re.compile(rf"(?P<moment>{_MOMENT})|(?P<length>\b{_LENGTH})|(?P<name>[A-Za-z_]\w*)")
_PART = re.compile(r"(\d+)([DHMS])")
_UNITS = {"D": "days", "H": "hours", "M": "minutes"}
_SECONDS = Text("秒", "seconds")
_SPAN = re.compile(r"PT(?P<minutes>\d+)M|PT(?P<hours>\d+)H|P(?P<days>\d+)D")
#: Units in which a step counts time, the smallest first.
SPANS = ("minutes", "hours", "days")


def spoken(text: str, names: Mapping[str, Text]) -> Text:
    """The text with its lengths, moments and names as people know them, in both languages."""

    def of(language: str) -> str:
        return _SAID.sub(lambda found: _one(found, names, language), text)

    return Text(of("zh"), of("en"))


def span_of(text: str) -> tuple[str, str]:
    """Amount and unit of a length that has one unit; two empty texts for any other."""
    found = _SPAN.fullmatch(text)
    return (str(found[str(found.lastgroup)]), str(found.lastgroup)) if found else ("", "")


def local(text: str) -> str:
    """A moment as a control for moments takes it, without its zone; empty for any other text."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None).isoformat(timespec="seconds")
    except ValueError:
        return ""


def _one(found: re.Match[str], names: Mapping[str, Text], language: str) -> str:
    if found["moment"]:
        return _moment(datetime.fromisoformat(found["moment"])).in_language(language)
    if found["length"]:
        parts = _PART.findall(found["length"])
        return " ".join(f"{amount} {_counted(amount, unit).in_language(language)}" for amount, unit in parts)
    name = names.get(found["name"]) or NAMED.get(found["name"])
    return name.in_language(language) if name else found["name"]


def _moment(at: datetime) -> Text:
    """In the story's own zone, to the minute unless it says seconds."""
    clock = at.strftime("%H:%M:%S" if at.second else "%H:%M")
    return Text(f"{at.month}月{at.day}日 {clock}", f"{at.day} {at:%b} {clock}")


def _counted(amount: str, sign: str) -> Text:
    unit = UNITS_IN_WORDS[_UNITS[sign]] if sign in _UNITS else _SECONDS
    return Text(unit.zh, unit.en.removesuffix("s")) if amount == "1" else unit
