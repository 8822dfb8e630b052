"""Other ways on from a task than completing it: hand it on, send it back, say that the date cannot be kept, waive it.

Their fields stand in the task's own form, so that what was typed there comes along and is kept as a draft.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import cases, work
from engine.queries import task as tasks
from webforms import filling, refusals, visit
from webforms.blueprints import task
from webforms.wording import said, t

blueprint = Blueprint("task_actions", __name__)


@blueprint.post("/tasks/<item_id>/claim")
def claim(item_id: str) -> Response:
    """Take the task."""
    return _done(item_id, "claim", work.Claim(item_id), t("inbox.claimed"))


@blueprint.post("/tasks/<item_id>/release")
def release(item_id: str) -> Response:
    """Put the task back."""
    return _done(item_id, "release", work.Release(item_id), t("inbox.released"))


@blueprint.post("/tasks/<item_id>/delegate")
def delegate(item_id: str) -> Response:
    """Hand the task to a named colleague."""
    to = work.Delegate(item_id, _typed("delegate", "to"), _reason("delegate"))
    return _done(item_id, "delegate", to, t("task.handed_on"), leaves=True)


@blueprint.post("/tasks/<item_id>/pass-on")
def pass_on(item_id: str) -> Response:
    """Move the task to another department; counted."""
    to = work.PassOn(item_id, _typed("pass_on", "to"), _reason("pass_on"))
    return _done(item_id, "pass_on", to, t("task.passed_on"), leaves=True)


@blueprint.post("/tasks/<item_id>/send-back")
def send_back(item_id: str) -> Response:
    """Return the task to the department it came from."""
    return _done(item_id, "send_back", work.SendBack(item_id, _reason("send_back")), t("task.sent_back"), leaves=True)


@blueprint.post("/tasks/<item_id>/waive")
def waive(item_id: str) -> Response:
    """Pass the step over, with a reason that stays."""
    return _done(item_id, "waive", work.Waive(item_id, _reason("waive")), t("task.waived"), leaves=True)


@blueprint.post("/tasks/<item_id>/allow-excluded")
def allow_excluded(item_id: str) -> Response:
    """Let a named colleague do it who is kept out of it."""
    whom = work.AllowExcluded(item_id, _typed("allow_excluded", "to"), _reason("allow_excluded"))
    return _done(item_id, "allow_excluded", whom, t("task.allowed"))


@blueprint.post("/tasks/<item_id>/do/<action>")
def act(item_id: str, action: str) -> Response:
    """What the procedure offers beside the task; the task stays, with everything typed in it."""
    case_id = tasks.item(visit.reader(), visit.actor(), item_id).case_id
    return _done(item_id, action, cases.Act(case_id, action, _reason(action)))


def _typed(way: str, name: str) -> str:
    return request.form.get(f"{way}.{name}", "")


def _reason(way: str) -> str:
    return _typed(way, "reason")


def _done(item_id: str, way: str, command: Any, words: str | None = None, leaves: bool = False) -> Response:
    if filling.only_redraws():
        return task.opened(item_id, filling.typed())
    task.keep_typed(item_id)
    try:
        receipt = visit.execute(command)
    except (errors.InvalidValues, errors.InvalidState) as refusal:
        wrong = getattr(refusal, "fields", {})
        notice = next(iter(wrong.values()), refusal.text)
        return task.opened(item_id, filling.typed() or None, None, notice, refusals.status_of(refusal), (way, wrong))
    flash(words or said(receipt.said), "success")
    return redirect(url_for("inbox.tab") if leaves else url_for("task.page", item_id=item_id), 303)
