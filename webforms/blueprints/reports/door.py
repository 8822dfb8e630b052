"""What the pages of reports share: their blueprint, and how cells and charts are written on a page."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

from flask import Blueprint, make_response, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from engine.domain.codec import number_text
from engine.outbound import reports as outbound
from engine.outbound.reports.cells import short_days, written
from engine.queries.reports.shown import Cell, Chart, Days, Kind
from webforms import visit
from webforms.taking import text

blueprint = Blueprint("reports", __name__)


@blueprint.app_template_filter("cell")
def cell(value: Cell, kind: Kind) -> str:
    """A cell of a table of figures in the reader's language."""
    return written(value, kind, visit.language(), visit.reader().zone)


@blueprint.app_template_filter("drawn")
def drawn(chart: Chart) -> Markup:
    """The chart as it stands on the page until a script draws it, and where there is none."""
    return outbound.drawn(chart, visit.language(), visit.reader().zone)


@blueprint.app_template_filter("chart_height")
def chart_height(chart: Chart) -> int:
    """How much room the chart takes, so that nothing moves when it is drawn anew."""
    return outbound.height(chart)


@blueprint.app_template_filter("chart_data")
def chart_data(chart: Chart) -> str:
    """The same for the script: numbers as text, so that none is changed on the way."""
    series = [
        {"label": _said(one.label), "tone": one.tone, "values": [_number(value) for value in one.values]} for one in chart.series
    ]
    return json.dumps({"shape": chart.shape, "labels": [_said(label) for label in chart.labels], "series": series})


@blueprint.app_template_filter("local_day")
def local_day(moment: datetime, is_end: bool = False) -> str:
    """The local day of a moment as a date field has it; of the end of a period, the last day within."""
    return (moment - timedelta(microseconds=int(is_end))).astimezone(visit.reader().zone).date().isoformat()


def _number(value: Any) -> str | None:
    return None if value is None else number_text(value)


def _said(label: Cell) -> str:
    if isinstance(label, Days):
        return short_days(label, visit.language(), visit.reader().zone)
    return written(label, Kind.TEXT, visit.language(), visit.reader().zone)


def typed_day(name: str) -> date | None:
    """A date that was posted; None when it is none, which the command answers for."""
    try:
        return date.fromisoformat(text(name))
    except ValueError:
        return None


def shown(template: str, faults: dict[str, Any] | None = None, status: int = 200, **more: Any) -> Response:
    """A page with a form; with faults, what was typed stands in it again."""
    kept = request.form if faults else None
    return make_response(render_template(f"reports/{template}.html", faults=faults or {}, typed=kept, **more), status)
