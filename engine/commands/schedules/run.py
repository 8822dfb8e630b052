"""The calendar starts a procedure: once for every period, however long nobody was there to do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from engine.calendar.schedules import period_about
from engine.catalogue import Published
from engine.commands.context import Procedures
from engine.commands.schedules.opening import Beginning, open_case, registered
from engine.commands.schedules.planning import next_due
from engine.domain.actor import COMPANY, Actor
from engine.errors import Misconfigured
from engine.storage import tables as t
from engine.storage.incidents import clock_in_doubt
from engine.storage.work import Work
from engine.workflow import Recurrence

_row = t.schedule.c


@dataclass(frozen=True, slots=True)
class RunSchedule:
    """Given by the worker for each row that is due."""

    procedure_key: str
    element_id: str
    estate_id: str


def handle(command: RunSchedule, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> int:
    """1 when a period was begun, 0 when another worker was faster, nothing is due, or the calendar has changed meanwhile."""
    row = _claimed(command, work)
    if row is None or row["due_at"] > now or work.connection.execute(sa.select(clock_in_doubt())).scalar():
        return 0
    published = _in_force(procedures, command.procedure_key, row["due_at"])
    found = _expected(published, command.element_id, row["after_at"]) if published else None
    if published is None or found is None or not _is_there(work, command.estate_id):
        work.batch.delete(t.schedule, _is(command))
        return 0
    if found.due_at != row["due_at"]:
        # A later version asks for another moment than the one that was written down.
        work.batch.update(t.schedule, _key(command), {"due_at": found.due_at})
        return 0
    _begin(command, work, procedures, published, found)
    following = next_due(published.procedure, published.model, command.element_id, found.due_at)
    moments = {"after_at": found.due_at, "due_at": following.due_at if following else found.due_at}
    work.batch.update(t.schedule, _key(command), moments)
    return 1


def _begin(command: RunSchedule, work: Work, procedures: Procedures, published: Published, found: Recurrence) -> None:
    period = period_about(found.every, found.due_at, procedures.zone)
    begins = Beginning(command.element_id, command.estate_id, period)
    session = open_case(work, procedures, published, begins, {})
    session.finish("run_schedule", registered(session))


def _expected(published: Published, element_id: str, after: datetime) -> Recurrence | None:
    """What the version in force has due next; nothing from before it came into force."""
    return next_due(published.procedure, published.model, element_id, max(after, published.effective_at))


def _claimed(command: RunSchedule, work: Work) -> Mapping[str, Any] | None:
    query = sa.select(t.schedule).where(_is(command)).with_for_update(skip_locked=True)
    row = work.connection.execute(query).mappings().first()
    return None if row is None else dict(row)


def _in_force(procedures: Procedures, procedure_key: str, now: datetime) -> Published | None:
    try:
        return procedures.catalogue.in_force(procedure_key, now)
    except Misconfigured:
        return None


def _is_there(work: Work, estate_id: str) -> bool:
    active = sa.select(t.estate.c.id).where(t.estate.c.id == estate_id, t.estate.c.active)
    return estate_id == COMPANY or work.connection.execute(active).first() is not None


def _is(command: RunSchedule) -> sa.ColumnElement[bool]:
    return sa.and_(
        _row.procedure_key == command.procedure_key,
        _row.element_id == command.element_id,
        _row.estate_id == command.estate_id,
    )


def _key(command: RunSchedule) -> tuple[str, str, str]:
    return command.procedure_key, command.element_id, command.estate_id
