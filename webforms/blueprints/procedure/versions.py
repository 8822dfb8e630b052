"""The versions of a procedure: their record, their files, signing and taking back; and files taken in to make the next one."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import versions as commands
from engine.domain.text import Text
from engine.queries import procedure
from webforms import refusals, uploads, visit
from webforms.blueprints.procedure.door import blueprint
from webforms.wording import WORDS, t


@blueprint.get("/procedure/<key>/versions")
def versions(key: str) -> Response:
    """Every version, the newest first; for owners what they work on, and where files are taken in."""
    return _versions(key, {}, 200)


@blueprint.get("/procedure/<key>/versions/<int:number>")
def version(key: str, number: int) -> str:
    """One version's record and how it differs from the one it changes."""
    reader, actor = visit.reader(), visit.actor()
    return render_template(
        "procedure/version.html",
        version=procedure.recorded(reader, actor, key, number),
        title=procedure.title(reader, actor, key),
        comparison=procedure.differences(reader, actor, key, number),
    )


@blueprint.get("/procedure/<key>/versions/<int:number>/files")
def archive(key: str, number: int) -> Response:
    """A version's files as a zip archive, with its record among them."""
    answer = make_response(procedure.archive(visit.reader(), visit.actor(), key, number))
    answer.headers["Content-Type"] = "application/zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="{key}-{number}.zip"'
    return answer


@blueprint.post("/procedure/<key>/versions/<int:number>/sign")
def sign(key: str, number: int) -> Response:
    """Sign in the part whose turn it is."""
    signed = visit.execute(commands.SignVersion(key, number))
    flash(t("version.published" if signed.published else "version.signed"), "success")
    return redirect(url_for("procedure.version", key=key, number=number), 303)


@blueprint.post("/procedure/<key>/versions/<int:number>/withdraw")
def withdraw(key: str, number: int) -> Response:
    """Take a proposal back."""
    visit.execute(commands.WithdrawProposal(key, number))
    flash(t("version.taken_back"), "success")
    return redirect(url_for("procedure.version", key=key, number=number), 303)


@blueprint.post("/procedure/<key>/drafts")
def upload(key: str) -> Response:
    """Take a file or archive in, on top of the version published last."""
    try:
        draft_id = taken_in(key)
    except (errors.InvalidValues, errors.Conflict) as refusal:
        return _versions(key, {"file": refusal.text}, refusals.status_of(refusal))
    return redirect(url_for("procedure.draft", draft_id=draft_id), 303)


def taken_in(key: str, draft_id: str | None = None) -> str:
    """The draft that holds the uploaded file now; InvalidValues for what is too large or no part of a procedure."""
    file = request.files.get("file")
    if file is not None and uploads.is_too_large(file):
        raise errors.InvalidValues(_too_large())
    name, content = (file.filename or "", file.read()) if file is not None else ("", b"")
    return str(visit.execute(commands.TakeUpload(key, name, content, draft_id)))


def _too_large() -> Text:
    said, most = WORDS["version.too_large"], uploads.largest_megabytes()
    return Text(said.zh.format(mb=most), said.en.format(mb=most))


def _versions(key: str, faults: dict[str, Text], status: int) -> Response:
    reader, actor = visit.reader(), visit.actor()
    page = render_template(
        "procedure/versions.html",
        key=key,
        title=procedure.title(reader, actor, key),
        versions=procedure.versions(reader, actor, key),
        drafts=procedure.drafts(reader, actor, key),
        may_change=procedure.may_change(reader, actor, key),
        faults=faults,
    )
    return make_response(page, status)
