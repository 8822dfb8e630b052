"""Other ways on from a task than completing it: hand it on, send it back, waive it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import work
from webforms import refusals, visit
from webforms.blueprints import task
from webforms.wording import t

blueprint = Blueprint("task_actions", __name__)


@blueprint.post("/tasks/<item_id>/claim")
def claim(item_id: str) -> Response:
    """Take the task."""
    return _done(item_id, work.Claim(item_id), t("inbox.claimed"))


@blueprint.post("/tasks/<item_id>/release")
def release(item_id: str) -> Response:
    """Put the task back."""
    return _done(item_id, work.Release(item_id), t("inbox.released"))


@blueprint.post("/tasks/<item_id>/delegate")
def delegate(item_id: str) -> Response:
    """Hand the task to a named colleague."""
    return _done(item_id, work.Delegate(item_id, request.form.get("person_id", ""), _reason()), t("task.handed_on"), leaves=True)


@blueprint.post("/tasks/<item_id>/pass-on")
def pass_on(item_id: str) -> Response:
    """Move the task to another department; counted."""
    return _done(item_id, work.PassOn(item_id, request.form.get("to", ""), _reason()), t("task.passed_on"), leaves=True)


@blueprint.post("/tasks/<item_id>/send-back")
def send_back(item_id: str) -> Response:
    """Return the task to the department it came from."""
    return _done(item_id, work.SendBack(item_id, _reason()), t("task.sent_back"), leaves=True)


@blueprint.post("/tasks/<item_id>/waive")
def waive(item_id: str) -> Response:
    """Pass the step over, with a reason that stays."""
    return _done(item_id, work.Waive(item_id, _reason()), t("task.waived"), leaves=True)


@blueprint.post("/tasks/<item_id>/allow-excluded")
def allow_excluded(item_id: str) -> Response:
    """Let a named colleague do it who is kept out of it."""
    return _done(item_id, work.AllowExcluded(item_id, request.form.get("person_id", ""), _reason()), t("task.allowed"))


def _reason() -> str:
    return request.form.get("reason", "")


def _done(item_id: str, command: Any, words: str, leaves: bool = False) -> Response:
    try:
        visit.execute(command)
    except (errors.InvalidValues, errors.InvalidState) as refusal:
        notice = next(iter(getattr(refusal, "fields", {}).values()), refusal.text)
        return task.opened(item_id, notice=notice, status=refusals.status_of(refusal))
    flash(words, "success")
    return redirect(url_for("inbox.tab") if leaves else url_for("task.page", item_id=item_id), 303)
