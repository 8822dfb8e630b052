"""What an owner works on: findings and questions in words, and the list of changes."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import versions as commands
from engine.domain.text import Text
from engine.queries import procedure
from webforms import refusals, visit
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
    except commands.HeldByOther as refusal:
        return _held(draft_id, refusal)
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
        visit.execute(commands.AnswerQuestions(draft_id, given, "take_over" in request.form))
    except commands.HeldByOther as refusal:
        return _held(draft_id, refusal)
    except errors.InvalidValues as refusal:
        return _page(draft_id, refusal.fields, refusals.status_of(refusal))
    flash(t("draft.answered"), "success")
    return _back(draft_id)


@blueprint.post("/procedure/drafts/<draft_id>/discard")
def discard(draft_id: str) -> Response:
    """Throw it away."""
    found = procedure.draft(visit.reader(), visit.actor(), draft_id)
    try:
        visit.execute(commands.DiscardDraft(draft_id))
    except commands.HeldByOther as refusal:
        return _page(draft_id, {"": refusal.text}, refusals.status_of(refusal))
    flash(t("draft.discarded"), "success")
    return redirect(url_for("procedure.versions", key=found.procedure_key), 303)


def _back(draft_id: str) -> Response:
    return redirect(url_for("procedure.draft", draft_id=draft_id), 303)


def _held(draft_id: str, refusal: commands.HeldByOther) -> Response:
    """Somebody else is at it: the same again, to be taken over."""
    return _page(draft_id, {"": refusal.text}, refusals.status_of(refusal), may_take_over=True)


def _page(draft_id: str, faults: dict[str, Text], status: int, may_take_over: bool = False) -> Response:
    reader, actor = visit.reader(), visit.actor()
    found = procedure.draft(reader, actor, draft_id)
    page = render_template(
        "procedure/draft.html",
        draft=found,
        title=procedure.title(reader, actor, found.procedure_key),
        units=[{"value": unit.value, "label": WORDS[f"draft.unit.{unit.value}"]} for unit in commands.UNITS],
        typed=request.form,
        faults=faults,
        may_take_over=may_take_over,
    )
    return make_response(page, status)
