"""A document of a case: seen before it is issued, printed, issued under its number, and had again as it was issued."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands.documents import IssueDocument
from engine.domain.values import count_in
from engine.outbound.documents.composing import article_of, html_of
from engine.queries import documents
from engine.queries.case_file import Head
from webforms import refusals, visit
from webforms.blueprints.documents import door
from webforms.blueprints.documents.door import blueprint
from webforms.wording import said, t


@blueprint.get("/cases/<case_id>/documents/<document>")
def page(case_id: str, document: str) -> Response:
    """What the document says now, how to have it, and what was issued of it before."""
    return _page(case_id, document)


@blueprint.get("/cases/<case_id>/documents/<document>/print")
def printed(case_id: str, document: str) -> Response:
    """The draft as a page for the browser's own printing."""
    drawn = documents.drawn(visit.reader(), visit.actor(), case_id, document)
    answer = make_response(html_of(drawn, door.language(), visit.reader().zone, number=None, screen=True))
    answer.headers["Content-Security-Policy"] = door.LOCKED
    return answer


@blueprint.get("/cases/<case_id>/documents/<document>/draft.pdf")
def draft(case_id: str, document: str) -> Response:
    """The draft as a PDF, without a number and marked as what it is."""
    zone, drawn = visit.reader().zone, documents.drawn(visit.reader(), visit.actor(), case_id, document)
    visit.close_reader()
    content = visit.application().lay_out(html_of(drawn, door.language(), zone, number=None))
    return door.pdf(content, f"{drawn.document.title.in_language(door.language())} {drawn.case.number}", shown=True)


@blueprint.post("/cases/<case_id>/documents/<document>/issue")
def issue(case_id: str, document: str) -> Response:
    """Give it its number; what cannot be issued is shown again with the reason."""
    command = IssueDocument(case_id, document, door.language(), count_in(request.form.get("ordinal", "")) or 0)
    try:
        receipt = visit.execute(command)
    except (errors.InvalidState, errors.Conflict, errors.Forbidden, errors.Unavailable) as refusal:
        return _page(case_id, document, refusal, refusals.status_of(refusal))
    flash(said(receipt.said), "success")
    return redirect(url_for("documents.page", case_id=case_id, document=document, language=door.language()), 303)


@blueprint.get("/cases/<case_id>/issued/<document_id>.pdf")
def issued(case_id: str, document_id: str) -> Response:
    """A document as it was issued, byte for byte."""
    found, content = documents.content(visit.reader(), visit.actor(), case_id, document_id)
    return door.pdf(content, f"{found.title.in_language(found.language)} {found.number}")


def _page(case_id: str, document: str, refusal: errors.EngineError | None = None, status: int = 200) -> Response:
    reader, actor = visit.reader(), visit.actor()
    drawn = documents.drawn(reader, actor, case_id, document)
    before = [one for one in documents.issued_of(reader, actor, drawn.case) if one.kind == document]
    allowed = documents.may_issue(actor, drawn.document, drawn.case)
    article = article_of(drawn, door.language(), reader.zone)
    issuers = [_role(drawn.case, role) for role in drawn.document.roles]
    chosen = {"languages": door.LANGUAGES, "issuers": (", " if visit.language() == "en" else "、").join(issuers)}
    more = {"paper": door.language(), "before": before, "may_issue": allowed, "article": article, "refusal": refusal}
    return make_response(render_template("documents/page.html", drawn=drawn, case=drawn.case, **chosen, **more), status)


def _role(case: Head, key: str) -> str:
    role = case.procedure.roles.get(key)
    return said(role.label) if role else t("paper.any_role")
