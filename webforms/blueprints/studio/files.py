"""A draft's files as editors in the browser fetch and save them, and what the check finds in them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response as FlaskResponse
from flask import flash, jsonify, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import versions as commands
from engine.commands.studio import Mend
from engine.commands.versions.editing import digest_of
from engine.domain.text import Text
from engine.queries import studio
from webforms import refusals, visit
from webforms.blueprints.studio.door import blueprint
from webforms.rendering import filters
from webforms.wording import said, t

#: The page that a press of a mend's button leads back to, where that is no editor.
PUBLISH = "publish"
_UNSAID = Text("", "")


@blueprint.get("/procedure/drafts/<draft_id>/files/<path:path>")
def file(draft_id: str, path: str) -> Response:
    """One file of a draft; its digest is the entity tag."""
    content = studio.file_of(visit.reader(), visit.actor(), draft_id, path)
    answer = make_response(content)
    answer.headers["Content-Type"] = "application/octet-stream"
    answer.set_etag(digest_of(content))
    return answer


@blueprint.post("/procedure/drafts/<draft_id>/files/<path:path>")
def save(draft_id: str, path: str) -> Response:
    """Keep the file as drawn; the answer is JSON, a refusal too."""
    seen = request.headers.get("If-Match", "").strip('"')
    take_over = request.args.get("take_over") == "1"
    wanted = commands.SaveFile(draft_id, path, request.get_data(), seen, take_over, drawn=True)
    return _saved(wanted)


@blueprint.get("/procedure/drafts/<draft_id>/findings")
def findings(draft_id: str) -> Response:
    """What the check finds, as the editor shows it; ``here`` are those of the file in the address."""
    first = request.args.get("first") == "1"
    found = studio.findings(visit.reader(), visit.actor(), draft_id, first=first)
    path = request.args.get("file", "")
    titles = studio.titles(visit.reader(), visit.actor(), draft_id) if found else {}
    listed = [{**_plain(one, path), "title": said(titles[one.file]) if one.file in titles else one.file} for one in found]
    grave = sum(one.level == "error" for one in found)
    nothing = t("studio.trying" if first else "studio.nothing_found")
    words = t("studio.found" if grave else "studio.found_light", n=len(found), errors=grave) if found else nothing
    return _json({"findings": listed, "said": words})


@blueprint.post("/procedure/drafts/<draft_id>/mend")
def mend(draft_id: str) -> Response:
    """Do what a finding offered on its button; an editor that asks for JSON gets JSON, a refusal too, others the page again."""
    path, do, name, value = (request.form.get(part, "") for part in ("file", "do", "name", "value"))
    # A mend looks for what the finding spoke of: it needs no other mark of what was seen.
    seen = digest_of(studio.file_of(visit.reader(), visit.actor(), draft_id, path))
    wanted = Mend(draft_id, path, seen, False, studio.Mending(do, _UNSAID, request.form.get("element") or None, name, value))
    if request.accept_mimetypes.best == "application/json":
        return _saved(wanted)
    try:
        visit.execute(wanted)
    except errors.Rejection as refusal:
        flash(said(refusal.text), "error")
    else:
        flash(t("studio.mended"), "success")
    return redirect(_back(draft_id, path), 303)


def _back(draft_id: str, path: str) -> str:
    """To the page on which the button stood."""
    if request.form.get("then") == PUBLISH:
        # What was mended is gone from the list: there stands now what came after it.
        return url_for("studio.publish", draft_id=draft_id, _anchor=request.form.get("place") or None)
    element = request.form.get("at") or None
    return url_for("studio.desk", draft_id=draft_id, file=path, element=element, _anchor=element)


def _saved(wanted: Any) -> FlaskResponse:
    try:
        saved = visit.execute(wanted)
    except errors.Rejection as refusal:
        may_take_over = isinstance(refusal, commands.HeldByOther)
        return _json({"text": said(refusal.text), "may_take_over": may_take_over}, refusals.status_of(refusal))
    return _json({"digest": saved.digest, "at": filters.moment(saved.at)})


def _plain(one: studio.Finding, path: str) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "file": one.file, "element": one.element, "name": said(one.called) if one.called else None, "rule": one.rule,
        "level": one.level, "line": one.line,
        "text": said(one.text), "mend": said(one.mend), "here": one.file == path, "about": one.about, "offer": one.offer,
    }  # fmt: skip
    if one.mending is not None:
        plain["mending"] = {**asdict(one.mending), "words": said(one.mending.words)}
        plain["mending"]["elsewhere"] = studio.can_be_written(one.file, one.mending)
    return plain


def _json(content: dict[str, Any], status: int = 200) -> FlaskResponse:
    answer = jsonify(content)
    answer.status_code = status
    return answer
