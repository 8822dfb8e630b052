"""What all pages of the directory share: the blueprint, the tabs, and taking a form with its faults shown at the fields."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from engine import errors
from engine.domain.text import Text
from webforms import filling
from webforms.taking import text
from webforms.wording import WORDS

blueprint = Blueprint("directory", __name__)
TABS = ("staff", "estates", "departments", "deputies", "roster", "days", "names", "wordings", "imports")


def shown(template: str, tab: str, faults: dict[str, Text] | None = None, status: int = 200, **more: Any) -> Response:
    """One page of the directory; with faults what was typed stands in it again."""
    typed = request.form if request.method == "POST" and faults is not None else None
    page = render_template(f"directory/{template}.html", tab=tab, tabs=TABS, faults=faults or {}, typed=typed, **more)
    return make_response(page, status)


def moment(name: str) -> datetime:
    """A local date and time; InvalidValues when it is none."""
    try:
        return datetime.fromisoformat(text(name)).replace(tzinfo=filling.zone())
    except ValueError:
        raise _wrong(name, "directory.bad_moment") from None


def day(name: str) -> date:
    """A date; InvalidValues when it is none."""
    try:
        return date.fromisoformat(text(name))
    except ValueError:
        raise _wrong(name, "directory.bad_day") from None


def number(name: str) -> int:
    """A whole number of up to three digits; InvalidValues when it is none."""
    typed = text(name).strip()
    if not typed.isascii() or not typed.isdigit() or len(typed) > 3:
        raise _wrong(name, "directory.bad_number")
    return int(typed)


def chosen(name: str) -> str:
    """What was chosen; InvalidValues when nothing was."""
    if not text(name):
        raise _wrong(name, "directory.choose_one")
    return text(name)


def page_number() -> int:
    """The page of a list that the address asks for; the first when it asks for none that can be."""
    typed = request.args.get("page", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1


def local(value: datetime) -> str:
    """A moment as the browser's own field for date and time takes it."""
    return value.astimezone(filling.zone()).strftime("%Y-%m-%dT%H:%M")


def _wrong(name: str, words: str) -> errors.InvalidValues:
    return errors.InvalidValues(WORDS[words], {name: WORDS[words]})
