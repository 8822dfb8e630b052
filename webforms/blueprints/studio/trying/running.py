"""Tokens run on a diagram of a draft: how its lines are taken, without forms and times."""

from __future__ import annotations

from typing import Any

from flask import request

from engine.queries import studio
from engine.queries.studio import trying
from webforms import visit
from webforms.blueprints.studio.door import blueprint
from webforms.blueprints.studio.drawing import stage
from webforms.wording import said


@blueprint.get("/procedure/drafts/<draft_id>/try/tokens")
def trying_tokens(draft_id: str) -> str:
    """The diagram named in the address, else the main one, with the simulation on it."""
    desk = studio.desk(visit.reader(), visit.actor(), draft_id, request.args.get("file", ""))
    drawings = desk.files[studio.Kind.DIAGRAM]
    path = desk.path if any(one.path == desk.path for one in drawings) else next((one.path for one in drawings), "")
    names = {key: words for key, name in trying.drawn_names(desk, path).items() if (words := said(name)) != name.zh}
    place = (draft_id, desk.procedure_key, desk.base_number)
    values: dict[str, Any] = {"drawings": drawings, "path": path, "names": names, "misleading": trying.misleading(desk, path)}
    return stage("studio/trying/tokens.html", *place, current="studio.trying", **values)
