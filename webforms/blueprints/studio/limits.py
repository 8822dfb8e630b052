"""The editor of the table of limits: one line a limit, every change kept at once."""

from __future__ import annotations

from typing import Any

from flask import flash, request
from werkzeug.wrappers import Response

from engine.commands.studio import AddLimit, ChangeLimit, CopyLimit, DropLimit
from engine.commands.studio.limits import BEFORE
from engine.domain.text import Text
from engine.domain.values import count_in
from engine.errors import InvalidState
from engine.queries import studio
from engine.queries.studio import limits
from webforms import visit
from webforms.blueprints.studio import tables
from webforms.blueprints.studio.door import blueprint
from webforms.blueprints.studio.editors import doing
from webforms.blueprints.studio.editors.doing import Attempt
from webforms.wording import t

_WAYS = {"copy": CopyLimit, "drop": DropLimit}
_NOTHING = Text("请按页上的按钮。", "Press one of the buttons on the page.")


def page(desk: studio.Desk, failed: Attempt | None = None) -> str:
    """The opened table of limits line by line; as a table where the address says so, or where it has other columns."""
    reader, actor = visit.reader(), visit.actor()
    table = limits.limits_of(reader, actor, desk)
    if table is None or request.args.get("as") == tables.AS_TABLE:
        return tables.page(desk)
    found = [one for one in studio.findings(reader, actor, desk.draft_id, first=True) if one.file == desk.path]
    values = {"table": table, "found": found, "element": request.args.get("element", ""), "before": BEFORE}
    return doing.show("studio/limits.html", desk, failed or Attempt(), **values)


@blueprint.post("/procedure/drafts/<draft_id>/edit/limits")
def edit_limits(draft_id: str) -> Response:
    """Add a limit; change a line, copy it for another condition, or take it away."""
    return doing.attempt(draft_id, lambda: _carried_out(draft_id), page)


def _carried_out(draft_id: str) -> Any:
    """Whoever has added a limit is shown its line."""
    made = visit.execute(_command(draft_id))
    if isinstance(made, int):
        flash(t("limits.added"))
        return f"line-{made}"
    return made


def _command(draft_id: str) -> Any:
    at, row, do = doing.at(draft_id), request.form.get("row", "0"), request.form.get("do", "change")
    number = count_in(row) or 0
    if do == "add":
        return AddLimit(at, doing.raw())
    if do == "change":
        return ChangeLimit(at, number, doing.raw())
    if do == "note":
        return ChangeLimit(at, number, _mended(draft_id, at.path, number))
    if do not in _WAYS:
        raise InvalidState(_NOTHING)
    return _WAYS[do](at, number)


def _mended(draft_id: str, path: str, row: int) -> dict[str, list[str]]:
    """The note of a line with the length of now, if it is behind."""
    reader, actor = visit.reader(), visit.actor()
    table = limits.limits_of(reader, actor, studio.desk(reader, actor, draft_id, path))
    behind = next((line.behind for line in table.lines if line.row == row and line.behind), None) if table else None
    if behind is None:
        raise InvalidState(_NOTHING)
    return {"note": [behind.mended.zh], "note_en": [behind.mended.en]}
