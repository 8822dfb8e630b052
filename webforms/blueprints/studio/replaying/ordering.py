"""A replay is ordered, looked for and given up."""

from __future__ import annotations

from datetime import date, timedelta

from flask import flash, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from engine.commands import studio as commands
from engine.domain.text import Text
from engine.errors import InvalidState, InvalidValues
from engine.queries import studio
from engine.queries.studio import replaying
from webforms import refusals, visit
from webforms.blueprints.studio.door import blueprint
from webforms.blueprints.studio.drawing import stage
from webforms.blueprints.studio.replaying.framing import CURRENT
from webforms.wording import t

#: The period that is offered first.
DAYS = 90
_NO_DAY = Text("请写成 2026-09-01 这样的日期。", "Write a day such as 2026-09-01.")


@blueprint.get("/procedure/drafts/<draft_id>/replay")
def replay(draft_id: str) -> str:
    """What can be ordered, and what replays of the draft have come to."""
    return _ordering(draft_id, _offered(), {})


@blueprint.post("/procedure/drafts/<draft_id>/replay")
def replay_begin(draft_id: str) -> Answer:
    """Order a replay; the worker runs it, and its page tells how far it is."""
    given = {name: request.form.get(name, "").strip() for name in ("since", "until", "which")}
    try:
        period = _period(given)
        run_id = visit.execute(commands.BeginReplay(draft_id, *period, given["which"]))
    except (InvalidValues, InvalidState) as refusal:
        faults = dict(refusal.fields) if isinstance(refusal, InvalidValues) else {}
        page = _ordering(draft_id, given, faults or {"": refusal.text})
        return make_response(page, refusals.status_of(refusal))
    return redirect(url_for("studio.replay_run", draft_id=draft_id, run_id=run_id), 303)


@blueprint.post("/procedure/drafts/<draft_id>/replay/<run_id>/cancel")
def replay_cancel(draft_id: str, run_id: str) -> Answer:
    """Give it up."""
    visit.execute(commands.CancelReplay(run_id))
    flash(t("replay.was_cancelled"), "success")
    return redirect(url_for("studio.replay_run", draft_id=draft_id, run_id=run_id), 303)


def _ordering(draft_id: str, given: dict[str, str], faults: dict[str, Text]) -> str:
    row, _ = studio.opened(visit.reader(), visit.actor(), draft_id)
    runs = replaying.runs(visit.reader(), visit.actor(), draft_id)
    place = (draft_id, row["procedure_key"], row["base_number"])
    return stage("studio/replaying/stage.html", *place, current=CURRENT, given=given, faults=faults, runs=runs)


def _offered() -> dict[str, str]:
    today = visit.reader().now.astimezone(visit.reader().zone).date()
    return {"since": (today - timedelta(DAYS)).isoformat(), "until": today.isoformat(), "which": "all"}


def _period(given: dict[str, str]) -> tuple[date | None, date | None]:
    wrong, days = {}, []
    for name in ("since", "until"):
        try:
            days.append(date.fromisoformat(given[name]) if given[name] else None)
        except ValueError:
            wrong[name] = _NO_DAY
    if wrong:
        raise InvalidValues(_NO_DAY, wrong)
    return days[0], days[1]
