"""What the ids that stand in values refer to: people, departments, households, rooms, files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.codec import loads
from engine.domain.text import Text
from engine.domain.values import Value
from engine.storage.tables import attachment, department, household, payload, person, unit

if TYPE_CHECKING:
    from engine.queries.reader import Reader

Names = dict[str, Text]


def named(reader: Reader, actor: Actor, pairs: Iterable[tuple[Any, Value]], **more: Iterable[str | None]) -> Names:
    """Names for the references among (field, value) pairs of a case that the actor may read, by id, with one statement.

    ``more`` are ids that stand elsewhere, by kind: ``person``, ``department`` …
    """
    wanted = {kind: {key for key in ids if key} for kind, ids in more.items()}
    for field, value in pairs:
        for reference in _references(value):
            wanted.setdefault(field.type, set()).add(reference)
    asked = [_ASKING[kind](ids) for kind, ids in wanted.items() if ids and kind in _ASKING]
    if not asked:
        return {}
    rows = reader.connection.execute(sa.union_all(*asked) if len(asked) > 1 else asked[0]).all()
    # An estate's own department comes after the company's of the same code, and so its name stands.
    return {row.id: _called(row) for row in sorted(rows, key=lambda row: int(row.rank))}


def _references(value: Value) -> Iterator[str]:
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, str):
            yield entry


def _called(row: Any) -> Text:
    if row.kind == "household":
        label = f"{row.zh} {row.en or ''}".strip()
        return Text(label, label)
    if row.kind == "evidence":
        name = str((loads(row.zh) if row.zh else None) or row.id)
        return Text(name, name)
    return Text(row.zh, row.en)


def _columns(kind: str, key: Any, zh: Any, en: Any, rank: Any = 0) -> tuple[Any, ...]:
    first = sa.literal(kind).label("kind"), key.label("id"), sa.cast(zh, sa.Text).label("zh"), sa.cast(en, sa.Text).label("en")
    return (*first, (sa.literal(rank) if isinstance(rank, int) else rank).label("rank"))


def _people(ids: set[str]) -> sa.Select[Any]:
    return sa.select(*_columns("person", person.c.id, person.c.name, person.c.name)).where(person.c.id.in_(ids))


def _departments(codes: set[str]) -> sa.Select[Any]:
    rank = sa.case((department.c.estate_id.is_(None), 0), else_=1)
    columns = _columns("department", department.c.code, department.c.name_zh, department.c.name_en, rank)
    return sa.select(*columns).where(department.c.code.in_(codes))


def _households(ids: set[str]) -> sa.Select[Any]:
    columns = _columns("household", household.c.id, unit.c.room, household.c.name)
    return sa.select(*columns).join(unit, unit.c.id == household.c.unit_id).where(household.c.id.in_(ids))


def _units(ids: set[str]) -> sa.Select[Any]:
    return sa.select(*_columns("unit", unit.c.id, unit.c.room, unit.c.room)).where(unit.c.id.in_(ids))


def _files(ids: set[str]) -> sa.Select[Any]:
    columns = _columns("evidence", attachment.c.id, payload.c.value, sa.null())
    joined = attachment.outerjoin(payload, payload.c.id == attachment.c.name_payload_id)
    return sa.select(*columns).select_from(joined).where(attachment.c.id.in_(ids))


_ASKING = {"person": _people, "department": _departments, "household": _households, "unit": _units, "evidence": _files}
