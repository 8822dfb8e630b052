"""A proposal is taken back before its last signature, and its files are a draft again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.commands.context import Procedures
from engine.commands.versions import record
from engine.domain.actor import Actor
from engine.domain.ids import new_id
from engine.procedure import Bundle, open_procedure
from engine.storage import tables as t
from engine.storage.work import Work


@dataclass(frozen=True, slots=True)
class WithdrawProposal:
    """Its number is not given again."""

    procedure_key: str
    number: int


def handle(command: WithdrawProposal, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The draft's id. Only by those who may propose; InvalidState for what is published or withdrawn already."""
    row = record.held_version(work, command.procedure_key, command.number)
    proposed = open_procedure(Bundle.from_bytes(row["bundle"]))
    record.require_owner(actor, record.ruling(procedures, command.procedure_key, proposed))
    record.require_open(row)
    return taken_back(work, row, actor.person_id, now)


def taken_back(work: Work, row: Mapping[str, Any], person_id: str, now: datetime) -> str:
    """Take an open proposal back; the id of the draft in which its files are worked on."""
    work.batch.update(t.procedure_version, (row["id"],), {"withdrawn_at": now})
    record.note(work, row, "withdraw_version")
    draft_id = new_id(now)
    draft = {"procedure_key": row["procedure_key"], "base_number": row["base_number"], "bundle": row["bundle"]}
    work.batch.put(t.procedure_draft, {"id": draft_id, **draft, "person_id": person_id, "saved_at": now})
    return draft_id
