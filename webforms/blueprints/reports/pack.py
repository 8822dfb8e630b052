"""The pack of a review: as a page, on paper, as a workbook and as data."""

from __future__ import annotations

from flask import Response, jsonify, render_template

from engine.outbound import reports as outbound
from engine.queries.reports import Report, reviewing
from webforms import visit
from webforms.blueprints.reports.door import blueprint
from webforms.blueprints.reports.files import EXCEL, PDF, taken_away


@blueprint.get("/reviews/<case_id>/pack")
def pack(case_id: str) -> str:
    """Everything that the review decides by, on one page."""
    return render_template("reports/pack.html", report=_pack(case_id))


@blueprint.get("/reviews/<case_id>/pack.pdf")
def pack_pdf(case_id: str) -> Response:
    """The same on paper."""
    found = _pack(case_id)
    return taken_away(outbound.as_pdf(found, visit.language(), visit.reader().zone), PDF, f"{found.number}-pack.pdf")


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
