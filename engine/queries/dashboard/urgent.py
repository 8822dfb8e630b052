"""Emergencies that are still open, each with the rung on which it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from engine.domain.text import Text
from engine.queries.dashboard.seeing import IS_OPEN, Sight
from engine.queries.dashboard.workload import HELD_BY
from engine.queries.labels import estate_name, role_of
from engine.storage.tables import cases, estate, person, register_entry, work_item

MOST = 20
_entry, _item = register_entry.c, work_item.c
#: As the index of open emergencies has it.
IS_EMERGENCY = sa.and_(_entry.emergency, _entry.status == sa.literal_column("'open'"))


@dataclass(frozen=True, slots=True)
class Emergency:
    """An open emergency; the rung is what is being done now, None when only waiting is left."""

    case_id: str
    number: str
    estate: Text
    registered_at: datetime
    rung: Text | None
    role: Text | None
    holder: str | None
    due_at: datetime | None


def in_sight(sight: Sight) -> ColumnElement[bool]:
    """The open emergencies in sight."""
    return sa.and_(IS_EMERGENCY, sight.estates(_entry.estate_id), sight.cases(_entry.case_id, _entry.estate_id))


def emergencies(sight: Sight) -> tuple[Emergency, ...]:
    """The newest open emergencies in sight."""
    newest = sa.select(_entry.case_id).where(in_sight(sight)).order_by(_entry.registered_at.desc(), _entry.case_id).limit(MOST)
    joined = (
        register_entry.join(cases, cases.c.id == _entry.case_id)
        .outerjoin(estate, estate.c.id == _entry.estate_id)
        .outerjoin(work_item, sa.and_(_item.case_id == _entry.case_id, IS_OPEN))
        .outerjoin(person, person.c.id == HELD_BY)
    )
    columns = (
        _entry.case_id, _entry.number, _entry.registered_at, cases.c.version_id, estate.c.name_zh.label("estate_zh"),
        estate.c.name_en.label("estate_en"), _item.element_id, _item.name_zh, _item.name_en, _item.role, _item.due_at,
        person.c.name.label("holder"),
    )  # fmt: skip
    query = sa.select(*columns).select_from(joined).where(_entry.case_id.in_(newest))
    query = query.order_by(_entry.registered_at.desc(), _entry.case_id, _item.due_at.is_(None), _item.due_at, _item.id)
    rows = sight.reader.connection.execute(query)
    return tuple(_emergency(sight, list(found)) for _, found in groupby(rows, key=lambda row: row.case_id))


def _emergency(sight: Sight, rows: list[Any]) -> Emergency:
    row = next((row for row in rows if _is_rung(sight, row)), rows[0])
    name = Text(row.name_zh, row.name_en) if row.element_id else None
    role = role_of(sight.reader.catalogue, row.version_id, row.role)
    return Emergency(row.case_id, row.number, estate_name(row), row.registered_at, name, role, row.holder, row.due_at)


def _is_rung(sight: Sight, row: Any) -> bool:
    """The ladder counts in minutes in diagrams beside the main one, all else in hours."""
    if not row.element_id or not row.version_id:
        return False
    procedure = sight.reader.catalogue.get(row.version_id).procedure
    element = procedure.elements.get(row.element_id)
    return element is not None and element.process_id != procedure.main
