"""A case that begins without a complaint: registered in a series of its own, with the period that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from engine.calendar.schedules import Period
from engine.catalogue import Published
from engine.commands.context import Procedures
from engine.commands.session import CaseSession, Place
from engine.domain import events as ev
from engine.domain.actor import COMPANY
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import NotFound
from engine.storage import tables as t
from engine.storage.work import Work
from engine.workflow import Instance

#: What the number of a case of the whole company begins with, where the pattern has a place for an estate.
COMPANY_CODE = "ALL"
#: The keys that every procedure with schedules has for what it is about.
PERIOD_FROM, PERIOD_UNTIL = "period_from", "period_until"
REGISTERED_AT = "registered_at"
_SERIES_LENGTH = 20
NO_ESTATE = Text("没有这个小区。请重新选择。", "There is no such estate. Choose again.")


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where a case begins, for which estate, and about which period."""

    element_id: str
    estate_id: str
    period: Period


def open_case(
    work: Work, procedures: Procedures, published: Published, begins: Beginning, given: Mapping[str, Value]
) -> CaseSession:
    """The running case, not yet written; NotFound for an estate that is no more."""
    place = Place(begins.estate_id, _code(work, begins.estate_id), published.procedure_key[:_SERIES_LENGTH])
    session = CaseSession.new(work, procedures, published, place)
    if not work.actor.system:
        session.events.append(ev.WatcherAdded(work.actor.person_id))
    procedure = published.procedure
    told = {PERIOD_FROM: begins.period.start, PERIOD_UNTIL: begins.period.end, REGISTERED_AT: work.now, **given}
    values = {key: value for key, value in told.items() if key in procedure.vocabulary or key in procedure.moments}
    session.events.append(ev.ValuesChanged(values))
    session.instance = Instance.start(published.model, session.occasion, values, begins_at=begins.element_id)
    return session


def registered(session: CaseSession) -> Text:
    """The sentence that says so."""
    title, number = session.published.procedure.title, session.entry["number"]
    return Text(f"“{title.zh}”已开始，编号 {number}。", f"“{title.en}” has begun as {number}.")


def _code(work: Work, estate_id: str) -> str:
    if estate_id == COMPANY:
        return COMPANY_CODE
    query = sa.select(t.estate.c.code).where(t.estate.c.id == estate_id, t.estate.c.active)
    code = work.connection.execute(query).scalar()
    if code is None:
        raise NotFound(NO_ESTATE)
    return str(code)
