"""What these pages share: the blueprint, the tabs a person sees, and taking a form with its faults shown at the fields."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.domain.text import Text
from engine.queries.company import rights
from webforms import visit
from webforms.taking import text
from webforms.wording import WORDS

blueprint = Blueprint("company", __name__)
#: Tab, address, and the action of the procedure that opens it; None for everybody.
_TABS = (
    ("mine", "company.mine", None),
    ("knowledge", "company.notes", None),
    ("training", "company.trainings", "train"),
    ("inspections", "company.inspections", "inspect"),
)


@blueprint.get("/company")
def home() -> Response:
    """What I have to do comes first."""
    return redirect(url_for("company.mine"), 303)


def shown(template: str, tab: str, faults: dict[str, Text] | None = None, status: int = 200, **more: Any) -> Response:
    """One of these pages; with faults what was typed stands in it again."""
    typed = request.form if request.method == "POST" and faults is not None else None
    tabs = [(name, url_for(to)) for name, to, action in _TABS if action is None or may(action)]
    page = render_template(f"company/{template}.html", tab=tab, tabs=tabs, faults=faults or {}, typed=typed, **more)
    return make_response(page, status)


def may(action: str) -> bool:
    """Whether the person may use an action of the procedure anywhere."""
    return rights.may(visit.reader(), visit.actor(), action)


def day(name: str) -> date:
    """A date; InvalidValues when it is none."""
    found = day_or_none(name)
    if found is None:
        raise errors.InvalidValues(WORDS["directory.bad_day"], {name: WORDS["directory.bad_day"]})
    return found


def day_or_none(name: str) -> date | None:
    """A date, or None for nothing typed; InvalidValues for what is none."""
    typed = text(name).strip()
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise errors.InvalidValues(WORDS["directory.bad_day"], {name: WORDS["directory.bad_day"]}) from None


def number(typed: str, otherwise: int) -> int:
    """A whole number of up to four digits."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else otherwise
