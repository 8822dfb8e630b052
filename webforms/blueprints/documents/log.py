"""The log of issue: every document given out, by estate and year."""

from __future__ import annotations

from flask import render_template, request

from engine.domain.values import count_in
from engine.queries import documents
from webforms import visit
from webforms.blueprints.documents.door import blueprint


@blueprint.get("/documents")
def log() -> str:
    """What was issued of the cases that the reader may see, newest first."""
    estate_id, year = request.args.get("estate") or None, count_in(request.args.get("year", ""))
    year = year if year is not None and 1 < year < 9999 else None
    page = count_in(request.args.get("page", "")) or 1
    found = documents.issue_log(visit.reader(), visit.actor(), estate_id, year, page)
    return render_template("documents/log.html", log=found, estate_id=estate_id, year=year)
