"""The tabs of a case file that only show."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from engine.queries import case_file
from webforms import visit
from webforms.blueprints.case_file import door
from webforms.blueprints.case_file.door import blueprint


@blueprint.get("/cases/<case_id>")
def overview(case_id: str) -> Response:
    """Demands, severity with its reason, who has what, what the forms say, and what one can do."""
    return opened(case_id)


@blueprint.get("/cases/<case_id>/timeline")
def timeline(case_id: str) -> Response:
    """What happened, people's words first."""
    case = door.find(case_id)
    return door.shown(case, "timeline", story=case_file.story(visit.reader(), visit.actor(), case))


@blueprint.get("/cases/<case_id>/deadlines")
def deadlines(case_id: str) -> Response:
    """Every clock and how it came about."""
    case = door.find(case_id)
    return door.shown(case, "deadlines", runs=case_file.runs(visit.reader(), visit.actor(), case))


@blueprint.get("/cases/<case_id>/promises")
def promises(case_id: str) -> Response:
    """What was promised and is to be done, with the clocks that watch it."""
    case = door.find(case_id)
    return door.shown(case, "promises", seen=case_file.promises(visit.reader(), visit.actor(), case))


@blueprint.get("/cases/<case_id>/contacts")
def contacts(case_id: str) -> Response:
    """How the complainant is reached, and every time that somebody spoke with them."""
    case = door.find(case_id)
    return door.shown(case, "contacts", seen=case_file.contacts(visit.reader(), visit.actor(), case))


@blueprint.get("/cases/<case_id>/signatures")
def signatures(case_id: str) -> Response:
    """Who signed what and when, and whether it still stands as it was signed."""
    case = door.find(case_id)
    return door.shown(case, "signatures", signed=case_file.signatures(visit.reader(), visit.actor(), case))


@blueprint.get("/cases/<case_id>/journal")
def journal(case_id: str) -> Response:
    """The journal as it is kept."""
    case = door.find(case_id)
    return door.shown(case, "journal", rows=case_file.rows(visit.reader(), visit.actor(), case))


def opened(case_id: str, doing: str = "", refusal: object = None, status: int = 200) -> Response:
    """The first page; after a refusal with that action open and everything typed still in it."""
    case = door.find(case_id)
    seen = case_file.overview(visit.reader(), visit.actor(), case)
    typed = request.form if doing else {}
    return door.shown(
        case, "overview", status, seen=seen, doing=doing or request.args.get("do", ""), typed=typed, refusal=refusal
    )
