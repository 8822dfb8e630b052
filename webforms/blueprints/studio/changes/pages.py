"""The pages on which two states of a procedure stand side by side: a draft and a version, or two versions."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.domain.values import count_in
from engine.queries import procedure, studio
from webforms import visit
from webforms.blueprints.studio.changes.addresses import asked_before, between
from webforms.blueprints.studio.changes.shown import shown
from webforms.blueprints.studio.door import blueprint
from webforms.blueprints.studio.drawing import stage


@blueprint.get("/procedure/drafts/<draft_id>/changes")
def changes(draft_id: str) -> str:
    """The stage of a draft, held against the version that it changes, or another one."""
    compared = studio.changes(visit.reader(), visit.actor(), draft_id, asked_before())
    place = (draft_id, compared.procedure_key, compared.base_number or 0)
    return stage("studio/changes.html", *place, current="studio.changes", **shown(compared))


@blueprint.get("/procedure/<key>/versions/<int:before>/against/<int:after>")
def against(key: str, before: int, after: int) -> str:
    """Two versions side by side."""
    compared = studio.against(visit.reader(), visit.actor(), key, before, after)
    title = procedure.title(visit.reader(), visit.actor(), key)
    return render_template("studio/against.html", procedure_title=title, **shown(compared))


@blueprint.get("/procedure/<key>/compare")
def compare(key: str) -> Response:
    """Go where the two states chosen stand side by side; to all versions where none are."""
    procedure.title(visit.reader(), visit.actor(), key)
    before, after = count_in(request.args.get("before", "")), request.args.get("after", "")
    if before is not None and after:
        return redirect(between(key, before, after), 303)
    return redirect(url_for("procedure.versions", key=key), 303)


@blueprint.get("/procedure/<key>/versions/<int:number>/files/<path:path>")
def version_file(key: str, number: int, path: str) -> Response:
    """One file of a version as it keeps it."""
    answer = Response(procedure.version_file(visit.reader(), visit.actor(), key, number, path))
    answer.headers["Content-Type"] = "application/octet-stream"
    return answer
