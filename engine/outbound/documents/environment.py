"""Templates of documents: every value is text, never markup, and a name that is not there is a fault at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from engine.domain.codec import number_text
from engine.domain.text import Text
from engine.domain.values import Value

NOTHING = "—"
_YES, _NO = Text("是", "yes"), Text("否", "no")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates of this folder; their filters write in the ``language`` and ``zone`` that they are given."""
    made = Environment(
        loader=PackageLoader("engine.outbound.documents"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(said=_said, value=_value, moment=_moment, day=_day)
    return made


def render(template: str, language: str, zone: ZoneInfo, values: Mapping[str, Any]) -> str:
    """A template of this folder as an HTML document in a language, its moments in a zone; put it into ``to_pdf``."""
    return environment().get_template(template).render(**values, language=language, zone=zone)


def day_text(value: date, language: str) -> str:
    """A day with its year."""
    if language.startswith("en"):
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    return f"{value.year}年{value.month}月{value.day}日"


def moment_text(value: datetime, language: str, zone: ZoneInfo) -> str:
    """A moment with its year: paper is read when nobody remembers which year it was."""
    local = value.astimezone(zone)
    return f"{day_text(local.date(), language)} {local:%H:%M}"


def value_text(value: Value, language: str, zone: ZoneInfo) -> str:
    """A plain value on paper: a dash for none, moments local, lists with commas."""
    if value is None or value == "" or value == []:
        return NOTHING
    if isinstance(value, list):
        return (", " if language.startswith("en") else "、").join(value_text(entry, language, zone) for entry in value)
    if isinstance(value, Text):
        return value.in_language(language)
    if isinstance(value, bool):
        return (_YES if value else _NO).in_language(language)
    return _counted(value, language, zone)


def _counted(value: Value, language: str, zone: ZoneInfo) -> str:
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, datetime):
        return moment_text(value, language, zone)
    if isinstance(value, date):
        return day_text(value, language)
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


@pass_context
def _said(context: Context, text: Text) -> str:
    return text.in_language(context["language"])


@pass_context
def _value(context: Context, value: Value) -> str:
    return value_text(value, context["language"], context["zone"])


@pass_context
def _moment(context: Context, value: datetime | None) -> str:
    return moment_text(value, context["language"], context["zone"]) if value else NOTHING


@pass_context
def _day(context: Context, value: date | None) -> str:
    return day_text(value, context["language"]) if value else NOTHING
