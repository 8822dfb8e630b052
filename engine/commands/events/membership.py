"""What belonging to an event changes in a case: its number as the event's, and what the procedure's actions set."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from engine.commands.cases.open_case import open_readable
from engine.commands.context import Procedures
from engine.commands.session import CaseSession, permits
from engine.domain import events as ev
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import InvalidState
from engine.procedure import Procedure, evaluate_all
from engine.storage import tables as t
from engine.storage.work import Work

JOIN, LEAD, LEAVE = "join_event", "lead_event", "leave_event"
#: The register's column that says to which event a case belongs, by the number of the case that leads it.
COLUMN = "event"
NO_EVENTS = Text(
    "这件投诉按较早的规程办理，不能合并成事件。请关联两件投诉。",
    "This case runs on an earlier version, which knows no events. Link the two cases instead.",
)
ELSEWHERE = Text("不同小区的投诉不能并成一个事件。", "Complaints of different estates are not one event.")
LEADS = Text("牵头处理多人投诉的事件。", "The case leads an event of many complaints.")


def open_lead(work: Work, procedures: Procedures, case_id: str) -> CaseSession:
    """The running case that leads the event of the case named, or the case itself, with everything due fired."""
    # Asked without a lock: whoever tells the parts of an event locks the lead first, and so must whoever joins.
    entry, named = t.register_entry.c, t.register_entry.alias().c
    leading = sa.select(entry.case_id).where(
        named.case_id == case_id, entry.number == sa.func.coalesce(named.event, named.number)
    )
    lead_id = work.connection.execute(leading).scalar()
    session = open_readable(work, procedures, lead_id or case_id)
    permits.require_running(session)
    session.fire_due()
    permits.require_running(session)
    return session


def admit(lead: CaseSession, procedure: Procedure, estate_id: str) -> dict[str, Value]:
    """What a case of that procedure takes over when it joins; a case that leads nothing yet does so from here on."""
    own = lead.published.procedure
    if COLUMN not in own.register or COLUMN not in procedure.register or LEAD not in own.actions or JOIN not in procedure.actions:
        raise InvalidState(NO_EVENTS)
    if lead.entry["estate_id"] != estate_id:
        raise InvalidState(ELSEWHERE)
    begins = lead.entry[COLUMN] is None
    if begins:
        become_lead(lead)
    taken = joining(lead, procedure)
    if begins:
        lead.finish(LEAD, LEADS)
    return taken


def become_lead(session: CaseSession) -> None:
    """From now on the case leads an event, its own number being the event's."""
    procedure = session.published.procedure
    sets = evaluate_all(procedure.actions[LEAD].sets, known(session), session.now, session.procedures.zone)
    session.events.append(ev.ActionTaken(LEAD))
    session.set_values({**sets, procedure.register[COLUMN]: session.entry["number"]})


def joining(lead: CaseSession, procedure: Procedure) -> dict[str, Value]:
    """The values with which a case becomes part of the event; what they say may depend on how the lead stands."""
    sets = evaluate_all(procedure.actions[JOIN].sets, known(lead), lead.now, lead.procedures.zone)
    return {**sets, procedure.register[COLUMN]: lead.entry["number"]}


def known(session: CaseSession) -> Mapping[str, Value]:
    """The case's values, null for what has none."""
    return {**dict.fromkeys(session.published.procedure.vocabulary), **session.instance.values}
