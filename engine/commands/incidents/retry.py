"""Give a command that failed again as it was: what was in the way has been mended elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Procedures
from engine.commands.incidents.opening import open_parked, resolve
from engine.commands.incidents.repeating import SAID, Handlers, repeat, typed_in
from engine.commands.receipt import Receipt
from engine.domain.actor import Actor
from engine.storage.work import Work

RESOLUTION = "retry"


@dataclass(frozen=True, slots=True)
class Retry:
    """A reason may be given."""

    incident_id: str
    reason: str = ""


def handle(handlers: Handlers, command: Retry, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """The receipt of the repeated command; its own refusals and a new Incident leave everything as it was."""
    parked = open_parked(work, procedures, command.incident_id)
    typed = typed_in(parked)
    resolve(parked, RESOLUTION, command.reason, words_needed=False)
    if parked.session is not None:
        parked.session.finish(f"{RESOLUTION}_incident", SAID)
    return repeat(parked, typed, handlers)
