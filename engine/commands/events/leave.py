"""Take a case out of its event: from now on it is handled on its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.cases.open_case import open_running
from engine.commands.context import Procedures
from engine.commands.events import membership
from engine.commands.receipt import Receipt
from engine.commands.session import permits
from engine.domain import events as ev
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import InvalidState
from engine.procedure import evaluate_all
from engine.storage.work import Work

NO_PART = Text("这件投诉没有并入别的投诉牵头的事件。", "This case is no part of an event that another one leads.")


@dataclass(frozen=True, slots=True)
class LeaveEvent:
    """The reason is kept."""

    case_id: str
    reason: str


def handle(command: LeaveEvent, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """InvalidState for a case that is part of no event, or that leads it."""
    session = open_running(work, procedures, command.case_id, membership.LEAVE)
    if session.entry[membership.COLUMN] in (None, session.entry["number"]):
        raise InvalidState(NO_PART)
    session.personal["reason"] = permits.require_words("reason", command.reason, reason=True)
    procedure = session.published.procedure
    sets = evaluate_all(procedure.actions[membership.LEAVE].sets, membership.known(session), now, procedures.zone)
    session.events.append(ev.ActionTaken(membership.LEAVE))
    session.set_values({**sets, procedure.register[membership.COLUMN]: None})
    return session.finish(membership.LEAVE, Text("已转为单独办理。", "The case is handled on its own."))
