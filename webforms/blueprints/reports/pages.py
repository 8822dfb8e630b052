"""Reports, reviews and sealings: what was drawn up of a period, who has it, and where one begins by hand."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands import schedules
from engine.queries import procedure, reports
from webforms import visit
from webforms.blueprints.reports.door import blueprint
from webforms.wording import said, t


@blueprint.get("/reports")
def home() -> str:
    """What there is, what waits to be confirmed, and what can be begun."""
    reader, actor = visit.reader(), visit.actor()
    versions = procedure.in_force(reader, actor)
    begins = [(version.procedure, reports.startable(reader, actor, version.procedure.key)) for version in versions]
    return render_template("reports/list.html", listed=reports.recent(reader, actor), begins=[pair for pair in begins if pair[1]])


@blueprint.get("/reports/<case_id>")
def page(case_id: str) -> str:
    """The figures as they stood when they were drawn up, and the receipts."""
    return render_template("reports/page.html", report=reports.of_case(visit.reader(), visit.actor(), case_id))


@blueprint.get("/reports/<case_id>/public")
def published(case_id: str) -> str:
    """The figures as they may be put up: counts below five left out."""
    return render_template("reports/public.html", report=reports.public(visit.reader(), visit.actor(), case_id))


@blueprint.post("/reports/start/<procedure_key>/<element_id>")
def start(procedure_key: str, element_id: str) -> Response:
    """Begin one by hand, about the period that ended last."""
    receipt = visit.execute(schedules.StartProcedure(procedure_key, element_id, request.form.get("estate") or None))
    flash(said(receipt.said), "success")
    return redirect(url_for("case_file.overview", case_id=receipt.case_id), 303)


@blueprint.post("/reports/<case_id>/receipts/<receipt_id>")
def receive(case_id: str, receipt_id: str) -> Response:
    """Confirm that a report has come."""
    visit.execute(schedules.ConfirmReceipt(receipt_id))
    flash(t("reports.confirmed"), "success")
    return redirect(url_for("reports.page", case_id=case_id), 303)
