"""What a draft changes, or what differs between two versions: in words, side by side, and as a paper for the meeting."""

from __future__ import annotations

from typing import Any

from flask import make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.outbound.documents.comparing import comparison_html
from engine.queries import procedure, studio
from webforms import visit
from webforms.blueprints.documents import door
from webforms.blueprints.studio.door import blueprint
from webforms.blueprints.studio.drawing import stage
from webforms.wording import said

#: After how many seconds the page looks again whether the PDF is there.
AGAIN = 3


@blueprint.get("/procedure/drafts/<draft_id>/changes")
def changes(draft_id: str) -> str:
    """The stage of a draft."""
    compared = studio.changes(visit.reader(), visit.actor(), draft_id)
    place = (draft_id, compared.procedure_key, compared.numbers[0])
    return stage("studio/changes.html", *place, current="studio.changes", **_shown(compared))


@blueprint.get("/procedure/drafts/<draft_id>/changes/paper")
def changes_paper(draft_id: str) -> Response:
    """The changes of a draft on one page, for reading and for the browser's own printing."""
    return _paper(studio.changes(visit.reader(), visit.actor(), draft_id))


@blueprint.get("/procedure/drafts/<draft_id>/changes.pdf")
def changes_pdf(draft_id: str) -> Response:
    """The same as a PDF; while it is being made, a page that says so and looks again."""
    return _pdf(studio.changes(visit.reader(), visit.actor(), draft_id))


@blueprint.get("/procedure/<key>/versions/<int:before>/against/<int:after>")
def against(key: str, before: int, after: int) -> str:
    """Two versions side by side."""
    reader, actor = visit.reader(), visit.actor()
    compared = studio.against(reader, actor, key, before, after)
    numbers = [one.number for one in procedure.versions(reader, actor, key)]
    title = procedure.title(reader, actor, key)
    return render_template("studio/against.html", procedure_title=title, versions=numbers, **_shown(compared))


@blueprint.get("/procedure/<key>/versions/<int:before>/against/<int:after>/paper")
def against_paper(key: str, before: int, after: int) -> Response:
    """Two versions on one page, for reading and for the browser's own printing."""
    return _paper(studio.against(visit.reader(), visit.actor(), key, before, after))


@blueprint.get("/procedure/<key>/versions/<int:before>/against/<int:after>.pdf")
def against_pdf(key: str, before: int, after: int) -> Response:
    """The same as a PDF; while it is being made, a page that says so and looks again."""
    return _pdf(studio.against(visit.reader(), visit.actor(), key, before, after))


@blueprint.get("/procedure/<key>/versions/<int:number>/files/<path:path>")
def version_file(key: str, number: int, path: str) -> Response:
    """One file of a version as it keeps it."""
    answer = make_response(procedure.version_file(visit.reader(), visit.actor(), key, number, path))
    answer.headers["Content-Type"] = "application/octet-stream"
    return answer


def _shown(compared: studio.Compared) -> dict[str, Any]:
    """What both pages show: the list, and the diagram of the address, else the first one that differs."""
    asked, drawn = request.args.get("file", ""), compared.diagrams
    sheet = next((one for one in drawn if one.path == asked), drawn[0] if drawn else None)
    sides = compared.sides(sheet.path) if sheet else (None, None)
    shown = zip(sides, compared.numbers, strict=True)
    return {
        "compared": compared,
        "sheet": sheet,
        "at": request.args.get("at", ""),
        "sides": [_side(compared, sheet, number, side) for side, number in shown] if sheet else [],
        "paper": _address(compared, "paper"),
        "pdf": _address(compared, "pdf"),
    }


def _side(compared: studio.Compared, sheet: studio.FileChanges, number: int | None, side: studio.Marked | None) -> dict[str, Any]:
    if number is None:
        source = url_for("studio.file", draft_id=compared.draft_id, path=sheet.path)
    else:
        source = url_for("studio.version_file", key=compared.procedure_key, number=number, path=sheet.path)
    if side is None:
        return {"number": number, "source": None}
    names = {key: words for key, name in side.names.items() if (words := said(name)) != name.zh}
    return {"number": number, "source": source, "state": {"names": names, "marks": dict(side.marks)}}


def _address(compared: studio.Compared, kind: str) -> str:
    if compared.draft_id is not None:
        return url_for(f"studio.changes_{kind}", draft_id=compared.draft_id)
    before, after = compared.numbers
    return url_for(f"studio.against_{kind}", key=compared.procedure_key, before=before, after=after)


def _html(compared: studio.Compared, *, screen: bool = False) -> str:
    reader = visit.reader()
    title = procedure.title(reader, visit.actor(), compared.procedure_key)
    return comparison_html(compared, title, door.language(), reader.zone, screen=screen)


def _paper(compared: studio.Compared) -> Response:
    answer = make_response(_html(compared, screen=True))
    answer.headers["Content-Security-Policy"] = door.LOCKED
    return answer


def _pdf(compared: studio.Compared) -> Response:
    html = _html(compared)
    visit.close_reader()
    content = visit.application().press.printed(html)
    if content is not None:
        numbers = "-".join(str(number or "draft") for number in compared.numbers)
        return door.pdf(content, f"{compared.procedure_key}-{numbers}")
    waiting = make_response(render_template("studio/printing.html", back=_address(compared, "paper")), 202)
    waiting.headers["Refresh"] = f"{AGAIN}; url={request.full_path.rstrip('?')}"
    return waiting
