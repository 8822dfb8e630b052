"""The pack of a review: as a page, on paper, as a workbook and as data."""

from __future__ import annotations

from flask import Response, jsonify, make_response, render_template, request

from engine.outbound import reports as outbound
from engine.queries.reports import Report, reviewing
from webforms import visit
from webforms.blueprints.reports.door import blueprint
from webforms.blueprints.reports.files import EXCEL, PDF, taken_away

#: After how many seconds the page looks again whether the PDF is there.
AGAIN = 3


@blueprint.get("/reviews/<case_id>/pack")
def pack(case_id: str) -> str:
    """Everything that the review decides by, on one page."""
    found = _pack(case_id)
    return render_template("reports/pack.html", report=found, review=reviewing.of_case(visit.reader(), visit.actor(), case_id))


@blueprint.get("/reviews/<case_id>/pack.pdf")
def pack_pdf(case_id: str) -> Response:
    """The same on paper; while it is laid out, a page that says so and looks again."""
    found = _pack(case_id)
    html = outbound.as_html(found, visit.language(), visit.reader().zone)
    visit.close_reader()
    content = visit.application().press.printed(html)
    if content is not None:
        return taken_away(content, PDF, f"{found.number}-pack.pdf", shown=True)
    waiting = make_response(render_template("reports/making.html", report=found), 202)
    waiting.headers["Refresh"] = f"{AGAIN}; url={request.full_path.rstrip('?')}"
    return waiting


@blueprint.get("/reviews/<case_id>/pack.xlsx")
def pack_workbook(case_id: str) -> Response:
    """Every table as a sheet."""
    found = _pack(case_id)
    made = outbound.as_workbook(found, visit.language(), visit.reader().zone, visit.now())
    return taken_away(made, EXCEL, f"{found.number}-pack.xlsx")


@blueprint.get("/reviews/<case_id>/pack.json")
def pack_data(case_id: str) -> Response:
    """Every table as data, in both languages."""
    return jsonify(outbound.as_data(_pack(case_id)))


def _pack(case_id: str) -> Report:
    return reviewing.pack(visit.reader(), visit.actor(), case_id)
