"""The deadlines of a case that is under way, counted anew after the calendar was changed: by decision, case by case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Handler, Procedures
from engine.commands.directory.changes import require_administrator
from engine.commands.receipt import Receipt
from engine.commands.session import CaseSession, permits
from engine.domain.actor import Actor
from engine.domain.calendar_events import LimitRecounted
from engine.domain.text import Text
from engine.storage.work import Work

ACTION = "recount"
NOTHING = Text("期限没有变化。", "No deadline changes.")


@dataclass(frozen=True, slots=True)
class RecountDeadlines:
    """Every running limit of the case is counted by the calendar as it stands today."""

    case_id: str
    reason: str


def recount_deadlines(command: RecountDeadlines, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """The receipt says how many moved; what is past due stays as it is."""
    require_administrator(actor)
    reason = permits.require_words("reason", command.reason, reason=True)
    session = CaseSession.open(work, procedures, command.case_id)
    permits.require_running(session)
    fired = session.fire_due()
    before = {run.id: run.due_at for run in session.instance.limit_runs}
    moved = [] if session.instance.ended else session.instance.recount()
    if not (fired or moved):
        return Receipt(session.case_id, session.entry["number"], NOTHING)
    session.events += [LimitRecounted(run.id, run.key, before[run.id], run.due_at, run.derivation, run.warn_at) for run in moved]
    session.personal["reason"] = reason
    return session.finish(ACTION, Text(f"移动了 {len(moved)} 个期限。", f"{len(moved)} deadlines moved."))


HANDLERS: dict[type, Handler] = {RecountDeadlines: recount_deadlines}
