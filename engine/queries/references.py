"""What the ids that stand in values refer to: people, departments, households, rooms, files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.domain.values import Value
from engine.storage.payloads import read
from engine.storage.tables import attachment, department, household, person, unit

if TYPE_CHECKING:
    from engine.queries.reader import Reader

Names = dict[str, Text]


def named(reader: Reader, actor: Actor, pairs: Iterable[tuple[Any, Value]]) -> Names:
    """Names for the references among (field, value) pairs of a case that the actor may read, by id; one statement a kind."""
    wanted: dict[str, set[str]] = {}
    for field, value in pairs:
        for reference in _references(value):
            wanted.setdefault(field.type, set()).add(reference)
    found: Names = {}
    for kind, ids in wanted.items():
        if kind in _NAMERS:
            found.update(_NAMERS[kind](reader, ids))
    return found


def _references(value: Value) -> Iterator[str]:
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, str):
            yield entry


def _people(reader: Reader, ids: set[str]) -> Names:
    query = sa.select(person.c.id, person.c.name).where(person.c.id.in_(ids))
    return {row.id: Text(row.name, row.name) for row in reader.connection.execute(query)}


def _departments(reader: Reader, codes: set[str]) -> Names:
    query = sa.select(department).where(department.c.code.in_(codes)).order_by(department.c.estate_id.is_not(None))
    return {row.code: Text(row.name_zh, row.name_en) for row in reader.connection.execute(query)}


def _households(reader: Reader, ids: set[str]) -> Names:
    joined = household.join(unit, unit.c.id == household.c.unit_id)
    query = sa.select(household.c.id, household.c.name, unit.c.room).select_from(joined).where(household.c.id.in_(ids))
    labels = ((row.id, f"{row.room} {row.name or ''}".strip()) for row in reader.connection.execute(query))
    return {found: Text(label, label) for found, label in labels}


def _units(reader: Reader, ids: set[str]) -> Names:
    query = sa.select(unit.c.id, unit.c.room).where(unit.c.id.in_(ids))
    return {row.id: Text(row.room, row.room) for row in reader.connection.execute(query)}


def _files(reader: Reader, ids: set[str]) -> Names:
    query = sa.select(attachment.c.id, attachment.c.name_payload_id).where(attachment.c.id.in_(ids))
    rows = reader.connection.execute(query).all()
    labels = read(reader.connection, [row.name_payload_id for row in rows])
    return {
        row.id: Text(str(labels.get(row.name_payload_id) or row.id), str(labels.get(row.name_payload_id) or row.id))
        for row in rows
    }


_NAMERS = {"person": _people, "department": _departments, "household": _households, "unit": _units, "evidence": _files}
