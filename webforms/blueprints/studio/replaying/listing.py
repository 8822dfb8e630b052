"""The cases of a replay that the reader may read, as a list and as a file."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as Answer

from engine.domain.text import Text
from engine.domain.values import count_in
from engine.outbound.sheets import Column, Kind, csv_lines
from engine.queries.studio import replaying
from engine.queries.studio.replaying import About, Narrowed, pages
from webforms import visit
from webforms.blueprints.studio.door import blueprint
from webforms.blueprints.studio.replaying.framing import framed
from webforms.wording import t


@blueprint.get("/procedure/drafts/<draft_id>/replay/<run_id>/cases")
def replay_cases(draft_id: str, run_id: str) -> str:
    """The cases that the reader may read, narrowed to those that something became of."""
    reader, actor, narrowed, about = visit.reader(), visit.actor(), _narrowed(), _about()
    found = replaying.cases(reader, actor, run_id, narrowed, count_in(request.args.get("page", "")) or 1, about)
    told = pages.told(reader, actor, run_id)
    kept = {"at": about.element or None, "limit": about.limit or None, "role": about.role}
    return framed("cases", told.run, found=found, narrowed=narrowed, kept=kept, named=_named(told, about), ways=list(Narrowed))


@blueprint.get("/procedure/drafts/<draft_id>/replay/<run_id>/cases.csv")
def replay_sheet(draft_id: str, run_id: str) -> Answer:
    """The same cases, all of them, as a file."""
    reader, actor, narrowed, about = visit.reader(), visit.actor(), _narrowed(), _about()
    first = replaying.cases(reader, actor, run_id, narrowed, 1, about)
    others = (replaying.cases(reader, actor, run_id, narrowed, page, about) for page in range(2, first.pages + 1))
    lines = [line for one in (first, *others) for line in one.lines]
    columns = [Column(t(f"replay.column.{name}"), kind) for name, kind in _COLUMNS]
    content = b"".join(csv_lines(columns, [[_cell(line, name) for name, _ in _COLUMNS] for line in lines], zone=reader.zone))
    answer = Response(content, content_type="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=f"replay-{run_id}.csv")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _narrowed() -> Narrowed:
    asked = request.args.get("which", "")
    return Narrowed(asked) if asked in set(Narrowed) else Narrowed.ALL


def _about() -> About:
    return About(request.args.get("at", ""), request.args.get("limit", ""), request.args.get("role"))


def _named(told: pages.Told, about: About) -> Text | None:
    """What the limit, the role or the place is called to which the list is narrowed."""
    lines: tuple[Any, ...] = told.limits if about.limit else told.roles if about.role is not None else ()
    key = about.limit or about.role
    places = (one.label for one in told.stuck if about.element and one.element == about.element)
    return next((one.label for one in lines if one.key == key), next(places, None))


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
