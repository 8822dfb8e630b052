"""What is done from the list: one task claimed, many, or given back."""

from __future__ import annotations

from typing import Any

from flask import flash, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import work
from engine.domain.text import Text
from engine.queries import inbox
from webforms import access, refusals, visit
from webforms.blueprints.inbox.door import blueprint
from webforms.wording import said, t

#: So many refusals are told one by one.
_NAMED = 5


@blueprint.post("/inbox/<item_id>/claim")
def claim(item_id: str) -> Response:
    """Take a task out of the queue."""
    return done(work.Claim(item_id), t("inbox.claimed"))


@blueprint.post("/inbox/<item_id>/release")
def release(item_id: str) -> Response:
    """Put a task back into the queue."""
    return done(work.Release(item_id), t("inbox.released"))


@blueprint.post("/inbox/claim")
def claim_many() -> Response:
    """Take all that was ticked; what could not be had is named with its reason."""
    try:
        claimed = visit.execute(work.ClaimMany(tuple(request.form.getlist("item"))))
    except errors.InvalidValues as refusal:
        return answer(said(refusal.text), "warning", refusals.status_of(refusal))
    for number, refused in enumerate(claimed.refused):
        if number == _NAMED:
            flash(t("inbox.not_claimed_more", n=len(claimed.refused) - _NAMED), "warning")
            break
        flash(_why_not(refused), "warning")
    return answer(t("inbox.claimed_n", n=len(claimed.taken)), "success", 200) if claimed.taken else back()


def _why_not(refused: work.NotClaimed) -> str:
    if refused.name is None:
        return t("inbox.not_claimed_unknown", why=said(refused.why))
    return t("inbox.not_claimed", number=refused.number, name=said(refused.name), why=said(refused.why))


@blueprint.get("/inbox/<item_id>/hand-on")
def hand_on(item_id: str) -> str:
    """Choose the colleague who is to do it."""
    return _hand_on(item_id)


@blueprint.post("/inbox/<item_id>/hand-on")
def handed_on(item_id: str) -> Response:
    """Hand it to the colleague who was chosen."""
    command = work.Delegate(item_id, request.form.get("person_id", ""), request.form.get("reason", ""))
    try:
        receipt = visit.execute(command)
    except errors.InvalidValues as refusal:
        return make_response(_hand_on(item_id, refusal.fields), refusals.status_of(refusal))
    except (errors.InvalidState, errors.Conflict) as refusal:
        return answer(said(refusal.text), "warning", refusals.status_of(refusal))
    return answer(said(receipt.said), "success", 200)


def _hand_on(item_id: str, faults: dict[str, Text] | None = None) -> str:
    choice = inbox.hand_on(visit.reader(), visit.actor(), item_id)
    way_back = access.local_path(request.values.get("next")) or url_for("inbox.tab")
    return render_template("inbox/hand_on.html", choice=choice, faults=faults or {}, typed=request.form, way_back=way_back)


def done(command: Any, words: str) -> Response:
    """Do it and go back to the list, or say in a few words to the script that asked; a refusal is said in its place too."""
    try:
        visit.execute(command)
    except (errors.InvalidState, errors.Conflict) as refusal:
        return answer(said(refusal.text), "warning", refusals.status_of(refusal))
    except errors.Rejection as refusal:
        if not visit.is_partial():
            raise
        return answer(said(refusal.text), "warning", refusals.status_of(refusal))
    return answer(words, "success", 200)


def answer(words: str, kind: str, status: int) -> Response:
    """A sentence on top of the list, or for the script the sentence alone."""
    if visit.is_partial():
        return jsonify(said=words), status  # type: ignore[return-value]
    flash(words, kind)
    return back()


def back() -> Response:
    """The list that was left."""
    return redirect(access.local_path(request.form.get("next")) or url_for("inbox.tab"), 303)

