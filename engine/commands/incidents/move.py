"""Move a stuck case to a version in which the fault is mended, and give the command that failed again there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Procedures
from engine.commands.incidents import migrate_case
from engine.commands.incidents.opening import open_parked, resolve
from engine.commands.incidents.repeating import SAID, Handlers, repeat, typed_in
from engine.commands.receipt import Receipt
from engine.commands.session import permits
from engine.domain.actor import Actor
from engine.storage.work import Work

RESOLUTION = "move"


@dataclass(frozen=True, slots=True)
class Move:
    """A reason is needed."""

    incident_id: str
    version_id: str
    reason: str


def handle(handlers: Handlers, command: Move, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """InvalidState when the case has no place in that version; else as ``Retry``."""
    parked = open_parked(work, procedures, command.incident_id)
    session, typed = parked.case, typed_in(parked)
    permits.require_running(session)
    to = migrate_case.target(session, command.version_id)
    resolve(parked, RESOLUTION, command.reason)
    migrate_case.move(session, to)
    session.finish(f"{RESOLUTION}_incident", SAID)
    return repeat(parked, typed, handlers)
