"""A proposal is taken back before its last signature."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Procedures
from engine.commands.versions import record
from engine.domain.actor import Actor
from engine.procedure import Bundle, open_procedure
from engine.storage import tables as t
from engine.storage.work import Work


@dataclass(frozen=True, slots=True)
class WithdrawProposal:
    """Its number is not given again."""

    procedure_key: str
    number: int


def handle(command: WithdrawProposal, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """Only by those who may propose; InvalidState for what is published or withdrawn already."""
    row = record.version_row(work, command.procedure_key, command.number)
    proposed = open_procedure(Bundle.from_bytes(row["bundle"]))
    record.require_owner(actor, record.ruling(procedures, command.procedure_key, proposed))
    record.require_open(row)
    work.batch.update(t.procedure_version, (row["id"],), {"withdrawn_at": now})
    record.note(work, row, "withdraw_version")
