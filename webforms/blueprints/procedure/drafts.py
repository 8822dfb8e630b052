"""What an owner works on: findings and questions in words, the list of changes, and proposing it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import versions as commands
from engine.domain.text import Text
from engine.queries import procedure
from webforms import filling, refusals, visit
from webforms.blueprints.procedure.door import blueprint
from webforms.blueprints.procedure.versions import taken_in
from webforms.wording import WORDS, t

PARTS = ("role", "form", "fields", "amount", "unit", "anchor")


@blueprint.get("/procedure/drafts/<draft_id>")
def draft(draft_id: str) -> Response:
    """The draft with all that stands against it and all that it changes."""
    return _page(draft_id, {}, 200)


@blueprint.post("/procedure/drafts/<draft_id>/files")
def add_file(draft_id: str) -> Response:
    """Take one more file in, or a mended one."""
    found = procedure.draft(visit.reader(), visit.actor(), draft_id)
    try:
        taken_in(found.procedure_key, draft_id)
    except (errors.InvalidValues, errors.Conflict) as refusal:
        return _page(draft_id, {"file": refusal.text}, refusals.status_of(refusal))
    return _back(draft_id)


@blueprint.post("/procedure/drafts/<draft_id>/answers")
def answer(draft_id: str) -> Response:
    """Write the answers into the files."""
    found = procedure.draft(visit.reader(), visit.actor(), draft_id)
    given = {
        question.element_id: {part: request.form.get(f"{question.element_id}.{part}", "") for part in PARTS}
        for question in found.questions.asked
    }
    try:
        visit.execute(commands.AnswerQuestions(draft_id, given))
    except errors.InvalidValues as refusal:
        return _page(draft_id, refusal.fields, refusals.status_of(refusal))
    flash(t("draft.answered"), "success")
    return _back(draft_id)


@blueprint.post("/procedure/drafts/<draft_id>/propose")
def put_forward(draft_id: str) -> Response:
    """Put it forward with a reason and a moment."""
    found = procedure.draft(visit.reader(), visit.actor(), draft_id)
    try:
        proposed = visit.execute(_proposal(found))
    except errors.InvalidValues as refusal:
        return _page(draft_id, refusal.fields or {"": refusal.text}, refusals.status_of(refusal))
    flash(t("draft.proposed"), "success")
    return redirect(url_for("procedure.version", key=proposed.procedure_key, number=proposed.number), 303)


@blueprint.post("/procedure/drafts/<draft_id>/discard")
def discard(draft_id: str) -> Response:
    """Throw it away."""
    found = procedure.draft(visit.reader(), visit.actor(), draft_id)
    visit.execute(commands.DiscardDraft(draft_id))
    flash(t("draft.discarded"), "success")
    return redirect(url_for("procedure.versions", key=found.procedure_key), 303)


def _proposal(found: procedure.Draft) -> commands.ProposeVersion:
    reason = request.form.get("reason", "")
    words = Text(reason, request.form.get("reason_en", "").strip() or reason)
    return commands.ProposeVersion(found.bundle, words, _moment(), found.base_number, found.draft_id)


def _moment() -> datetime:
    try:
        return datetime.fromisoformat(request.form.get("effective", "")).replace(tzinfo=filling.zone())
    except ValueError:
        raise errors.InvalidValues(WORDS["draft.no_moment"], {"effective": WORDS["draft.no_moment"]}) from None


def _back(draft_id: str) -> Response:
    return redirect(url_for("procedure.draft", draft_id=draft_id), 303)


def _page(draft_id: str, faults: dict[str, Text], status: int) -> Response:
    reader, actor = visit.reader(), visit.actor()
    found = procedure.draft(reader, actor, draft_id)
    tomorrow = datetime.combine(visit.now().astimezone(filling.zone()).date() + timedelta(days=1), time())
    page = render_template(
        "procedure/draft.html",
        draft=found,
        title=procedure.title(reader, actor, found.procedure_key),
        units=[{"value": unit.value, "label": WORDS[f"draft.unit.{unit.value}"]} for unit in commands.UNITS],
        typed=request.form,
        tomorrow=f"{tomorrow:%Y-%m-%dT%H:%M}",
        faults=faults,
    )
    return make_response(page, status)
