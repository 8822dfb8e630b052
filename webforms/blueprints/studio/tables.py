"""The editor of decision tables."""

from __future__ import annotations

from typing import Any

from flask import request
from werkzeug.wrappers import Response

from engine.commands.studio import editors as commands
from engine.domain.values import count_in
from engine.errors import InvalidState
from engine.queries import studio
from engine.queries.studio import tables
from webforms import visit
from webforms.blueprints.studio.door import blueprint
from webforms.blueprints.studio.editors import doing
from webforms.blueprints.studio.editors.doing import NOTHING, Attempt
from webforms.wording import said, t
from webforms.wording.studio.tables import catalogue_words

#: In the address: the sheet as such, also of a great table or of the limits.
AS_TABLE = "table"


def page(desk: studio.Desk, failed: Attempt | None = None) -> str:
    """The page of the opened table: a sheet, and row by row on a small screen, without scripts, or where it is great."""
    reader, actor = visit.reader(), visit.actor()
    found = [one for one in studio.findings(reader, actor, desk.draft_id, first=True) if one.file == desk.path]
    fields = [_plain(one) for one in tables.columns(reader, actor, desk.reading, desk.path)]
    readable = tables.readable(reader, actor, desk.reading, desk.path, _wanted(failed))
    great = sum(one.total for one in readable) > tables.DRAWN_AT_ONCE
    return doing.show(
        "studio/table.html",
        desk,
        failed or Attempt(),
        found=found,
        names=doing.names_of((one["value"], one["label"]) for one in fields),
        catalogue={"words": catalogue_words(t), "fields": fields},
        readable=readable,
        great=great,
        drawn=not great or request.values.get("as") == AS_TABLE,
        came_from=request.args.get("from") if request.args.get("from") in desk.bundle.files else None,
    )


def _wanted(failed: Attempt | None) -> tables.Wanted:
    """Which rows are shown: where something was changed or is pointed at, else the page asked for."""
    table, _, page = request.values.get("rows", "").rpartition(".")
    place = failed.about if failed else request.args.get("element", "")
    return tables.Wanted(request.values.get("q", ""), place, table, count_in(page) or 1)


@blueprint.post("/procedure/drafts/<draft_id>/edit/table")
def edit_table(draft_id: str) -> Response:
    """Change a row, copy it, move it, take it away, or begin one below it."""
    return doing.attempt(draft_id, lambda: _carry_out(draft_id), page)


def _carry_out(draft_id: str) -> str:
    """Where the page is to show what was done."""
    at, decision, row = doing.at(draft_id), request.form.get("decision", ""), request.form.get("row", "")
    number, way = count_in(row) or 0, request.form.get("do", "")
    if way in ("", "row"):
        visit.execute(commands.SayRow(at, decision, number, doing.raw()))
    elif way in commands.ROW_WAYS:
        number = int(visit.execute(commands.PutRow(at, decision, number, way)))
    else:
        raise InvalidState(NOTHING)
    return tables.place_of(decision, number)


def _plain(option: studio.Option) -> dict[str, Any]:
    choices = [{"value": choice.value, "label": said(choice.label)} for choice in option.choices]
    names = {"label": said(option.label), "zh": option.label.zh, "en": option.label.en}
    return {"value": option.value, **names, "type": option.kind, "choices": choices}
