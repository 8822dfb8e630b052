"""The last stage of a draft: what stands against it, and putting it forward for three signatures."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from flask import flash, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands.studio import PutForward
from engine.commands.versions import HasObstacles
from engine.domain.text import Text
from engine.queries import procedure, studio
from webforms import filling, refusals, visit
from webforms.blueprints.studio.door import blueprint
from webforms.blueprints.studio.drawing import stage
from webforms.wording import WORDS, t


@blueprint.get("/procedure/drafts/<draft_id>/publish")
def publish(draft_id: str) -> Response:
    """What stands against the draft, who will sign, and the form that puts it forward."""
    return _page(draft_id, {}, (), 200)


@blueprint.post("/procedure/drafts/<draft_id>/publish")
def put_forward(draft_id: str) -> Response:
    """Put it forward with a reason and a moment; refused with the list of what stands against it."""
    reason = request.form.get("reason", "")
    words = Text(reason, request.form.get("reason_en", "").strip() or reason)
    try:
        wanted = PutForward(draft_id, words, _moment(), request.form.get("ask_waiver") == "1")
        proposed = visit.execute(wanted)
    except HasObstacles as refusal:
        return _page(draft_id, {"": refusal.text}, refusal.obstacles, refusals.status_of(refusal))
    except (errors.InvalidValues, errors.InvalidState, errors.Conflict) as refusal:
        faults = refusal.fields if isinstance(refusal, errors.InvalidValues) else {}
        return _page(draft_id, faults or {"": refusal.text}, (), refusals.status_of(refusal))
    flash(t("draft.proposed"), "success")
    return redirect(url_for("procedure.version", key=proposed.procedure_key, number=proposed.number), 303)


def _moment() -> datetime:
    try:
        return datetime.fromisoformat(request.form.get("effective", "")).replace(tzinfo=filling.zone())
    except ValueError:
        raise errors.InvalidValues(WORDS["draft.no_moment"], {"effective": WORDS["draft.no_moment"]}) from None


def _page(draft_id: str, faults: dict[str, Text], obstacles: tuple[procedure.Obstacle, ...], status: int) -> Response:
    found = studio.publishing(visit.reader(), visit.actor(), draft_id)
    tomorrow = datetime.combine(visit.now().astimezone(filling.zone()).date() + timedelta(days=1), time())
    page = stage(
        "studio/publish.html",
        draft_id,
        found.draft.procedure_key,
        found.draft.base_number,
        current="studio.publish",
        found=found,
        faults=faults,
        obstacles=obstacles,
        typed=request.form,
        tomorrow=f"{tomorrow:%Y-%m-%dT%H:%M}",
    )
    return make_response(page, status)
