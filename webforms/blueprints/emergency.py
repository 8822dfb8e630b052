"""The red button: a place and one line, and at once the telephone numbers of those on duty."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import intake
from engine.domain.text import Text
from engine.queries import intake as queries
from engine.queries import task as tasks
from webforms import filling, refusals, visit
from webforms.blueprints.task import shown
from webforms.wording import t

blueprint = Blueprint("emergency", __name__)


@blueprint.get("/emergency")
def page() -> Response:
    """Place and one line."""
    return _page(queries.intake(visit.reader(), visit.actor()), {})


@blueprint.post("/emergency")
def save() -> Response:
    """The case exists and its ladder runs; the numbers to call come next."""
    offered = queries.intake(visit.reader(), visit.actor())
    if filling.only_redraws():
        return _page(offered, filling.typed())
    session["estate"] = _estate(offered)
    try:
        receipt = visit.execute(intake.RegisterEmergency(_estate(offered), filling.typed(), filling.request_id()))
    except errors.InvalidValues as refusal:
        return _page(offered, filling.typed(), refusal.fields, refusal.text, refusals.status_of(refusal))
    flash(t("emergency.done", number=receipt.number), "warning")
    return filling.carried_out(redirect(url_for("emergency.ladder", case_id=receipt.case_id), 303))


@blueprint.post("/emergency/fields")
def fields() -> str:
    """The form's fields alone, for the answers given so far."""
    offered = queries.intake(visit.reader(), visit.actor())
    drawn = filling.draw(offered.emergency_form, filling.typed(), {}, _estate(offered))
    return render_template("rendering/fields_part.html", drawn=drawn, update_to=url_for("emergency.fields"))


@blueprint.get("/emergency/<case_id>")
def ladder(case_id: str) -> str:
    """Who is on duty, the time left for this step, and the step's own form."""
    found = tasks.ladder(visit.reader(), visit.actor(), case_id)
    waiting = tasks.task(visit.reader(), visit.actor(), found.item_id) if found.item_id else None
    return render_template("emergency/ladder.html", ladder=found, **shown(waiting) if waiting else {"task": None})


def _estate(offered: queries.Intake) -> str:
    wished = request.form.get("_estate") or session.get("estate")
    return str(wished) if wished in {estate.value for estate in offered.estates} else offered.estates[0].value


def _page(
    offered: queries.Intake,
    raw: dict[str, Any],
    faults: dict[str, Text] | None = None,
    notice: Text | None = None,
    status: int = 200,
) -> Response:
    estate_id = _estate(offered)
    drawn = filling.draw(offered.emergency_form, raw, {}, estate_id, faults)
    body = render_template(
        "emergency/page.html",
        offered=offered,
        drawn=drawn,
        estate_id=estate_id,
        notice=notice,
        request_id=filling.request_id(),
        typed=request.method == "POST",
    )
    return make_response(body, status)
