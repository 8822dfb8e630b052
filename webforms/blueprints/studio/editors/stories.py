"""The editor of a story: its head, its steps as rows, and the step that is open in full."""

from __future__ import annotations

from typing import Any

from flask import flash, request
from werkzeug.wrappers import Response

from engine import errors
from engine.commands.studio import KeepVerdicts
from engine.commands.studio import editors as commands
from engine.domain.values import count_in
from engine.errors import InvalidState
from engine.queries import studio
from engine.queries.studio import trying
from engine.queries.studio.editors import stories as query
from engine.queries.studio.editors.spoken import SPANS
from webforms import visit
from webforms.blueprints.studio.door import blueprint
from webforms.blueprints.studio.editors import doing, texts
from webforms.blueprints.studio.editors.doing import NOTHING, Attempt
from webforms.blueprints.studio.editors.steps import gone
from webforms.wording import said

_BY = {"up": -1, "down": 1, "remove": 0}


def page(desk: studio.Desk, failed: Attempt | None = None) -> str:
    """The opened story; one that cannot be read, and the usual answers, are shown as text."""
    failed = failed or Attempt()
    element = failed.typed.get("element", "") or request.args.get("element", "")
    found = query.story_page(visit.reader(), visit.actor(), desk, element)
    if not found.readable or request.values.get("as") == "text":
        return texts.page(desk, failed)
    lists: dict[str, Any] = {
        "verbs": query.VERBS,
        "expectations": query.EXPECTATIONS,
        "spans": SPANS,
        "roles": {key: said(words) for key, words in found.roles},
    }
    return doing.show("studio/editors/story.html", desk, failed, page=found, **lists)


@blueprint.post("/procedure/drafts/<draft_id>/edit/story")
def edit_story(draft_id: str) -> Response:
    """Change the head or a step, add one, move one or take one away."""
    return doing.attempt(draft_id, lambda: visit.execute(_command(draft_id)), page)


@blueprint.post("/procedure/drafts/<draft_id>/edit/story/new")
def new_story(draft_id: str) -> Response:
    """A story without steps, opened."""
    made: list[str] = []

    def act() -> None:
        made.append(visit.execute(commands.NewStory(draft_id, doing.raw(), "take_over" in request.form)))

    answer = doing.attempt(draft_id, act, page)
    return doing.back(draft_id, made[0]) if made else answer


@blueprint.post("/procedure/drafts/<draft_id>/edit/story/play")
def play_story(draft_id: str) -> Response:
    """Play the story as it stands; its page then says which step does not hold."""
    path = request.form.get("file", "")
    digest, _, played = trying.rehearse(visit.reader(), visit.actor(), draft_id, [path])
    # Nothing of the database is held open while it is played.
    visit.close_reader()
    try:
        visit.execute(KeepVerdicts(draft_id, digest, tuple(played)))
    except errors.Rejection as refusal:
        flash(said(refusal.text), "warning")
    except trying.Stopped as stopped:
        flash(said(stopped.text), "error")
    return doing.back(draft_id, path, request.form.get("element", ""))


@blueprint.post("/procedure/drafts/<draft_id>/edit/story/remove")
def remove_story(draft_id: str) -> Response:
    """The story goes; what uses it is told."""
    done: list[bool] = []

    def act() -> None:
        visit.execute(commands.RemoveStory(doing.at(draft_id), "sure" in request.form))
        done.append(True)

    answer = doing.attempt(draft_id, act, page)
    return gone(draft_id, request.form.get("file", "")) if done else answer


def _command(draft_id: str) -> Any:
    at, given, element = doing.at(draft_id), doing.raw(), request.form.get("element", "")
    for way, by in _BY.items():
        if (moved := count_in(request.form.get(way, ""))) is not None:
            return commands.MoveStep(at, moved, by)
    step, after = count_in(element), count_in(request.form.get("after", ""))
    match request.form.get("do", ""):
        case "head":
            return commands.ChangeHead(at, given)
        case "change" if step is not None:
            return commands.SayStep(at, step, given)
        case "add" if after is not None:
            return commands.SayStep(at, after, given, add=True)
    raise InvalidState(NOTHING)
