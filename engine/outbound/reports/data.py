"""A report as plain data: every table with its columns and rows, texts in both languages, moments in UTC."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from engine.domain.text import Text
from engine.queries.reports import Report
from engine.queries.reports.shown import Cell, Days, Ref, Table


def as_data(report: Report) -> dict[str, Any]:
    """Ready to be written as JSON."""
    return {
        "number": report.number,
        "title": _cell(report.heading),
        "written": [{"title": _cell(label), "text": _cell(words)} for label, words in report.written],
        "figures": [
            {
                "kind": one.kind,
                "from": one.period_start.isoformat(),
                "until": one.period_end.isoformat(),
                "made_at": one.made_at.isoformat(),
                "tables": [_table(table) for table in one.tables],
            }
            for one in report.figures
        ],
    }


def _table(table: Table) -> dict[str, Any]:
    columns = [{"key": column.key, "title": _cell(column.head), "kind": column.kind.value} for column in table.columns]
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    beside = {"note": _cell(table.note), "empty": _cell(table.empty if not table.rows else None)}
    told = {name: words for name, words in beside.items() if words is not None}
    return {"key": table.key, "title": _cell(table.title), "columns": columns, "rows": rows, **told}


def _cell(cell: Cell) -> Any:
    if isinstance(cell, Text):
        return {"zh": cell.zh, "en": cell.en}
    if isinstance(cell, Ref):
        return cell.number
    if isinstance(cell, Days):
        return {"from": cell.start.isoformat(), "until": cell.end.isoformat()}
    if isinstance(cell, datetime):
        return cell.isoformat()
    return str(cell) if isinstance(cell, Decimal) else cell
