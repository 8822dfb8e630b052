"""The emergency of a case: who is on duty with which telephone, and the task that is waiting now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import NotFound
from engine.queries import scope
from engine.storage.tables import cases, duty, person, register_entry, work_item

if TYPE_CHECKING:
    from engine.queries.reader import Reader

NO_SUCH_CASE = Text("没有这件投诉，或者它不归您看。", "There is no such case, or it is not yours to see.")


@dataclass(frozen=True, slots=True)
class Rung:
    """A person on duty; ``is_now`` marks the role whose task is open, with its deadline, ``is_reader`` the one who reads."""

    role: Text
    person: str
    phone: str
    is_now: bool
    is_reader: bool
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Ladder:
    """The people on duty in order, and the open task of the ladder; None when nothing of it is open."""

    case_id: str
    number: str
    emergency: bool
    rungs: tuple[Rung, ...]
    item_id: str | None


def ladder(reader: Reader, actor: Actor, case_id: str) -> Ladder:
    """The ladder of an emergency that the actor may read."""
    entry = register_entry.c
    query = sa.select(register_entry, cases.c.version_id).join(cases, cases.c.id == entry.case_id).where(entry.case_id == case_id)
    found = reader.connection.execute(
        query.where(scope.may_read_case(actor, entry.case_id, entry.estate_id, entry.department))
    ).first()
    if found is None:
        raise NotFound(NO_SUCH_CASE)
    if found.version_id is None:
        return Ladder(case_id, found.number, found.emergency, (), None)
    procedure = reader.catalogue.get(found.version_id).procedure
    waiting = _waiting(reader, case_id, procedure)
    return Ladder(
        case_id,
        found.number,
        found.emergency,
        _rungs(reader, actor, found.estate_id, waiting, procedure),
        waiting.id if waiting else None,
    )


def _waiting(reader: Reader, case_id: str, procedure: Any) -> Any:
    """The open task with the nearest deadline outside the main diagram: the ladder counts in minutes, all else in hours."""
    query = sa.select(work_item).where(work_item.c.case_id == case_id, work_item.c.status == "open")
    rows = reader.connection.execute(query.order_by(work_item.c.due_at.is_(None), work_item.c.due_at, work_item.c.id)).all()
    return next((row for row in rows if procedure.element(row.element_id).process_id != procedure.main), None)


def _rungs(reader: Reader, actor: Actor, estate_id: str, waiting: Any, procedure: Any) -> tuple[Rung, ...]:
    query = (
        sa.select(duty, person.c.name)
        .join(person, person.c.id == duty.c.person_id)
        .where(duty.c.estate_id == estate_id, duty.c.starts_at <= reader.now, duty.c.ends_at > reader.now)
        .order_by(duty.c.position, duty.c.id)
    )
    return tuple(_rung(row, waiting, procedure, actor) for row in reader.connection.execute(query))


def _rung(row: Any, waiting: Any, procedure: Any, actor: Actor) -> Rung:
    role = procedure.roles[row.role].label if row.role in procedure.roles else Text(row.role, row.role)
    is_now = waiting is not None and waiting.role == row.role
    return Rung(role, row.name, row.phone, is_now, row.person_id == actor.person_id, waiting.due_at if is_now else None)
