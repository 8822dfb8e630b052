"""The editor of settings and papers: what people read in them, in both languages; the rest of them is text."""

from __future__ import annotations

from typing import Any

from flask import request
from werkzeug.wrappers import Response

from engine.commands.studio import editors as commands
from engine.errors import InvalidState
from engine.queries import studio
from engine.queries.studio.editors import settings as query
from webforms import visit
from webforms.blueprints.studio.door import blueprint
from webforms.blueprints.studio.editors import doing, texts
from webforms.blueprints.studio.editors.doing import NOTHING, Attempt


def page(desk: studio.Desk, failed: Attempt | None = None) -> str:
    """The sections of the file, one of them opened; a file that cannot be read is shown as text."""
    failed = failed or Attempt()
    element = failed.typed.get("element", "") or request.args.get("element", "")
    found = query.settings_page(visit.reader(), visit.actor(), desk, element)
    if not found.readable or request.values.get("as") == "text":
        return texts.page(desk, failed)
    typed = dict(zip(failed.typed.getlist("path"), zip(*map(failed.typed.getlist, ("zh", "en")), strict=False), strict=False))
    values: dict[str, Any] = {"page": found, "reaches": query.REACHES, "typed": typed}
    return doing.show("studio/editors/settings.html", desk, failed, **values)


@blueprint.post("/procedure/drafts/<draft_id>/edit/settings")
def edit_settings(draft_id: str) -> Response:
    """Change the words of a section, or add a name to it."""
    return doing.attempt(draft_id, lambda: visit.execute(_command(draft_id)), page)


def _command(draft_id: str) -> Any:
    at, given = doing.at(draft_id), doing.raw()
    match request.form.get("do", ""):
        case "change":
            return commands.SayWords(at, given)
        case "add":
            return commands.AddName(at, request.form.get("element", ""), given)
    raise InvalidState(NOTHING)
