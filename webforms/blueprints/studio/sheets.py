"""A diagram of a draft as a whole: a new one, its name, and taking it away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands.studio import DropDiagram, NewDiagram, RenameDiagram
from engine.commands.versions import HeldByOther
from engine.commands.versions.editing import digest_of
from engine.domain.text import Text
from engine.queries import studio
from engine.queries.studio import sheets
from webforms import refusals, visit
from webforms.blueprints.studio.door import blueprint
from webforms.blueprints.studio.drawing import stage
from webforms.blueprints.studio.editors.doing import at
from webforms.wording import t

Answer = Response | tuple[str, int]


@blueprint.get("/procedure/drafts/<draft_id>/new-diagram")
def new_diagram(draft_id: str) -> str:
    """Say what it is called and who works in it."""
    return _new(draft_id, {}, False)


@blueprint.post("/procedure/drafts/<draft_id>/new-diagram")
def make_diagram(draft_id: str) -> Answer:
    """Make it and open it in the editor."""
    name, name_en, role = (request.form.get(part, "") for part in ("name", "name_en", "role"))
    wanted = NewDiagram(draft_id, name, name_en, role, request.form.get("take_over") == "1")
    return _done(wanted, lambda path: _desk(draft_id, path, t("sheet.made")), lambda *faults: _new(draft_id, *faults))


@blueprint.get("/procedure/drafts/<draft_id>/diagram")
def sheet(draft_id: str) -> str:
    """The name of the diagram in the file, who calls it, and a way to be rid of it."""
    return _sheet(draft_id, request.args.get("file", ""), {}, False)


@blueprint.post("/procedure/drafts/<draft_id>/diagram")
def change_sheet(draft_id: str) -> Answer:
    """Give it another name, or take it away."""
    seen, path = at(draft_id), request.form.get("file", "")
    wanted: Any = DropDiagram(seen.draft_id, seen.path, seen.seen, seen.take_over)
    if request.form.get("do") != "drop":
        names = (request.form.get(part, "") for part in ("name", "name_en"))
        wanted = RenameDiagram(seen.draft_id, seen.path, seen.seen, seen.take_over, *names)

    def go(saved: Any) -> Response:
        return _desk(draft_id, path, t("sheet.renamed")) if saved.digest else _desk(draft_id, "", t("sheet.dropped"))

    return _done(wanted, go, lambda *faults: _sheet(draft_id, path, *faults))


def _done(wanted: Any, go: Callable[[Any], Response], page: Callable[[Mapping[str, Text], bool], str]) -> Answer:
    try:
        return go(visit.execute(wanted))
    except (errors.InvalidValues, errors.Conflict) as refusal:
        faults = refusal.fields if isinstance(refusal, errors.InvalidValues) and refusal.fields else {"": refusal.text}
        return page(faults, isinstance(refusal, HeldByOther)), refusals.status_of(refusal)


def _desk(draft_id: str, path: str, words: str) -> Response:
    flash(words, "success")
    return redirect(url_for("studio.desk", draft_id=draft_id, file=path or None), 303)


def _new(draft_id: str, faults: Mapping[str, Text], held: bool) -> str:
    page = sheets.beginning(visit.reader(), visit.actor(), draft_id)
    return _stage("studio/new_diagram.html", draft_id, page=page, faults=faults, held=held, typed=request.form)


def _sheet(draft_id: str, path: str, faults: Mapping[str, Text], held: bool) -> str:
    page = sheets.sheet(visit.reader(), visit.actor(), draft_id, path)
    seen = digest_of(page.content)
    return _stage("studio/sheet.html", draft_id, page=page, seen=seen, faults=faults, held=held, typed=request.form)


def _stage(template: str, draft_id: str, **values: Any) -> str:
    row, _ = studio.opened(visit.reader(), visit.actor(), draft_id)
    return stage(template, draft_id, row["procedure_key"], row["base_number"], current="studio.desk", **values)
