"""What the pages of reports share: their blueprint, and how cells and charts are written on a page."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint
from markupsafe import Markup

from engine.domain.codec import number_text
from engine.outbound import reports as outbound
from engine.outbound.reports.cells import short_days, written
from engine.queries.reports.shown import Cell, Chart, Days, Kind
from webforms import visit

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


def _number(value: Any) -> str | None:
    return None if value is None else number_text(value)


def _said(label: Cell) -> str:
    if isinstance(label, Days):
        return short_days(label, visit.language(), visit.reader().zone)
    return written(label, Kind.TEXT, visit.language(), visit.reader().zone)
