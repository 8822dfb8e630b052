"""The studio: a draft's diagrams in an editor that saves by itself and says at once what the check finds."""

from __future__ import annotations

from typing import Any

from flask import Response as FlaskResponse
from flask import jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import versions as commands
from engine.commands.versions.editing import digest_of
from engine.queries import procedure
from webforms import refusals, visit
from webforms.blueprints.procedure.door import blueprint
from webforms.rendering import filters
from webforms.wording import said, t
from webforms.wording.management.studio import catalogue_words

_LISTS = ("roles", "forms", "limits", "moments", "tasks", "decisions", "processes", "clauses", "operators", "fields")


@blueprint.post("/procedure/<key>/drafts/new")
def begin_draft(key: str) -> Response:
    """Begin a draft as the version published last, and open its main diagram."""
    draft_id = visit.execute(commands.BeginDraft(key))
    return redirect(url_for("procedure.studio", draft_id=draft_id), 303)


@blueprint.get("/procedure/drafts/<draft_id>/studio")
def studio(draft_id: str) -> str:
    """The editor with the diagram named in the address, else the main one."""
    reader, actor = visit.reader(), visit.actor()
    desk = procedure.desk(reader, actor, draft_id, request.args.get("file", ""))
    lists = {name: [_option(one) for one in desk.options[name]] for name in _LISTS}
    return render_template(
        "procedure/studio.html",
        desk=desk,
        title=procedure.title(reader, actor, desk.procedure_key),
        catalogue={"words": catalogue_words(t), **lists, "departments": []},
    )


@blueprint.get("/procedure/drafts/<draft_id>/files/<path:path>")
def draft_file(draft_id: str, path: str) -> Response:
    """One file of a draft; its digest is the entity tag."""
    content = procedure.file_of(visit.reader(), visit.actor(), draft_id, path)
    answer = make_response(content)
    answer.headers["Content-Type"] = "application/octet-stream"
    answer.set_etag(digest_of(content))
    return answer


@blueprint.post("/procedure/drafts/<draft_id>/files/<path:path>")
def save_file(draft_id: str, path: str) -> Response:
    """Keep the file as drawn; the answer is JSON, a refusal too."""
    seen = request.headers.get("If-Match", "").strip('"')
    wanted = commands.SaveFile(draft_id, path, request.get_data(), seen, request.args.get("take_over") == "1")
    try:
        saved = visit.execute(wanted)
    except errors.Rejection as refusal:
        may_take_over = isinstance(refusal, commands.HeldByOther)
        return _json({"text": said(refusal.text), "may_take_over": may_take_over}, refusals.status_of(refusal))
    return _json({"digest": saved.digest, "at": filters.moment(saved.at)})


@blueprint.get("/procedure/drafts/<draft_id>/findings")
def draft_findings(draft_id: str) -> Response:
    """What the check finds, as the editor shows it; ``here`` are those of the file in the address."""
    first = request.args.get("first") == "1"
    found = procedure.findings(visit.reader(), visit.actor(), draft_id, first=first)
    path = request.args.get("file", "")
    listed = [
        {
            "file": one.file, "element": one.element, "name": one.name, "rule": one.rule, "level": one.level,
            "text": said(one.text), "mend": said(one.mend), "here": one.file == path,
        }
        for one in found
    ]  # fmt: skip
    grave = sum(one.level == "error" for one in found)
    nothing = t("studio.trying" if first else "studio.nothing_found")
    words = t("studio.found", n=len(found), errors=grave) if found else nothing
    return _json({"findings": listed, "said": words})


def _option(option: procedure.Option) -> dict[str, Any]:
    made: dict[str, Any] = {"value": option.value, "label": said(option.label)}
    if option.hint:
        made["hint"] = said(option.hint)
    if option.kind:
        made["type"] = option.kind
    if option.choices:
        made["choices"] = [_option(choice) for choice in option.choices]
        made["parameters"] = [choice.value for choice in option.choices]
    return made


def _json(content: dict[str, Any], status: int = 200) -> FlaskResponse:
    answer = jsonify(content)
    answer.status_code = status
    return answer
