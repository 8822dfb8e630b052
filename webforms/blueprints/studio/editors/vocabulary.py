"""The editor of the vocabulary: one row a field, with its names, its choices and where it is used."""

from __future__ import annotations

from typing import Any

from flask import request
from werkzeug.wrappers import Response

from engine.commands.studio import editors as commands
from engine.errors import InvalidState
from engine.queries import studio
from engine.queries.studio.editors import vocabulary as query
from engine.queries.studio.editors.forms import TYPES
from webforms import visit
from webforms.blueprints.studio.door import blueprint
from webforms.blueprints.studio.editors import doing
from webforms.blueprints.studio.editors.doing import NOTHING, Attempt
from webforms.wording import t


def page(desk: studio.Desk, failed: Attempt | None = None) -> str:
    """The vocabulary, with one field opened."""
    failed = failed or Attempt()
    element = failed.typed.get("element", "") or request.args.get("element", "")
    found = query.vocabulary_page(visit.reader(), visit.actor(), desk, request.values.get("q", ""), element)
    types = [(one, t(f"editor.type.{one}")) for one in TYPES]
    return doing.show("studio/editors/vocabulary.html", desk, failed, page=found, types=types)


@blueprint.post("/procedure/drafts/<draft_id>/edit/vocabulary")
def edit_vocabulary(draft_id: str) -> Response:
    """Change a field, add one or take one away."""
    return doing.attempt(draft_id, lambda: visit.execute(_command(draft_id)), page)


def _command(draft_id: str) -> Any:
    at, key = doing.at(draft_id), request.form.get("element", "")
    match request.form.get("do", ""):
        case "change":
            return commands.ChangeField(at, key, doing.raw())
        case "remove":
            return commands.RemoveField(at, key)
        case "add":
            return commands.AddField(at, doing.raw())
    raise InvalidState(NOTHING)
