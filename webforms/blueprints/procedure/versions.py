"""The versions of a procedure: their record, their files, signing and taking back; and files taken in to make the next one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import versions as commands
from engine.domain.text import Text
from engine.queries import case_file, procedure
from webforms import refusals, uploads, visit
from webforms.blueprints.procedure.door import blueprint
from webforms.wording import WORDS, said, t


@blueprint.get("/procedure/<key>/versions")
def versions(key: str) -> Response:
    """Every version, the newest first; for owners what they work on, and where files are taken in."""
    return _versions(key, {}, 200)


@blueprint.get("/procedure/<key>/versions/<int:number>")
def version(key: str, number: int) -> str:
    """One version's record and how it differs from the one it changes."""
    return _version(key, number, {})


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


@blueprint.post("/procedure/<key>/versions/<int:number>/waive")
def waive(key: str, number: int) -> Response:
    """Keep the approver's reason for everything ticked that stands against the version and may stand."""
    keys, reason = request.form.getlist("obstacle"), request.form.get("reason", "")
    try:
        visit.execute(commands.WaiveObstacles(key, number, dict.fromkeys(keys, reason)))
    except errors.InvalidValues as refusal:
        wrong = next(iter(refusal.fields.values()), None)
        faults = {"obstacle": refusal.text} if wrong is None else {"reason": wrong}
        return make_response(_version(key, number, faults, keys, reason), refusals.status_of(refusal))
    flash(t("version.waived_all"), "success")
    return redirect(url_for("procedure.version", key=key, number=number), 303)


@blueprint.post("/procedure/<key>/versions/<int:number>/restore")
def restore(key: str, number: int) -> Response:
    """Begin a draft that is as this version was."""
    draft_id = visit.execute(commands.BeginDraft(key, number))
    return redirect(url_for("studio.changes", draft_id=draft_id), 303)


@blueprint.get("/procedure/<key>/versions/<int:number>/read")
def read(key: str, number: int) -> str:
    """A version to be read: its diagrams, and its stories with how they went."""
    opened = procedure.open_version(visit.reader(), visit.actor(), key, number)
    return _opened(opened, opened.stories)


@blueprint.get("/procedure/<key>/versions/<int:number>/stories")
def stories(key: str, number: int) -> str:
    """The same after its stories were played."""
    reader, actor = visit.reader(), visit.actor()
    opened = procedure.open_version(reader, actor, key, number)
    return _opened(opened, procedure.played(reader, actor, key, number, _play))


@blueprint.post("/procedure/<key>/versions/<int:number>/withdraw")
def withdraw(key: str, number: int) -> Response:
    """Take a proposal back."""
    draft_id = visit.execute(commands.WithdrawProposal(key, number))
    flash(t("version.taken_back"), "success")
    return redirect(url_for("studio.publish", draft_id=draft_id), 303)


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
    return str(visit.execute(commands.TakeUpload(key, name, content, draft_id, "take_over" in request.form)))


def _play(bundle: Any) -> Any:
    # They take half a minute: no reading stays open for that.
    visit.close_reader()
    return visit.application().stories(bundle)


def _version(key: str, number: int, faults: dict[str, Text], ticked: Sequence[str] = (), reason: str = "") -> str:
    reader, actor = visit.reader(), visit.actor()
    found = procedure.recorded(reader, actor, key, number)
    return render_template(
        "procedure/version.html",
        version=found,
        rivals=procedure.rivals(reader, actor, key, found.base_number, number) if found.state == "proposed" else None,
        title=procedure.title(reader, actor, key),
        comparison=procedure.differences(reader, actor, key, number),
        may_change=procedure.may_change(reader, actor, key),
        parts=list(procedure.PARTS.values()),
        faults=faults,
        ticked=ticked,
        all_ticked="tick" in request.args,
        reason=reason,
    )


def _opened(opened: procedure.Opened, told: tuple[procedure.Story, ...]) -> str:
    shown, asked = opened.procedure, request.args.get("sheet", "")
    sheet = shown.diagrams.get(asked) or shown.diagrams[shown.main]
    return render_template(
        "procedure/read.html",
        version=opened.record,
        procedure=shown,
        diagrams=procedure.diagrams(shown),
        sheet=sheet,
        state={"names": case_file.other_names(shown, sheet.xml, said)},
        stories=sorted(told, key=lambda one: one.held is not False),
        may_change=procedure.may_change(visit.reader(), visit.actor(), shown.key),
    )


def _too_large() -> Text:
    words, most = WORDS["version.too_large"], uploads.largest_megabytes()
    return Text(words.zh.format(mb=most), words.en.format(mb=most))


def _versions(key: str, faults: dict[str, Text], status: int) -> Response:
    reader, actor = visit.reader(), visit.actor()
    page = render_template(
        "procedure/versions.html",
        key=key,
        title=procedure.title(reader, actor, key),
        versions=procedure.versions(reader, actor, key),
        drafts=procedure.drafts(reader, actor, key),
        changed=procedure.files_changed(reader, actor, key),
        may_change=procedure.may_change(reader, actor, key),
        faults=faults,
    )
    return make_response(page, status)
