"""The cases of a replay that the reader may read, as a list and as a file."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as Answer

from engine.outbound.sheets import Column, Kind, csv_lines
from engine.queries.studio import replaying
from engine.queries.studio.replaying import Narrowed
from webforms import visit
from webforms.blueprints.studio.door import blueprint
from webforms.blueprints.studio.replaying.framing import framed
from webforms.wording import t


@blueprint.get("/procedure/drafts/<draft_id>/replay/<run_id>/cases")
def replay_cases(draft_id: str, run_id: str) -> str:
    """The cases that the reader may read, narrowed to those that something became of."""
    narrowed, element = _narrowed(), request.args.get("at", "")
    page = request.args.get("page", 1, type=int)
    found = replaying.cases(visit.reader(), visit.actor(), run_id, narrowed, page, element)
    run = replaying.run(visit.reader(), visit.actor(), run_id)
    return framed("cases", run, found=found, narrowed=narrowed, element=element, ways=list(Narrowed))


@blueprint.get("/procedure/drafts/<draft_id>/replay/<run_id>/cases.csv")
def replay_sheet(draft_id: str, run_id: str) -> Answer:
    """The same cases, all of them, as a file."""
    reader, actor, narrowed = visit.reader(), visit.actor(), _narrowed()
    first = replaying.cases(reader, actor, run_id, narrowed)
    lines = [line for page in range(1, first.pages + 1) for line in replaying.cases(reader, actor, run_id, narrowed, page).lines]
    columns = [Column(t(f"replay.column.{name}"), kind) for name, kind in _COLUMNS]
    content = b"".join(csv_lines(columns, [[_cell(line, name) for name, _ in _COLUMNS] for line in lines], zone=reader.zone))
    answer = Response(content, content_type="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=f"replay-{run_id}.csv")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _narrowed() -> Narrowed:
    asked = request.args.get("which", "")
    return Narrowed(asked) if asked in set(Narrowed) else Narrowed.ALL


def _cell(line: replaying.CaseLine, name: str) -> Any:
    value = getattr(line, name)
    words = {"closed": f"replay.is.{'closed' if line.closed else 'open'}", "same": f"replay.way.{_way(line)}"}
    if name in words:
        return t(words[name])
    if name == "stuck":
        return t(f"replay.stuck.{value}") if value else None
    return t("replay.yes") if value is True else None if value is False else value


def _way(line: replaying.CaseLine) -> str:
    return "same" if line.same else "other"


_COLUMNS = (
    ("number", Kind.TEXT), ("closed", Kind.TEXT), ("same", Kind.TEXT), ("newly_missed", Kind.NUMBER), ("newly_kept", Kind.NUMBER),
    ("added", Kind.NUMBER), ("gone", Kind.NUMBER), ("stuck", Kind.TEXT), ("assumed", Kind.TEXT),
)  # fmt: skip
