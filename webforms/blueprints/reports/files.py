"""Reports to take away: as PDF and as a workbook, the public version as PDF."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response

from engine.outbound import reports as outbound
from engine.queries import reports
from webforms import visit
from webforms.blueprints.reports.door import blueprint

PDF = "application/pdf"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/reports/<case_id>/report.pdf")
def pdf(case_id: str) -> Response:
    """The whole report on paper."""
    report = reports.of_case(visit.reader(), visit.actor(), case_id)
    return taken_away(outbound.as_pdf(report, visit.language(), visit.reader().zone), PDF, f"{report.number}.pdf")


@blueprint.get("/reports/<case_id>/report.xlsx")
def workbook(case_id: str) -> Response:
    """Every table as a sheet."""
    report = reports.of_case(visit.reader(), visit.actor(), case_id)
    made = outbound.as_workbook(report, visit.language(), visit.reader().zone, visit.now())
    return taken_away(made, EXCEL, f"{report.number}.xlsx")


@blueprint.get("/reports/<case_id>/public.pdf")
def bulletin(case_id: str) -> Response:
    """The version that may be put up, on paper."""
    report = reports.public(visit.reader(), visit.actor(), case_id)
    return taken_away(outbound.as_pdf(report, visit.language(), visit.reader().zone), PDF, f"{report.number}-public.pdf")


def taken_away(made: bytes, media_type: str, name: str, *, shown: bool = False) -> Response:
    """Bytes as a file to save, or to be shown in the browser."""
    response = Response(made, mimetype=media_type)
    response.headers["Content-Disposition"] = f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(name)}"
    return response
