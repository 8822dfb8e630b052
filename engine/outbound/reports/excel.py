"""A report as a workbook: one sheet a table, numbers as numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from engine.domain.text import Text
from engine.outbound import sheets
from engine.outbound.reports.cells import NOT_SHOWN, days_text, written
from engine.queries.reports import Figures, Report
from engine.queries.reports.shown import Cell, Days, Kind, Ref, Table

_KINDS = {
    Kind.COUNT: sheets.Kind.NUMBER,
    Kind.CHANGE: sheets.Kind.NUMBER,
    Kind.HOURS: sheets.Kind.NUMBER,
    Kind.SHARE: sheets.Kind.PERCENT,
    Kind.MOMENT: sheets.Kind.MOMENT,
}
_WIDTHS = {Kind.TEXT: 34, Kind.CASE: 20, Kind.PERIOD: 36, Kind.MOMENT: 18}
_LONGEST_TITLE = 28
_AS_OF = Text("数字取于", "Figures as of")


def as_workbook(report: Report, language: str, zone: ZoneInfo, made_at: datetime) -> bytes:
    """All tables of the report; empty ones too, so that nobody looks for a sheet in vain."""
    listed = [(figures, table) for figures in report.figures for table in figures.tables]
    listed += [(report.figures[0], report.plans)] if report.plans and report.figures else []
    names = _names([table.title.in_language(language) for _, table in listed])
    made = [_sheet(report, figures, table, name, language, zone) for (figures, table), name in zip(listed, names, strict=True)]
    return sheets.workbook(made, zone=zone, made_at=made_at)


def _names(titles: Sequence[str]) -> Iterator[str]:
    """Titles that a workbook takes: short, and no two alike."""
    used: set[str] = set()
    for title in titles:
        name, number = title[:_LONGEST_TITLE], 1
        while name.lower() in used:
            number += 1
            name = f"{title[: _LONGEST_TITLE - 3]} {number}"
        used.add(name.lower())
        yield name


def _sheet(report: Report, figures: Figures, table: Table, name: str, language: str, zone: ZoneInfo) -> sheets.Sheet:
    period = days_text(Days(figures.period_start, figures.period_end), language, zone)
    as_of = f"{_AS_OF.in_language(language)} {written(figures.made_at, Kind.MOMENT, language, zone)}"
    above: tuple[str, ...] = (
        f"{report.heading.in_language(language)} {report.number} · {report.estate.in_language(language)}",
        f"{period} · {as_of}",
    )
    beside = table.note if table.rows else table.empty
    if beside is not None:
        above = (*above, beside.in_language(language))
    columns = [
        sheets.Column(column.head.in_language(language), _KINDS.get(column.kind, sheets.Kind.TEXT), _WIDTHS.get(column.kind, 12))
        for column in table.columns
    ]
    rows = [
        [_cell(cell, column.kind, language, zone) for cell, column in zip(row, table.columns, strict=True)] for row in table.rows
    ]
    return sheets.Sheet(name, columns, rows, above=above)


def _cell(cell: Cell, kind: Kind, language: str, zone: ZoneInfo) -> Any:
    if cell is None:
        return NOT_SHOWN.in_language(language) if kind is Kind.COUNT else None
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, Text | Ref | Days | str):
        return written(cell, kind, language, zone)
    return Decimal(cell) / 100 if kind is Kind.SHARE else Decimal(cell)
