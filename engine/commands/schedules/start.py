"""A person starts a procedure that otherwise waits for its day, or that begins only by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time

import sqlalchemy as sa

from engine.calendar.schedules import Every, Period, period_about
from engine.catalogue import Published
from engine.commands.context import Procedures
from engine.commands.receipt import Receipt
from engine.commands.schedules.opening import Beginning, open_case, registered
from engine.commands.schedules.planning import is_per_estate, next_due
from engine.commands.session import permits
from engine.domain.actor import COMPANY, Actor
from engine.domain.text import Text
from engine.errors import InvalidState, NotFound
from engine.procedure.check.manifest import PROPOSALS
from engine.storage import tables as t
from engine.storage.work import Work
from engine.workflow import scheduled, start_events

#: The action of procedure.yaml that says who may.
ACTION = "start"
_NOWHERE = Text("没有这份规程，或它不从这里开始。", "There is no such procedure, or it does not begin there.")
_INTAKE = Text("投诉要从“登记投诉”开始。", "A complaint begins where complaints are recorded.")
_WHICH = Text("请选小区。", "Choose an estate.")


@dataclass(frozen=True, slots=True)
class StartProcedure:
    """``element_id`` is a start event; an ``estate_id`` is needed where every estate has its own."""

    procedure_key: str
    element_id: str
    estate_id: str | None = None


def handle(command: StartProcedure, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """Begins it about the period that ended last; Forbidden without the action ``start``."""
    published = _published(command, procedures, now)
    place = _place(command, published)
    on_behalf_of = permits.require_action(actor, published.procedure, ACTION, place)
    if published.procedure.intake.task:
        raise InvalidState(_INTAKE)
    period = period_of(work, published, command.element_id, procedures)
    session = open_case(work, procedures, published, Beginning(command.element_id, place, period), {})
    session.on_behalf_of = on_behalf_of
    return session.finish("start_procedure", registered(session))


def period_of(work: Work, published: Published, element_id: str, procedures: Procedures, about: str = "") -> Period:
    """The last whole period of the start event's schedule; without one, what has come since.

    For a review that is since the last change of what it reviews (``about``, else any of it), or since the days of the last
    review that is done, whichever is later; else since the quarter began in which we are.
    """
    now = work.now
    found = next_due(published.procedure, published.model, element_id, now)
    if found is not None:
        # Of the period that runs now only the end is known; the one before is complete.
        running = period_about(found.every, found.due_at, procedures.zone)
        return running if running.end <= now else period_about(found.every, running.start, procedures.zone)
    quarter = period_about(_usual(published, now), now, procedures.zone).start
    settled = _settled(work, published, about)
    if settled is None:
        return Period(quarter, now)
    day = datetime.combine(settled.astimezone(procedures.zone).date(), time(), procedures.zone).astimezone(UTC)
    return Period(day if day < now else quarter, now)


def _settled(work: Work, published: Published, about: str) -> datetime | None:
    """When what a review reviews was changed or reviewed last; None for what is no review, and where neither was ever done."""
    procedure = published.procedure
    reviewed = procedure.vocabulary.get(str(procedure.manifest.source.mapping(PROPOSALS).get("procedure")))
    if reviewed is None:
        return None
    keys = [about] if about else [str(choice.value) for choice in reviewed.choices]
    version, made, entry = t.procedure_version.c, t.report.c, t.register_entry.c
    # The first version of a procedure changed nothing.
    changed = sa.select(sa.func.max(version.published_at)).where(
        version.procedure_key.in_(keys), version.base_number.is_not(None)
    )
    ended = sa.select(sa.func.max(made.period_end)).join(t.register_entry, entry.case_id == made.case_id)
    # A review that is still under way has settled nothing.
    ended = ended.where(entry.procedure_key == published.procedure_key, entry.status == "closed", made.period_end <= work.now)
    found = [work.connection.execute(query).scalar() for query in (changed, ended)]
    return max((one for one in found if one is not None), default=None)


def _usual(published: Published, now: datetime) -> Every:
    found = (next_due(published.procedure, published.model, element, now) for element in scheduled(published.model))
    return next((one.every for one in found if one is not None), Every.QUARTER)


def _published(command: StartProcedure, procedures: Procedures, now: datetime) -> Published:
    if command.procedure_key in procedures.catalogue.keys_in_force(now):
        published = procedures.catalogue.in_force(command.procedure_key, now)
        if command.element_id in start_events(published.model):
            return published
    raise NotFound(_NOWHERE)


def _place(command: StartProcedure, published: Published) -> str:
    if not is_per_estate(published.procedure, command.element_id):
        return COMPANY
    if not command.estate_id:
        raise InvalidState(_WHICH)
    return command.estate_id
