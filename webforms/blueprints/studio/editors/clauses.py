"""The editor of the clauses: what each asks, what carries it and which stories show it."""

from __future__ import annotations

from typing import Any

from flask import request
from werkzeug.wrappers import Response

from engine.commands.studio import editors as commands
from engine.errors import InvalidState
from engine.queries import studio
from engine.queries.studio.editors import clauses as query
from webforms import visit
from webforms.blueprints.studio.door import blueprint
from webforms.blueprints.studio.editors import doing
from webforms.blueprints.studio.editors.doing import NOTHING, Attempt


def page(desk: studio.Desk, failed: Attempt | None = None) -> str:
    """The clauses, with one opened."""
    failed = failed or Attempt()
    element = failed.typed.get("element", "") or request.args.get("element", "")
    which = request.values.get("only", query.ALL)
    found = query.clauses_page(visit.reader(), visit.actor(), desk, request.values.get("q", ""), which, element)
    return doing.show("studio/editors/clauses.html", desk, failed, page=found, which=which)


@blueprint.post("/procedure/drafts/<draft_id>/edit/clauses")
def edit_clauses(draft_id: str) -> Response:
    """Change the words of a clause, add one or take one away."""
    return doing.attempt(draft_id, lambda: visit.execute(_command(draft_id)), page)


def _command(draft_id: str) -> Any:
    at, key = doing.at(draft_id), request.form.get("element", "")
    match request.form.get("do", ""):
        case "change" if key:
            return commands.SayClause(at, key, doing.raw())
        case "add":
            return commands.SayClause(at, "", doing.raw())
        case "remove":
            return commands.RemoveClause(at, key)
    raise InvalidState(NOTHING)
