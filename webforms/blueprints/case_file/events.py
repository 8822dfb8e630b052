"""A case and its event: what it is joined to, joining it, and taking it out again."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import events
from engine.queries import case_file
from webforms import refusals, visit
from webforms.blueprints.case_file import door
from webforms.blueprints.case_file.door import blueprint
from webforms.wording import said


@blueprint.get("/cases/<case_id>/links")
def links(case_id: str) -> Response:
    """Cases that have to do with this one, and the event it belongs to."""
    return _listed(case_id)


@blueprint.post("/cases/<case_id>/event")
def join_event(case_id: str) -> Response:
    """From now on the cause is handled with that of others."""
    return _done(case_id, events.JoinEvent(case_id, request.form.get("other_number", ""), request.form.get("reason", "")))


@blueprint.post("/cases/<case_id>/event/leave")
def leave_event(case_id: str) -> Response:
    """From now on the case is handled on its own."""
    return _done(case_id, events.LeaveEvent(case_id, request.form.get("reason", "")))


def _done(case_id: str, command: Any) -> Response:
    try:
        receipt = visit.execute(command)
    except (errors.InvalidValues, errors.InvalidState, errors.Conflict) as refusal:
        return _listed(case_id, refusal, refusals.status_of(refusal))
    flash(said(receipt.said), "success")
    return redirect(url_for("case_file.links", case_id=case_id), 303)


def _listed(case_id: str, refusal: errors.EngineError | None = None, status: int = 200) -> Response:
    case = door.find(case_id)
    neighbours = case_file.neighbours(visit.reader(), visit.actor(), case)
    faults = getattr(refusal, "fields", None) or ({"": refusal.text} if refusal else {})
    return door.shown(case, "links", status, neighbours=neighbours, faults=faults, typed=request.form)
