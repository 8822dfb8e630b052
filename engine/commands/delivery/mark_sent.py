"""Messages that a channel has accepted are never sent again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.domain.actor import Actor
from engine.storage import tables as t
from engine.storage.work import Work


@dataclass(frozen=True, slots=True)
class MarkSent:
    """Given by the delivery job for the messages that it took."""

    message_ids: tuple[str, ...]


def handle(command: MarkSent, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> int:
    """How many were marked now; one that was marked before keeps its moment."""
    row = t.outbox.c
    statement = sa.update(t.outbox).where(row.id.in_(command.message_ids), row.sent_at.is_(None))
    return work.connection.execute(statement.values(sent_at=now, next_at=None)).rowcount
