"""What differs between two states as a paper for the meeting: to be read and printed in the browser, and as a PDF."""

from __future__ import annotations

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from engine.outbound.documents.comparing import comparison_html
from engine.queries import procedure, studio
from webforms import visit
from webforms.blueprints.documents import door
from webforms.blueprints.studio.changes.addresses import address, asked_before
from webforms.blueprints.studio.door import blueprint

#: After how many seconds the page looks again whether the PDF is there.
AGAIN = 3


@blueprint.get("/procedure/drafts/<draft_id>/changes/paper")
def changes_paper(draft_id: str) -> Response:
    """The changes of a draft on one page, for reading and for the browser's own printing."""
    return _paper(studio.changes(visit.reader(), visit.actor(), draft_id, asked_before()))


@blueprint.get("/procedure/drafts/<draft_id>/changes.pdf")
def changes_pdf(draft_id: str) -> Response:
    """The same as a PDF; while it is being made, a page that says so and looks again."""
    return _pdf(studio.changes(visit.reader(), visit.actor(), draft_id, asked_before()))


@blueprint.get("/procedure/<key>/versions/<int:before>/against/<int:after>/paper")
def against_paper(key: str, before: int, after: int) -> Response:
    """Two versions on one page, for reading and for the browser's own printing."""
    return _paper(studio.against(visit.reader(), visit.actor(), key, before, after))


@blueprint.get("/procedure/<key>/versions/<int:before>/against/<int:after>.pdf")
def against_pdf(key: str, before: int, after: int) -> Response:
    """The same as a PDF; while it is being made, a page that says so and looks again."""
    return _pdf(studio.against(visit.reader(), visit.actor(), key, before, after))


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
    waiting = make_response(render_template("studio/printing.html", back=address(compared, "paper")), 202)
    waiting.headers["Refresh"] = f"{AGAIN}; url={request.full_path.rstrip('?')}"
    return waiting
