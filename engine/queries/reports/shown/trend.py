"""How the same figures stood in the reports before."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.codec import loads
from engine.queries.reports.shown import words as w
from engine.queries.reports.shown.shape import Days, Table
from engine.storage.tables import register_entry, report

if TYPE_CHECKING:
    from engine.queries.reader import Reader

MOST = 12
#: The kinds of figures that are told period by period.
WITH_TOTALS = ("statistics", "check")
_NAMES = {"received": w.RECEIVED_COUNT, "closed": w.CLOSED_COUNT, "open_at_end": w.OPEN_COUNT}
#: Months and quarters are not all as long.
_ABOUT = timedelta(days=4)


def trend(reader: Reader, actor: Actor, case_id: str, kind: str, period: tuple[datetime, datetime]) -> Table | None:
    """The totals of this report and of those before it about periods as long, the oldest first; None without one before.

    Whoever may read a report may read what the earlier ones of the same estate counted: totals alone, without cases or names.
    """
    start, end = period
    mine = sa.select(register_entry.c.estate_id).where(register_entry.c.case_id == case_id).scalar_subquery()
    earlier = (report.c.kind == kind, report.c.estate_id == mine, report.c.period_end <= end)
    query = sa.select(report.c.period_start, report.c.period_end, report.c.figures).where(*earlier)
    rows = reader.connection.execute(query.order_by(report.c.period_end.desc(), report.c.made_at.desc()).limit(5 * MOST))
    alike: dict[Any, Any] = {}
    for row in rows:
        if abs((row.period_end - row.period_start) - (end - start)) <= _ABOUT:
            alike.setdefault(row.period_end, row)
    found = sorted(alike.values(), key=lambda row: row.period_end)[-MOST:]
    if len(found) < 2 or kind not in WITH_TOTALS:
        return None
    told: list[tuple[Days, dict[str, Any]]] = [
        (Days(row.period_start, row.period_end), loads(row.figures).get("totals") or {}) for row in found
    ]
    cells = tuple((days, *(totals.get(name) for name in _NAMES)) for days, totals in told)
    return Table("trend", w.TREND, (w.PERIOD, *_NAMES.values()), cells)
