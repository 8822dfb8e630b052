"""Cases that have to do with this one: linked by somebody, or of the same household."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.queries import scope
from engine.queries.case_file.head import Head
from engine.queries.labels import Severity, severity_of
from engine.storage.payloads import latest
from engine.storage.tables import case_link, cases, register_entry

if TYPE_CHECKING:
    from engine.queries.reader import Reader

MOST = 50


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another case that the actor may read too."""

    case_id: str
    number: str
    status: str
    severity: Severity | None
    registered_at: datetime
    subject: str | None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Linked cases, others of the household, and how many linked ones the actor may not see.

    ``event`` holds the other cases of the event that this one is part of, or leads; ``lead`` is the number of the one that leads.
    """

    linked: tuple[Neighbour, ...]
    household: tuple[Neighbour, ...]
    hidden: int
    event: tuple[Neighbour, ...] = ()
    lead: str | None = None


def neighbours(reader: Reader, actor: Actor, case: Head) -> Neighbours:
    """The neighbours of a case that the actor was shown, newest first."""
    entry = register_entry.c
    others = sa.select(case_link.c.other_id).where(case_link.c.case_id == case.case_id)
    linked = _read(reader, actor, case, entry.case_id.in_(others))
    lead = reader.connection.execute(sa.select(entry.event).where(entry.case_id == case.case_id)).scalar()
    together = _read(reader, actor, case, sa.and_(entry.event == lead, entry.case_id != case.case_id)) if lead else ()
    known = {other.case_id for other in (*linked, *together)} | {case.case_id}
    same = _read(reader, actor, case, entry.household_id == case.household_id) if case.household_id else ()
    count = sa.select(sa.func.count(sa.distinct(case_link.c.other_id))).where(case_link.c.case_id == case.case_id)
    hidden = int(reader.connection.execute(count).scalar_one()) - len(linked)
    others_of_household = tuple(other for other in same if other.case_id not in known)
    return Neighbours(linked, others_of_household, max(0, hidden), together, lead)


def _read(reader: Reader, actor: Actor, case: Head, which: sa.ColumnElement[bool]) -> tuple[Neighbour, ...]:
    entry = register_entry.c
    may_read = scope.may_read_case(actor, entry.case_id, entry.estate_id, entry.department)
    query = sa.select(register_entry, cases.c.version_id).join(cases, cases.c.id == entry.case_id).where(which, may_read)
    rows = reader.connection.execute(query.order_by(entry.registered_at.desc(), entry.case_id.desc()).limit(MOST)).all()
    key = case.procedure.register.get("subject", "")
    subjects = latest(reader.connection, [row.case_id for row in rows], [key]) if rows else {}
    return tuple(_neighbour(reader, row, subjects.get(row.case_id, {}).get(key)) for row in rows)


def _neighbour(reader: Reader, row: Any, subject: Any) -> Neighbour:
    severity = severity_of(reader.catalogue, row.version_id, row.severity)
    return Neighbour(row.case_id, row.number, row.status, severity, row.registered_at, str(subject) if subject else None)
