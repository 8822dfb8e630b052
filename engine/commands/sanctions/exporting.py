"""That somebody took the ledger away is written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Procedures
from engine.commands.directory.changes import note
from engine.commands.sanctions.entering import READ
from engine.commands.session import permits
from engine.domain.actor import COMPANY, Actor
from engine.storage import tables as t
from engine.storage.work import Work


@dataclass(frozen=True, slots=True)
class NoteLedgerExport:
    """Given right before the file is made; ``lines`` is how many it has."""

    lines: int


def handle(command: NoteLedgerExport, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """Forbidden for whoever may not read the ledger."""
    permits.require_action(actor, procedures.catalogue.intake(now).procedure, READ, COMPANY)
    note(work, t.conduct_entry, actor.person_id, "exported", {"lines": command.lines})
