"""What all pages of a case file share: the blueprint, the tabs, and drawing a page with its head."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response, render_template
from werkzeug.wrappers import Response

from engine.queries import case_file
from engine.queries.reports import reviewing
from webforms import visit

blueprint = Blueprint("case_file", __name__)
TABS = (
    "overview", "timeline", "diagram", "deadlines", "promises", "contacts", "documents", "links", "signatures", "journal",
)  # fmt: skip
OPERATORS_ONLY = "journal"
_RUNNING_ONLY = frozenset({"diagram", "deadlines", "promises", "signatures"})


def find(case_id: str) -> case_file.Head:
    """The head of a case that the person signed in may read."""
    return case_file.head(visit.reader(), visit.actor(), case_id)


def shown(case: case_file.Head, tab: str, status: int = 200, **more: Any) -> Response:
    """One tab of the case, with the head above it."""
    review = reviewing.made(visit.reader(), visit.actor(), case.case_id, case.version_id) if case.version_id else None
    page = render_template(f"case_file/{tab}.html", case=case, tab=tab, tabs=_tabs(case), review=review, **more)
    return make_response(page, status)


def _tabs(case: case_file.Head) -> tuple[str, ...]:
    hidden = set(_RUNNING_ONLY if case.is_historic else ()) | (set() if case.sees_journal else {OPERATORS_ONLY})
    return tuple(tab for tab in TABS if tab not in hidden)
