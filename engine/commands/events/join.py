"""Join a case that is under way to an event: from now on its cause is handled with that of the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from engine.commands.cases.open_case import open_running
from engine.commands.context import Procedures
from engine.commands.events import membership
from engine.commands.receipt import Receipt
from engine.commands.session import CaseSession, permits, sentences
from engine.domain import events as ev
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import InvalidState, InvalidValues, NotFound
from engine.storage import tables as t
from engine.storage.work import Work

NO_SUCH_NUMBER = Text("没有这个编号的投诉，或者您无权查看。", "There is no case of that number, or you may not see it.")
LEADS_ITSELF = Text("这件投诉自己牵头一个事件，不能再并入别的事件。", "This case leads an event itself and cannot join another.")


@dataclass(frozen=True, slots=True)
class JoinEvent:
    """``other_number`` is the register number of any case of the event, or of the one that is to lead it."""

    case_id: str
    other_number: str
    reason: str


def handle(command: JoinEvent, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """InvalidValues for a number that is unknown or the case's own; InvalidState for a lead, a closed event, another estate."""
    lead = _lead(command, work, procedures)
    session = open_running(work, procedures, command.case_id, membership.JOIN)
    if lead is None:
        raise InvalidValues(sentences.FORM_REFUSED, {"other_number": NO_SUCH_NUMBER})
    if session.case_id == lead.case_id or session.entry[membership.COLUMN] == session.entry["number"]:
        raise InvalidState(LEADS_ITSELF)
    session.personal["reason"] = permits.require_words("reason", command.reason, reason=True)
    values = membership.admit(lead, session.published.procedure, session.entry["estate_id"])
    session.events.append(ev.ActionTaken(membership.JOIN))
    session.set_values(values)
    led = lead.entry["number"]
    return session.finish(membership.JOIN, Text(f"已并入 {led} 牵头的事件。", f"Joined to the event that {led} leads."))


def _lead(command: JoinEvent, work: Work, procedures: Procedures) -> CaseSession | None:
    # The lead first, here and wherever an event is told: two that wait for each other's rows would wait for ever.
    entry = t.register_entry.c
    other_id = work.connection.execute(sa.select(entry.case_id).where(entry.number == command.other_number.strip())).scalar()
    if other_id is None or other_id == command.case_id:
        return None
    try:
        return membership.open_lead(work, procedures, other_id)
    except NotFound:
        return None
