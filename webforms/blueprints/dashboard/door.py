"""What the pages of the dashboard share: their blueprint, and the estate in the address."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, request

from engine.queries import people
from webforms import times, visit

blueprint = Blueprint("dashboard", __name__)
MOST_PAGES = 10_000


def estate() -> str | None:
    """The estate that the address asks for, if it is one of the reader's; otherwise all of them."""
    wanted = request.args.get("estate")
    return wanted if wanted in {option.value for option in estates()} else None


def estates() -> tuple[people.Option, ...]:
    """The estates that the reader may choose from."""
    return people.estates(visit.reader(), visit.actor())


def page_number() -> int:
    """The page that the address asks for, from 1; the first for anything else."""
    asked = request.args.get("page", "")
    return min(max(int(asked), 1), MOST_PAGES) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1


def kept(*names: str) -> dict[str, Any]:
    """Those parts of the address that stay when the page is turned."""
    return {name: value for name in names if (value := request.args.get(name))}


@blueprint.app_template_filter("last_day")
def last_day(end: datetime) -> str:
    """The last whole day before a moment, for what ends with a midnight."""
    return times.day((end - timedelta(microseconds=1)).astimezone(visit.reader().zone).date(), visit.language())


@blueprint.app_template_filter("span")
def span(duration: timedelta) -> str:
    """How long something took, in words."""
    return times.span(duration, visit.language())
