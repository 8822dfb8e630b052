"""Take waiting messages for sending, so that no other worker sends them too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.domain.actor import Actor
from engine.storage import tables as t
from engine.storage.work import Work

#: How long a worker has for sending; after that, or after a refusal, another tries, each time twice as late up to an hour.
_LEASE = timedelta(minutes=1)
_LONGEST = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class TakeMessages:
    """Given by the delivery job; ``overdue`` leaves out what has waited less, because somebody is on the way to it."""

    most: int
    overdue: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be sent, to whom; the id is the same on every try, so that a channel can tell a repetition."""

    id: str
    kind: str
    case_id: str | None
    recipient_id: str | None
    body: str
    attempt: int


def handle(command: TakeMessages, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> tuple[Message, ...]:
    """The oldest messages that wait; they come back if they are not marked as sent in time."""
    row = t.outbox.c
    waiting = sa.select(t.outbox).where(row.sent_at.is_(None), row.next_at <= now - command.overdue)
    waiting = waiting.order_by(row.next_at, row.id).limit(command.most).with_for_update(skip_locked=True)
    taken = work.connection.execute(waiting).all()
    for message in taken:
        lease = min(_LEASE * 2 ** min(message.attempts, 10), _LONGEST)
        work.batch.update(t.outbox, (message.id,), {"attempts": message.attempts + 1, "next_at": now + lease})
    return tuple(
        Message(message.id, message.kind, message.case_id, message.recipient_id, message.body, message.attempts + 1)
        for message in taken
    )
