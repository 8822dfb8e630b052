"""Files of the register: asked for, waited for, had, and given up."""

from __future__ import annotations

from dataclasses import asdict

from flask import abort, flash, make_response, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import exports
from engine.queries import register
from webforms import refusals, visit
from webforms.blueprints.register.door import asked, blueprint
from webforms.wording import said, t

#: So many rows are written while one waits for the page.
AT_ONCE = 2000
_TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}
LOCKED = "default-src 'none'; sandbox"


@blueprint.get("/register/exports")
def files() -> Response:
    """The files of the person signed in."""
    return make_response(render_template("register/exports.html", exports=register.exports(visit.reader(), visit.actor())))


@blueprint.post("/register/exports")
def export() -> Response:
    """Have a file made of what is seen: a small one at once, a large one by the worker."""
    wanted = asked(request.form)
    shown = register.chosen(visit.reader(), visit.actor(), wanted.columns)
    few = register.page(visit.reader(), visit.actor(), wanted.filters, size=1).totals
    filters = asdict(wanted.filters)
    typed = filters.pop("words")
    columns = tuple(column.key for column in shown)
    try:
        made = visit.execute(exports.RequestExport(filters, typed, columns, request.form.get("format", "")))
    except (errors.InvalidValues, errors.InvalidState) as refusal:
        words = (
            next(iter(refusal.fields.values())) if isinstance(refusal, errors.InvalidValues) and refusal.fields else refusal.text
        )
        flash(said(words), "error")
        listed = register.exports(visit.reader(), visit.actor())
        return make_response(render_template("register/exports.html", exports=listed), refusals.status_of(refusal))
    if few is not None and few.rows <= AT_ONCE:
        visit.application().make_exports(made)
    return redirect(url_for("register.export_page", export_id=made), 303)


@blueprint.get("/register/exports/<export_id>")
def export_page(export_id: str) -> Response:
    """How far it is, and the file once it is there; the part of it alone when the page asks again by itself."""
    found = register.export_of(visit.reader(), visit.actor(), export_id)
    template = "register/progress.html" if visit.is_partial() else "register/export.html"
    return make_response(render_template(template, export=found))


@blueprint.get("/register/exports/<export_id>/file")
def export_file(export_id: str) -> Response:
    """The file, for the person who asked for it alone, to be saved and never shown as a page of ours."""
    found = register.export_of(visit.reader(), visit.actor(), export_id)
    path = visit.application().exports_dir.resolve() / found.file_name
    if found.state != "done" or not path.is_file():
        abort(404)
    name = t("register.file_name", day=f"{found.requested_at:%Y-%m-%d}", kind=found.format)
    answer = send_file(path, _TYPES[found.format], as_attachment=True, download_name=name, conditional=False)
    answer.headers["Content-Security-Policy"] = LOCKED
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@blueprint.post("/register/exports/<export_id>/cancel")
def cancel_export(export_id: str) -> Response:
    """Stop it, or take its file away."""
    gone = visit.execute(exports.CancelExport(export_id))
    if gone:
        (visit.application().exports_dir / gone).unlink(missing_ok=True)
    flash(t("register.export_removed" if gone else "register.export_cancelled"), "success")
    return redirect(url_for("register.files"), 303)
