"""A file of a draft as text, for those who want it and where a form would lie; the check's findings stand at their lines."""

from __future__ import annotations

from flask import render_template, request
from werkzeug.wrappers import Response

from engine.commands import versions as commands
from engine.errors import InvalidState
from engine.queries import studio
from engine.queries.studio.editors import texts as query
from webforms import visit
from webforms.blueprints.studio.door import blueprint
from webforms.blueprints.studio.editors import doing
from webforms.blueprints.studio.editors.doing import Attempt
from webforms.wording import t
from webforms.wording.studio.saving import state_words


def page(desk: studio.Desk, failed: Attempt | None = None) -> str:
    """The file, or what was typed and could not be kept."""
    failed = failed or Attempt()
    text = failed.of("text").typed.get("text") or desk.content.decode("utf-8", "replace")
    told = query.told_of(visit.reader(), visit.actor(), desk.draft_id, desk.path, text)
    return doing.show("studio/editors/text.html", desk, failed, text=text, told=told, states=state_words(t))


@blueprint.post("/procedure/drafts/<draft_id>/edit/text")
def edit_text(draft_id: str) -> Response:
    """Keep the text as it is, readable or not: the check says what is wrong."""

    def act() -> None:
        at, content = doing.at(draft_id), _text().encode()
        if not at.path:
            raise InvalidState(doing.NOTHING)
        visit.execute(commands.SaveFile(draft_id, at.path, content, at.seen, at.take_over))

    return doing.attempt(draft_id, act, page)


@blueprint.post("/procedure/drafts/<draft_id>/edit/text/check")
def check_text(draft_id: str) -> str:
    """What the check finds in what is being typed; nothing is kept."""
    told = query.told_of(visit.reader(), visit.actor(), draft_id, request.form.get("file", ""), _text())
    return render_template("studio/editors/told.html", told=told)


def _text() -> str:
    return request.form.get("text", "").replace("\r\n", "\n")
