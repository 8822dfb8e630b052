"""Everything that is due on a case happens; the clock's own command."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Procedures
from engine.commands.session import CaseSession
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.storage.work import Work

SAID = Text("到期事项已处理。", "What was due has happened.")


@dataclass(frozen=True, slots=True)
class FireTimers:
    """Given by the worker for each case with something due."""

    case_id: str


def handle(command: FireTimers, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> int:
    """How many timers fired; none is no error: a command that was faster fires them, and so may another worker."""
    session = CaseSession.open_unless_busy(work, procedures, command.case_id)
    fired = session.fire_due() if session else 0
    if session and fired:
        session.finish("fire_timers", SAID)
    return fired
