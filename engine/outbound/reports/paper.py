"""A report on paper: its words, its tables, its charts drawn, and who received it."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from markupsafe import Markup

from engine.domain.text import Text
from engine.outbound.documents.environment import day_text, moment_text, render
from engine.outbound.documents.pdf import STYLE, to_pdf
from engine.outbound.reports.cells import days_text, written
from engine.outbound.reports.drawing import drawn
from engine.queries.reports import Figures, Report
from engine.queries.reports.shown import Cell, Chart, Column, Days, Kind, Table

#: In half the width of a Chinese sign: what a column needs beside its words, and what is broken into lines.
_PADDING, _BROADEST = 3, 64
_NARROW = 0x2E7F
_WORDS = {
    "as_of": Text("数字取于", "Figures as of"),
    "then": Text(
        "类别、等级按取数时的登记；以后的更正不改变这份报告。",
        "Categories and severities are as they stood then; later corrections do not change this report.",
    ),
    "none": Text("没有。", "None."),
    "receipts": Text("送达", "Handed to"),
    "recipient": Text("收件人", "Recipient"),
    "person": Text("经手人", "By"),
    "sent": Text("送达时间", "Sent"),
    "received": Text("签收", "Received"),
    "by_hand": Text("书面送达", "on paper"),
    "not_received": Text("未签收", "not yet confirmed"),
    "written": Text("评估与分析", "Evaluation and analysis"),
}


def as_pdf(report: Report, language: str, zone: ZoneInfo) -> bytes:
    """The report as A4 pages."""
    return to_pdf(as_html(report, language, zone), base_css=STYLE)


def as_html(report: Report, language: str, zone: ZoneInfo) -> str:
    """The same before it becomes a PDF."""

    def cell(value: Cell, kind: Kind) -> str:
        return written(value, kind, language, zone)

    def period(figures: Figures) -> str:
        return days_text(Days(figures.period_start, figures.period_end), language, zone)

    def chart(found: Chart) -> Markup:
        return drawn(found, language, zone)

    values = {
        "report": report,
        "cell": cell,
        "period": period,
        "chart": chart,
        "widths": lambda table: widths(table, language, zone),
        "as_of": _as_of(report.figures[0], language, zone) if report.figures else "",
        "said": lambda one: one if isinstance(one, str) else one.in_language(language),
    }
    return render(
        "report.html", language, zone, {**values, "words": {key: text.in_language(language) for key, text in _WORDS.items()}}
    )


def _as_of(figures: Figures, language: str, zone: ZoneInfo) -> str:
    """When they were drawn up; of what is counted whenever it is asked for the day, so that one paper is laid out once."""
    made_at = figures.made_at
    return day_text(made_at.astimezone(zone).date(), language) if figures.is_gathered else moment_text(made_at, language, zone)


def widths(table: Table, language: str, zone: ZoneInfo) -> list[str]:
    """The share of the page that each column gets, by its longest words; long ones may break, short ones need not."""
    cells = zip(*table.rows, strict=True)
    parts = [_width(column, some, language, zone) for column, some in zip(table.columns, cells, strict=True)]
    return [f"{100 * part // sum(parts)}%" for part in parts]


def _width(column: Column, cells: Sequence[Cell], language: str, zone: ZoneInfo) -> int:
    words = {column.head.in_language(language), *(written(cell, column.kind, language, zone) for cell in cells)}
    longest = max(sum(2 if ord(sign) > _NARROW else 1 for sign in one) for one in words)
    return _PADDING + min(longest, _BROADEST)
