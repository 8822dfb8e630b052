"""The files of a task: each goes up by itself while the form is being filled in, and pictures are shown small."""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import cases
from engine.queries import task as tasks
from webforms import filling, uploads, visit
from webforms.blueprints.task.pages import blueprint
from webforms.wording import WORDS, said, t


@blueprint.get("/tasks/<item_id>/files")
def files(item_id: str) -> Response:
    """The files stand on the page of their task."""
    return redirect(url_for("task.page", item_id=tasks.task(visit.reader(), visit.actor(), item_id).item.id), 303)


@blueprint.post("/tasks/<item_id>/files/<field>")
def add_file(item_id: str, field: str) -> Response:
    """Keep one file at once; the answer is its line in the form, or the sentence why it cannot be taken."""
    task, file = tasks.task(visit.reader(), visit.actor(), item_id), request.files.get("file")
    if not task.may.complete or task.form is None or field not in task.form.keys:
        raise errors.Forbidden(WORDS["task.no_files"])
    if file is None or not file.filename:
        return make_response(t("form.file_none"), 422)
    if uploads.is_too_large(file):
        return make_response(said(filling.too_large(file.filename)), 413)
    try:
        kept = visit.execute(cases.Attach(task.item.case_id, file.filename, file.stream.read(), item_id))
    except errors.InvalidValues as refusal:
        return make_response(said(next(iter(refusal.fields.values()), refusal.text)), 422)
    line = {"name": field, "kept": kept, "words": file.filename, "files_to": url_for("task.files", item_id=item_id)}
    return make_response(render_template("task/file.html", **line))


@blueprint.get("/tasks/<item_id>/files/<attachment_id>")
def picture(item_id: str, attachment_id: str) -> Response:
    """A picture of the case, small."""
    content = tasks.picture(visit.reader(), visit.actor(), item_id, attachment_id)
    return Response(content, mimetype="image/jpeg", headers={"Cache-Control": "private, no-store"})
