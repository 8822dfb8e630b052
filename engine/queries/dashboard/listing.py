"""The exact lists behind the numbers of the board: a number and its list are made by the same condition."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.queries.dashboard import expecting
from engine.queries.dashboard.burning import sight_of
from engine.queries.dashboard.expecting import Expected
from engine.queries.dashboard.seeing import IS_OPEN, SOON, Sight
from engine.queries.dashboard.workload import HELD_BY
from engine.queries.labels import Severity, estate_name, personal_columns, role_of, severity_of
from engine.storage.tables import cases, estate, person, register_entry, work_item

if TYPE_CHECKING:
    from engine.queries.reader import Reader

LATE, DUE_SOON, UNASSIGNED, ALL = "late", "soon", "unassigned", "all"
TASKS = (LATE, DUE_SOON, UNASSIGNED, ALL)
BREACHED, EXPECTED = "breached", "expected"
LIMITS = (BREACHED, EXPECTED)
PAGE = 50
#: In place of a department's code: tasks that belong to none.
NO_DEPARTMENT = "-"
_item, _entry = work_item.c, register_entry.c


@dataclass(frozen=True, slots=True)
class TaskFilters:
    """What narrows a list of open tasks beside its kind; pages count from 1."""

    estate_id: str | None = None
    person_id: str | None = None
    department: str | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One open task."""

    item_id: str
    case_id: str
    number: str
    name: Text
    estate: Text
    severity: Severity | None
    emergency: bool
    due_at: datetime | None
    warn_at: datetime | None
    opened_at: datetime
    holder: str | None
    role: Text | None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class TaskRows:
    """A page of a list, and how many rows there are in all."""

    rows: tuple[TaskRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class LimitRows:
    """A page of limits, and how many there are in all; ``until`` is the end of the time looked ahead."""

    rows: tuple[Expected, ...]
    total: int
    until: datetime


def tasks(reader: Reader, actor: Actor, which: str, filters: TaskFilters) -> TaskRows:
    """The open tasks of one kind that the actor oversees, the nearest deadline first."""
    sight = sight_of(reader, actor, filters.estate_id)
    where = sa.and_(IS_OPEN, sight.tasks(), *_narrowed(sight, which, filters))
    total = reader.connection.execute(sa.select(sa.func.count()).select_from(work_item).where(where)).scalar_one()
    order = (_item.due_at.is_(None), _item.due_at, _item.id)
    chosen = sa.select(_item.id).where(where).order_by(*order).limit(PAGE).offset((filters.page - 1) * PAGE)
    joined = (
        work_item.join(register_entry, _entry.case_id == _item.case_id)
        .join(cases, cases.c.id == _item.case_id)
        .outerjoin(estate, estate.c.id == _item.estate_id)
        .outerjoin(person, person.c.id == HELD_BY)
    )
    columns = (
        work_item, _entry.number, _entry.severity.label("grade"), _entry.emergency.label("urgent"), cases.c.version_id,
        person.c.name.label("holder"), estate.c.name_zh.label("estate_zh"), estate.c.name_en.label("estate_en"),
    )  # fmt: skip
    query = sa.select(*columns).select_from(joined).where(_item.id.in_(chosen)).order_by(*order)
    found = reader.connection.execute(query).all()
    words = personal_columns(reader, actor, {row.case_id: row.version_id for row in found}, ("subject",))
    rows = (replace(_row(reader, row), subject=words.get(row.case_id, {}).get("subject")) for row in found)
    return TaskRows(tuple(rows), total)


def limits(reader: Reader, actor: Actor, which: str, estate_id: str | None, page: int) -> LimitRows:
    """The limits broken today, or those that will fall due in the next working days."""
    sight = sight_of(reader, actor, estate_id)
    until = expecting.horizon(sight)
    where = expecting.breached_today(sight) if which == BREACHED else expecting.falling_due(sight, until)
    total = reader.connection.execute(sa.select(expecting.counted(where))).scalar_one()
    found = expecting.rows(sight, where, PAGE, (page - 1) * PAGE)
    return LimitRows(expecting.told(sight, found), total, until)


def _narrowed(sight: Sight, which: str, filters: TaskFilters) -> list[ColumnElement[bool]]:
    now = sight.reader.now
    kinds = {
        LATE: _item.due_at < now,
        DUE_SOON: sa.and_(_item.due_at >= now, _item.due_at < now + SOON),
        UNASSIGNED: HELD_BY.is_(None),
        ALL: sa.true(),
    }
    narrowed = [kinds[which]]
    if filters.person_id:
        theirs = sight.oversees or filters.person_id == sight.actor.person_id
        narrowed.append(HELD_BY.in_((filters.person_id,)) if theirs else sa.false())
    if filters.department:
        none = filters.department == NO_DEPARTMENT
        narrowed.append(_item.department.is_(None) if none else _item.department == filters.department)
    return narrowed


def _row(reader: Reader, row: Any) -> TaskRow:
    return TaskRow(
        item_id=row.id,
        case_id=row.case_id,
        number=row.number,
        name=Text(row.name_zh, row.name_en),
        estate=estate_name(row),
        severity=severity_of(reader.catalogue, row.version_id, row.grade),
        emergency=row.urgent,
        due_at=row.due_at,
        warn_at=row.warn_at,
        opened_at=row.opened_at,
        holder=row.holder,
        role=role_of(reader.catalogue, row.version_id, row.role),
    )
