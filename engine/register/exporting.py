"""The register as a table: one row a complaint, in the order of its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine.storage.tables import building, estate, household, person, register_entry, unit

# No complainant's name, telephone, address or words; the dwelling and the colleague who registered are what is personal in it.
COLUMNS = {
    "number": register_entry.c.number,
    "estate": estate.c.code,
    "procedure": register_entry.c.procedure_key,
    "series": register_entry.c.series,
    "status": register_entry.c.status,
    "severity": register_entry.c.severity,
    "validity": register_entry.c.validity,
    "category": register_entry.c.category,
    "channel": register_entry.c.channel,
    "department": register_entry.c.department,
    "outcome": register_entry.c.outcome,
    "emergency": register_entry.c.emergency,
    "building": building.c.name,
    "room": unit.c.room,
    "heard_at": register_entry.c.heard_at,
    "registered_at": register_entry.c.registered_at,
    "closed_at": register_entry.c.closed_at,
    "rounds": register_entry.c.round,
    "contacts": register_entry.c.contact_count,
    "passed_on": register_entry.c.passing_on_count,
    "breaches": register_entry.c.breach_count,
    "registered_by": person.c.login,
    "source_key": register_entry.c.source_key,
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export_rows(connection: Connection, zone: tzinfo, year: int | None = None) -> Iterator[list[str]]:
    """The cells of every complaint, of one year of numbers or of all; moments are local with their offset."""
    joined = (
        register_entry.outerjoin(estate, estate.c.id == register_entry.c.estate_id)
        .outerjoin(household, household.c.id == register_entry.c.household_id)
        .outerjoin(unit, unit.c.id == household.c.unit_id)
        .outerjoin(building, building.c.id == unit.c.building_id)
        .outerjoin(person, person.c.id == register_entry.c.registered_by)
    )
    order = (register_entry.c.estate_id, register_entry.c.series, register_entry.c.year, register_entry.c.serial)
    query = sa.select(*(column.label(name) for name, column in COLUMNS.items())).select_from(joined).order_by(*order)
    if year is not None:
        query = query.where(register_entry.c.year == year)
    for row in connection.execute(query, execution_options={"yield_per": 500}):
        yield [_cell(value, zone) for value in row]


def _cell(value: Any, zone: tzinfo) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat(sep=" ", timespec="seconds")
    text = str(value)
    # A spreadsheet takes a text that begins so for a formula.
    return f"'{text}" if text.startswith(_FORMULA) else text
