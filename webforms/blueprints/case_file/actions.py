"""What people do to a case beside its tasks: each posts, and is shown on the first page again when it is refused."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import cases
from webforms import refusals, visit
from webforms.blueprints.case_file.door import blueprint
from webforms.blueprints.case_file.pages import opened
from webforms.wording import said


@blueprint.post("/cases/<case_id>/contact")
def contact(case_id: str) -> Response:
    """They called again."""
    return _done(case_id, "contact", cases.LogContact(case_id, _text("text")))


@blueprint.post("/cases/<case_id>/comment")
def comment(case_id: str) -> Response:
    """A note for colleagues."""
    return _done(case_id, "comment", cases.AddComment(case_id, _text("text")))


@blueprint.post("/cases/<case_id>/raise")
def raise_severity(case_id: str) -> Response:
    """A graver level."""
    return _done(case_id, "raise", cases.Raise(case_id, _text("value"), _text("reason")))


@blueprint.post("/cases/<case_id>/do/<action>")
def act(case_id: str, action: str) -> Response:
    """What the procedure offers beside its tasks: flagged urgent, withdrawn, a review asked for …"""
    return _done(case_id, action, cases.Act(case_id, action, _text("reason")))


@blueprint.post("/cases/<case_id>/link")
def link(case_id: str) -> Response:
    """This case has to do with another."""
    return _done(case_id, "link", cases.Link(case_id, _text("other_number"), _text("reason")))


def _text(name: str) -> str:
    return request.form.get(name, "")


def _done(case_id: str, doing: str, command: Any) -> Response:
    try:
        receipt = visit.execute(command)
    except (errors.InvalidValues, errors.InvalidState, errors.Conflict) as refusal:
        return opened(case_id, doing, refusal, refusals.status_of(refusal))
    flash(said(receipt.said), "success")
    return redirect(url_for("case_file.overview", case_id=case_id), 303)
