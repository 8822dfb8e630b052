"""What the case that leads an event tells its parts: that the cause is handled, or that another one leads from now on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sqlalchemy as sa

from engine.commands.events import membership
from engine.commands.session import CaseSession
from engine.domain.text import Text
from engine.domain.values import Value
from engine.storage import tables as t
from engine.workflow.happenings import Called

WHAT, TELL, PASS_ON = "what", "tell_parts", "pass_on"
ACTION = "event"
_TOLD = Text("已告知并入的投诉。", "The joined complaints are told.")


def link_case(session: CaseSession, called: Called) -> None:
    """Carry out the operator ``link_case``; nothing happens for a case that leads no event.

    ``tell_parts`` sets the other parameters as values of every open part. ``pass_on`` takes them as what a part must have to
    wait still: the eldest of these leads from now on, and the others become its parts.
    """
    if not _leads(session):
        return
    values = {key: value for key, value in called.parameters.items() if key != WHAT}
    parts = list(_parts(session))
    if called.parameters[WHAT] == TELL:
        for part in parts:
            part.set_values(values)
            part.finish(ACTION, _TOLD)
        return
    waiting = [part for part in parts if _waits(part, values)]
    for part in waiting[:1]:
        membership.become_lead(part)
    for part in waiting[1:]:
        part.set_values({part.published.procedure.register[membership.COLUMN]: waiting[0].entry["number"]})
    for part in waiting:
        part.finish(ACTION, _TOLD)


def _leads(session: CaseSession) -> bool:
    key = session.published.procedure.register.get(membership.COLUMN)
    return key is not None and session.instance.values.get(key) == session.entry["number"]


def _parts(session: CaseSession) -> Iterator[CaseSession]:
    """The open parts, eldest first, each for this transaction alone, with everything due fired."""
    entry = t.register_entry.c
    query = sa.select(entry.case_id).where(entry.event == session.entry["number"], entry.status == "open")
    query = query.where(entry.case_id != session.case_id).order_by(entry.registered_at, entry.case_id)
    for case_id in session.work.connection.execute(query).scalars().all():
        part = CaseSession.open(session.work, session.procedures, case_id)
        part.fire_due()
        if not part.instance.ended:
            yield part


def _waits(part: CaseSession, wanted: Mapping[str, Value]) -> bool:
    values = membership.known(part)
    return all(values.get(key) == value for key, value in wanted.items())
