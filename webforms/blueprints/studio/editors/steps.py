"""A change of a file taken back or made again, from the page of its editor."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from engine.commands import versions as commands
from engine.domain.text import Text
from engine.errors import InvalidState
from engine.queries import studio
from webforms import visit
from webforms.blueprints.studio.door import blueprint
from webforms.blueprints.studio.editors.doing import Attempt, attempt, show

_WAYS = {"undo": commands.UndoFile, "redo": commands.RedoFile}
_NEITHER = Text("请按“撤销”或“重做”。", "Press undo or redo.")


@blueprint.post("/procedure/drafts/<draft_id>/edit/step")
def step(draft_id: str) -> Response:
    """Take the last change of the file back, or make it again."""

    def act() -> None:
        way = _WAYS.get(request.form.get("do", ""))
        if way is None:
            raise InvalidState(_NEITHER)
        visit.execute(way(draft_id, request.form.get("file", ""), request.form.get("seen", ""), "take_over" in request.form))

    return attempt(draft_id, act, _refused)


def _refused(desk: studio.Desk, failed: Attempt) -> str:
    return show("studio/editors/refused.html", desk, failed)
