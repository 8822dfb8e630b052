"""The files of a case: list, upload, and each one by its address."""

from __future__ import annotations

from io import BytesIO

from flask import flash, redirect, request, send_file, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import cases
from engine.domain.text import Text
from engine.queries import case_file, documents
from webforms import filling, uploads, visit
from webforms.blueprints.case_file import door
from webforms.blueprints.case_file.door import blueprint
from webforms.wording import WORDS, t

# A file is only ever saved by the browser, never shown as a page of ours.
LOCKED = "default-src 'none'; sandbox"


@blueprint.get("/cases/<case_id>/documents", endpoint="documents")
def listed(case_id: str) -> Response:
    """The files, newest first, and the form to add some."""
    return _listed(case_id)


@blueprint.post("/cases/<case_id>/attachments")
def attach(case_id: str) -> Response:
    """Keep the files that can be kept; each of the others is named with what is wrong."""
    door.find(case_id)
    chosen = [file for file in request.files.getlist("files") if file.filename]
    if not chosen:
        return _listed(case_id, [WORDS["documents.nothing"]], 422)
    failed: list[Text] = []
    worst = 422
    for file in chosen:
        if uploads.is_too_large(file):
            failed, worst = [*failed, filling.too_large(str(file.filename))], 413
        else:
            failed += _keep(case_id, file)
    if failed:
        return _listed(case_id, failed, worst, kept=len(chosen) - len(failed))
    flash(t("documents.added", n=len(chosen)), "success")
    return redirect(url_for("case_file.documents", case_id=case_id), 303)


@blueprint.get("/cases/<case_id>/attachments/<attachment_id>")
def attachment(case_id: str, attachment_id: str) -> Response:
    """One file, to be saved under its own name."""
    found = case_file.content(visit.reader(), visit.actor(), case_id, attachment_id)
    name = _printable(found.name) or attachment_id
    answer = send_file(BytesIO(found.content), found.media_type, as_attachment=True, download_name=name, conditional=False)
    answer.headers["Content-Security-Policy"] = LOCKED
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _keep(case_id: str, file: FileStorage) -> list[Text]:
    name = str(file.filename)
    try:
        visit.execute(cases.Attach(case_id, name, file.stream.read()))
    except errors.InvalidValues as refusal:
        words, why = WORDS["documents.failed"], next(iter(refusal.fields.values()), refusal.text)
        return [Text(words.zh.format(name=name, why=why.zh), words.en.format(name=name, why=why.en))]
    return []


def _listed(case_id: str, failed: list[Text] | None = None, status: int = 200, kept: int = 0) -> Response:
    case = door.find(case_id)
    files = case_file.files(visit.reader(), visit.actor(), case)
    papers = documents.offered(visit.reader(), visit.actor(), case)
    issued = documents.issued_of(visit.reader(), visit.actor(), case)
    more = {"papers": papers, "issued": issued, "kept": kept, "most": uploads.largest_megabytes()}
    return door.shown(case, "documents", status, files=files, failed=failed or [], **more)


def _printable(name: str | None) -> str:
    return "".join(sign if sign.isprintable() else "_" for sign in (name or "").replace("/", "_").replace("\\", "_"))
