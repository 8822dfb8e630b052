"""Households and staff from Excel: a template, a trial row by row, and only then the import."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import directory as commands
from engine.commands.directory.sheets import KINDS, SheetKind
from engine.domain.text import Text
from engine.outbound.sheets import Column, Kind, Sheet, workbook
from engine.queries.directory import imports
from webforms import refusals, uploads, visit
from webforms.blueprints.directory import door
from webforms.blueprints.directory.door import blueprint
from webforms.wording import WORDS, said, t

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OUTCOMES = ("refused", "added", "changed", "same")


@blueprint.get("/directory/imports", endpoint="imports")
def home() -> Response:
    """What can be imported, and what waits to be confirmed."""
    return _home()


@blueprint.get("/directory/imports/<kind>/template.xlsx")
def import_template(kind: str) -> Response:
    """An empty sheet with the headings, and a second one that explains them."""
    found = _kind(kind)
    answer = make_response(workbook(_sheets(found), zone=visit.reader().zone, made_at=visit.now()))
    answer.headers["Content-Type"] = _XLSX
    answer.headers["Content-Disposition"] = f'attachment; filename="redress-{found.key}.xlsx"'
    return answer


@blueprint.post("/directory/imports/<kind>")
def try_import(kind: str) -> Response:
    """Read the file and show what it would do."""
    _kind(kind)
    file = request.files.get("file")
    if file is None or not file.filename:
        return _home(kind, {"file": WORDS["imports.no_file"]})
    if uploads.is_too_large(file):
        return _home(kind, {"file": _too_large()})
    try:
        found = visit.execute(commands.StageImport(kind, file.filename, file.read()))
    except errors.InvalidValues as refusal:
        return _home(kind, refusal.fields, refusals.status_of(refusal))
    return redirect(url_for("directory.import_trial", import_id=found), 303)


@blueprint.get("/directory/imports/trial/<import_id>")
def import_trial(import_id: str) -> Response:
    """What each row would do, of all rows or of those with one outcome."""
    outcome = request.args.get("outcome", "")
    trial = imports.trial(visit.reader(), visit.actor(), import_id, outcome, door.page_number())
    return door.shown("import_trial", "imports", trial=trial, kind=KINDS[trial.kind], outcome=outcome, outcomes=OUTCOMES)


@blueprint.post("/directory/imports/trial/<import_id>/confirm")
def confirm_import(import_id: str) -> Response:
    """Carry it out."""
    counts = visit.execute(commands.ConfirmImport(import_id)).counts
    flash(
        t("imports.done", added=counts.get("added", 0), changed=counts.get("changed", 0), refused=counts.get("refused", 0)),
        "success",
    )
    return redirect(url_for("directory.imports"), 303)


@blueprint.post("/directory/imports/trial/<import_id>/drop")
def drop_import(import_id: str) -> Response:
    """Throw it away."""
    visit.execute(commands.DropImport(import_id))
    flash(t("imports.dropped"), "success")
    return redirect(url_for("directory.imports"), 303)


def _kind(key: str) -> SheetKind:
    if key not in KINDS:
        raise errors.NotFound(WORDS["imports.no_kind"])
    return KINDS[key]


def _home(kind: str = "", faults: dict[str, Any] | None = None, status: int = 422) -> Response:
    listed = imports.waiting(visit.reader(), visit.actor())
    wrong = {f"file-{kind}": fault for fault in (faults or {}).values()}
    return door.shown("imports", "imports", wrong or None, status if wrong else 200, kinds=KINDS, waiting=listed)


def _too_large() -> Text:
    words, most = WORDS["imports.too_large"], uploads.largest_megabytes()
    return Text(words.zh.format(mb=most), words.en.format(mb=most))


def _sheets(kind: SheetKind) -> list[Sheet]:
    headings = [Column(said(column.heading), Kind.TEXT, 18) for column in kind.columns]
    explained = [
        Column(t(f"imports.{name}"), Kind.TEXT, width) for name, width in (("column", 18), ("needed", 12), ("meaning", 60))
    ]
    rows = [
        (said(column.heading), t("imports.yes") if column.required else t("imports.no"), said(column.hint))
        for column in kind.columns
    ]
    return [Sheet(said(kind.title), headings, []), Sheet(t("imports.explained"), explained, rows)]
