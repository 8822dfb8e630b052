"""How many complaints there were, of what kind, and how often somebody had to come back: one statement a table."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from engine.queries.reports.asking import Asked, count_if, within
from engine.storage.tables import case_link, contact, estate, register_entry

#: The register's columns by which complaints are told apart; ``estate`` goes by its name.
COLUMNS = ("severity", "validity", "category", "channel", "department")
_entry = register_entry.c


def totals(asked: Asked) -> dict[str, Any]:
    """Received and closed in the period and in the one before, open at both ends, and how they stood."""
    received, closed = within(_entry.registered_at, asked.period), within(_entry.closed_at, asked.period)
    counted = {
        "received": count_if(received),
        "received_before": count_if(within(_entry.registered_at, asked.before)),
        "closed": count_if(closed),
        "closed_before": count_if(within(_entry.closed_at, asked.before)),
        "open_at_start": count_if(_open_at(asked.period.start)),
        "open_at_end": count_if(_open_at(asked.period.end)),
        "emergencies": count_if(sa.and_(received, _entry.emergency)),
        "reworked": count_if(sa.and_(closed, _entry.round > 1)),
        "passed_on": count_if(sa.and_(closed, _entry.passing_on_count > 0)),
        "passing_on_times": sa.func.coalesce(sa.func.sum(sa.case((closed, _entry.passing_on_count), else_=0)), 0),
        "passing_on_most": sa.func.coalesce(sa.func.max(sa.case((closed, _entry.passing_on_count), else_=0)), 0),
    }
    columns = [column.label(name) for name, column in counted.items()]
    (row,) = asked.rows(sa.select(*columns).where(asked.complaints(), _entry.registered_at < asked.period.end))
    return {name: int(value) for name, value in row._mapping.items()}


def by_column(asked: Asked, name: str) -> list[dict[str, Any]]:
    """The complaints received in the period by one column of the register, the most frequent first."""
    return _grouped(asked, _entry[name], _entry[name], _entry[name])


def by_estate(asked: Asked) -> list[dict[str, Any]]:
    """The complaints received in the period by estate."""
    return _grouped(asked, _entry.estate_id, estate.c.name_zh, estate.c.name_en)


def repeats(asked: Asked) -> dict[str, Any]:
    """Complaints about which somebody came back, or that belong to an earlier one, among those received."""
    came_back = sa.exists().where(contact.c.case_id == _entry.case_id)
    linked = sa.exists().where(case_link.c.case_id == _entry.case_id)
    columns = {"contacts": count_if(came_back), "linked": count_if(linked), "repeated": count_if(sa.or_(came_back, linked))}
    query = sa.select(*(column.label(name) for name, column in columns.items()))
    (row,) = asked.rows(query.where(asked.complaints(), within(_entry.registered_at, asked.period)))
    return {name: int(value) for name, value in row._mapping.items()}


def _open_at(moment: Any) -> sa.ColumnElement[bool]:
    return sa.and_(_entry.registered_at < moment, sa.or_(_entry.closed_at.is_(None), _entry.closed_at >= moment))


def _grouped(asked: Asked, value: Any, zh: Any, en: Any) -> list[dict[str, Any]]:
    received, before = within(_entry.registered_at, asked.period), within(_entry.registered_at, asked.before)
    query = (
        sa.select(
            value.label("value"), sa.func.max(zh).label("zh"), sa.func.max(en).label("en"),
            count_if(received).label("received"), count_if(before).label("before"),
            count_if(within(_entry.closed_at, asked.period)).label("closed"),
            count_if(_open_at(asked.period.end)).label("open"),
        )
        .select_from(register_entry.outerjoin(estate, estate.c.id == _entry.estate_id))
        .where(asked.complaints(), _entry.registered_at < asked.period.end)
        .group_by(value)
    )  # fmt: skip
    rows = [dict(row._mapping) for row in asked.rows(query)]
    told = [row for row in rows if any(row[name] for name in ("received", "before", "closed", "open"))]
    return sorted(told, key=lambda row: (-row["received"], -row["before"], str(row["value"] or "~")))
