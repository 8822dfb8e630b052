"""A change of a file taken back or made again, from the page of its editor."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from engine.commands import versions as commands
from engine.domain.text import Text
from engine.errors import InvalidState
from engine.queries import studio
from engine.queries.studio.steps import steps as steps_of
from webforms import visit
from webforms.blueprints.studio.door import blueprint
from webforms.blueprints.studio.drawing import draw
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

    answer = attempt(draft_id, act, _refused)
    path = request.form.get("file", "")
    return answer if path in studio.desk(visit.reader(), visit.actor(), draft_id).bundle.files else gone(draft_id, path)


@blueprint.get("/procedure/drafts/<draft_id>/removed")
def removed(draft_id: str) -> Response | str:
    """A file that went, and the way to bring it back; one that is there is shown itself."""
    path = request.args.get("file", "")
    desk = studio.desk(visit.reader(), visit.actor(), draft_id)
    if path in desk.bundle.files:
        return redirect(url_for("studio.desk", draft_id=draft_id, file=path), 303)
    steps = steps_of(visit.reader(), visit.actor(), draft_id, path)
    return draw("studio/editors/removed.html", desk, path=path, steps=steps)


def gone(draft_id: str, path: str) -> Response:
    """To what is said of a file that went."""
    return redirect(url_for("studio.removed", draft_id=draft_id, file=path), 303)


def _refused(desk: studio.Desk, failed: Attempt) -> str:
    return show("studio/editors/refused.html", desk, failed)
