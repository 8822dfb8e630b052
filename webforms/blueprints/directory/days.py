"""Days worked against the national calendar: what a day would move, before it is saved and after."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import directory as commands
from engine.queries.directory import cover, deadlines
from webforms import refusals, visit
from webforms.blueprints.directory import door
from webforms.blueprints.directory.door import blueprint
from webforms.taking import carried_out, text
from webforms.wording import WORDS, t

#: Cases that one press of the button counts anew; it can be pressed again.
MOST_AT_ONCE = 200


@blueprint.get("/directory/days", endpoint="days")
def show() -> Response:
    """The days set by hand, and the deadlines that were counted before."""
    return _days()


@blueprint.post("/directory/days")
def set_day() -> Response:
    """Show what a day would move, or say that it is worked, or not."""
    if "_preview" in request.form:
        return _preview()

    def make() -> Any:
        return commands.SetCalendarDay(door.day("day"), text("working") == "1", text("reason_zh"), text("reason_en"))

    return carried_out(make, _days, lambda _: url_for("directory.days"))


@blueprint.post("/directory/days/recount")
def recount() -> Response:
    """Count the deadlines anew that were counted before a day was changed: one case after the other."""
    reason = text("recount_reason").strip()
    if not reason:
        return _days({"recount_reason": WORDS["directory.needed"]}, 422)
    waiting = deadlines.not_counted_yet(visit.reader(), visit.actor()).cases[:MOST_AT_ONCE]
    done = sum(_counted(case_id, reason) for case_id in waiting)
    flash(t("days.recounted", n=done), "success")
    if done < len(waiting):
        flash(t("days.recount_failed", n=len(waiting) - done), "warning")
    return redirect(url_for("directory.days"), 303)


def _counted(case_id: str, reason: str) -> bool:
    """A case that cannot be counted, because it was closed or stopped meanwhile, keeps none of the others waiting."""
    try:
        visit.execute(commands.RecountDeadlines(case_id, reason))
    except (errors.Rejection, errors.Incident):
        return False
    return True


def _preview() -> Response:
    try:
        moves = deadlines.moved_by(visit.reader(), visit.actor(), door.day("day"), text("working") == "1")
    except errors.InvalidValues as refusal:
        return _days(refusal.fields, refusals.status_of(refusal))
    return _days(moves=moves)


def _days(faults: Any = None, status: int = 200, moves: Any = None) -> Response:
    reader, actor = visit.reader(), visit.actor()
    pending = None if moves else deadlines.not_counted_yet(reader, actor)
    shown = request.form if moves else None
    return door.shown(
        "days",
        "days",
        faults,
        status,
        rows=cover.days(reader, actor),
        moves=moves,
        pending=pending,
        shown=shown,
        most=MOST_AT_ONCE,
    )
