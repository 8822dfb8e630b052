"""Operations: the steps that failed technically, and what an operator does about each."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import incidents as commands
from engine.commands.clock import TrustClock
from engine.queries import incidents
from engine.queries.case_values import current_values
from engine.queries.references import named
from webforms import refusals, visit
from webforms.wording import said, t

blueprint = Blueprint("operations", __name__)
#: What leaves the incident open, so that its page can say why.
_STILL_OPEN = (errors.InvalidValues, errors.InvalidState, errors.Conflict, errors.Forbidden, errors.Incident)


@blueprint.get("/operations")
def home() -> str:
    """What waits for the operator."""
    incidents.require_operator(visit.reader(), visit.actor())
    return render_template("operations/list.html", rows=incidents.open_incidents(visit.reader(), visit.actor()))


@blueprint.get("/operations/<incident_id>")
def incident(incident_id: str) -> Response:
    """One incident; the address may name the field whose value is to be set."""
    return _page(incident_id, "set" if {"field", "do"} & set(request.args) else "")


@blueprint.post("/operations/<incident_id>/retry")
def retry(incident_id: str) -> Response:
    """Give it again as it was."""
    return _done(incident_id, "retry", commands.Retry(incident_id, _text("reason")))


@blueprint.post("/operations/<incident_id>/value")
def set_value(incident_id: str) -> Response:
    """Set a missing value, then give it again."""
    entries = request.form.getlist("value")
    value = entries if len(entries) > 1 else _text("value")
    return _done(incident_id, "set", commands.SetValue(incident_id, _text("field"), value, _text("reason")))


@blueprint.post("/operations/<incident_id>/move")
def move(incident_id: str) -> Response:
    """Move the case to another version, then give it again."""
    return _done(incident_id, "move", commands.Move(incident_id, _text("version_id"), _text("reason")))


@blueprint.post("/operations/<incident_id>/skip")
def skip(incident_id: str) -> Response:
    """Pass over the step."""
    return _done(incident_id, "skip", commands.Skip(incident_id, _text("reason")))


@blueprint.post("/operations/<incident_id>/dismiss")
def dismiss(incident_id: str) -> Response:
    """Nothing more is to be done about it."""
    return _done(incident_id, "dismiss", commands.Dismiss(incident_id, _text("reason")))


@blueprint.post("/operations/clock")
def trust_clock() -> Response:
    """The operator has looked at the clock."""
    visit.execute(TrustClock())
    flash(t("operations.clock_done"), "success")
    return redirect(url_for("operations.home"), 303)


def _text(name: str) -> str:
    return request.form.get(name, "")


def _done(incident_id: str, doing: str, command: Any) -> Response:
    try:
        receipt = visit.execute(command)
    except _STILL_OPEN as refusal:
        visit.close_reader()
        return _page(incident_id, doing, refusal)
    flash(f"{receipt.number} {said(receipt.said)}".strip(), "success")
    return redirect(url_for("operations.home"), 303)


def _page(incident_id: str, doing: str, refusal: errors.EngineError | None = None) -> Response:
    reader, actor = visit.reader(), visit.actor()
    page = incidents.one(reader, actor, incident_id)
    chosen = page.field_to_set(request.values.get("field", ""))
    present = current_values(reader, actor, str(page.row.case_id)).get(chosen.key) if chosen and page.row.readable else None
    pairs = [(known, value) for known, _, value in page.typed if known is not None]
    faults = getattr(refusal, "fields", {})
    own = {"reason", "value", "field", "version_id"}
    body = render_template(
        "operations/incident.html",
        page=page,
        doing=doing,
        refusal=refusal,
        failed_again=isinstance(refusal, errors.Incident),
        faults=faults,
        sentences=[text for name, text in faults.items() if name not in own],
        typed=request.form,
        values=request.form.getlist("value"),
        chosen=chosen,
        present=present,
        names=named(reader, actor, [*pairs, *([(chosen, present)] if chosen else [])]),
    )
    return make_response(body, 200 if refusal is None else _status(refusal))


def _status(refusal: errors.EngineError) -> int:
    # A fault that is met again is what the operator came for, not one of this page.
    return 409 if isinstance(refusal, errors.Incident) else refusals.status_of(refusal)
