"""A version of a procedure as a document: to be read and printed in the browser, and as a PDF once that is made."""

from __future__ import annotations

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from engine.outbound.documents.rulebook import number_of, rulebook_html
from engine.queries import documents
from webforms import visit
from webforms.blueprints.documents import door
from webforms.blueprints.documents.door import blueprint

#: After how many seconds the page looks again whether the PDF is there.
AGAIN = 3


@blueprint.get("/procedure/<key>/versions/<int:number>/document")
def rulebook(key: str, number: int) -> Response:
    """The whole version on one page, for reading and for the browser's own printing."""
    rules = documents.rules(visit.reader(), visit.actor(), key, number)
    answer = make_response(rulebook_html(rules, door.language(), visit.reader().zone, screen=True))
    answer.headers["Content-Security-Policy"] = door.LOCKED
    return answer


@blueprint.get("/procedure/<key>/versions/<int:number>/document.pdf")
def rulebook_pdf(key: str, number: int) -> Response:
    """The PDF; while it is being made, a page that says so and looks again."""
    rules = documents.rules(visit.reader(), visit.actor(), key, number)
    html = rulebook_html(rules, door.language(), visit.reader().zone)
    visit.close_reader()
    content = visit.application().press.printed(html)
    if content is not None:
        return door.pdf(content, f"{rules.title.in_language(door.language())} {number_of(rules)}")
    waiting = make_response(render_template("documents/making.html", rules=rules, paper=door.language()), 202)
    waiting.headers["Refresh"] = f"{AGAIN}; url={request.full_path.rstrip('?')}"
    return waiting
