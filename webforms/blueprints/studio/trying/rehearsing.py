"""All stories of a draft played and told as they are; one of them looked at on its diagram."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from flask import Response as FlaskResponse
from flask import flash, redirect, request, stream_with_context, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import studio as commands
from engine.queries.studio import trying as queries
from webforms import visit
from webforms.blueprints.studio.door import blueprint
from webforms.blueprints.studio.drawing import stage
from webforms.blueprints.studio.trying.drawn import cannot, clock, state_of
from webforms.wording import said, t

#: What a browser asks for that shows each story as it has been played.
_LINES = "application/x-ndjson"
_FAILED = "failed"


@blueprint.get("/procedure/drafts/<draft_id>/try")
def trying(draft_id: str) -> str:
    """How the stories stand, and the ways to try the draft by hand."""
    reader, actor = visit.reader(), visit.actor()
    rehearsal, trial = queries.rehearsal(reader, actor, draft_id), queries.trial(reader, actor, draft_id)
    place = (draft_id, rehearsal.procedure_key, rehearsal.base_number)
    values: dict[str, Any] = {
        "rehearsal": rehearsal,
        "walking": trial.walk is not None,
        "form_file": next(iter(trial.bundle.named(".form", "forms")), ""),
    }
    return stage("studio/trying/page.html", *place, current="studio.trying", **values)


@blueprint.post("/procedure/drafts/<draft_id>/try/rehearse")
def trying_rehearse(draft_id: str) -> Response:
    """Play all stories, or those named or failing; line by line for a script that shows how far it has come."""
    only = request.form.getlist("file")
    if request.form.get("only") == _FAILED:
        only = list(queries.rehearsal(visit.reader(), visit.actor(), draft_id).failed)
    digest, count, played = queries.rehearse(visit.reader(), visit.actor(), draft_id, only)
    # Nothing of the database is held open while stories are played.
    visit.close_reader()
    if request.accept_mimetypes.best == _LINES:
        lines = stream_with_context(_lines(draft_id, digest, count, played))
        return FlaskResponse(lines, mimetype=_LINES, headers={"X-Accel-Buffering": "no"})
    try:
        _keep(draft_id, digest, list(played))
    except errors.Rejection as refusal:
        flash(said(refusal.text), "warning")
    except queries.Stopped as stopped:
        flash(said(stopped.text), "error")
    back = url_for("studio.trying_story", draft_id=draft_id, file=only[0]) if request.form.get("_back") == "story" else None
    return redirect(back or url_for("studio.trying", draft_id=draft_id), 303)


@blueprint.get("/procedure/drafts/<draft_id>/try/story")
def trying_story(draft_id: str) -> str:
    """The story of the address, else the first, told as it goes; on the diagram the way to where it does not hold."""
    reader, actor = visit.reader(), visit.actor()
    rehearsal, trial = queries.rehearsal(reader, actor, draft_id), queries.trial(reader, actor, draft_id)
    file = request.args.get("file") or next((story.file for story in rehearsal.stories), "")
    name = next((story.name for story in rehearsal.stories if story.file == file), None)
    if name is None:
        raise errors.NotFound(queries.NO_SUCH_STORY)
    try:
        told = trial.ask({"ask": "story", "file": file, "drawing": request.args.get("drawing")})
    except errors.InvalidState as refusal:
        return cannot(trial, refusal)
    if "refused" in told:
        told = {"step": 0, "wrong": [told["refused"]], "view": None}
    state = state_of(told["view"], trial) if told.get("view") else None
    failing = [story.file for story in rehearsal.stories if story.held is False]
    place = (draft_id, trial.procedure_key, trial.base_number)
    return stage("studio/trying/story.html", *place, current="studio.trying", told=told, file=file, name=name, state=state,
                 failing=failing, trial=trial, clock=clock)  # fmt: skip


def _lines(draft_id: str, digest: str, count: int, played: Iterator[queries.Played]) -> Iterator[str]:
    """How many there are, how each went, and at last a sentence when they do not count."""
    yield _line({"count": count})
    done: list[queries.Played] = []
    try:
        for one in played:
            done.append(one)
            step = t("trying.step", n=one.step) if one.step else t("trying.at_start")
            yield _line({"file": one.file, "held": one.held, "step": step, "wrong": [said(text) for text in one.wrong]})
        _keep(draft_id, digest, done)
    except errors.Rejection as refusal:
        yield _line({"said": said(refusal.text)})
    except queries.Stopped as stopped:
        yield _line({"said": said(stopped.text)})


def _keep(draft_id: str, digest: str, played: list[queries.Played]) -> None:
    visit.execute(commands.KeepVerdicts(draft_id, digest, tuple(played)))


def _line(said_: dict[str, Any]) -> str:
    return json.dumps(said_, ensure_ascii=False) + "\n"
