"""Mark one's own messages as read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import NotFound
from engine.storage import tables as t
from engine.storage.work import Work

NO_SUCH_MESSAGE = Text("没有这条消息，或者它不是给您的。", "There is no such message, or it is not yours.")


@dataclass(frozen=True, slots=True)
class ReadNotifications:
    """All that the actor has not read yet; of one case alone where it is named."""

    case_id: str | None = None


@dataclass(frozen=True, slots=True)
class ReadNotification:
    """One message of the actor's."""

    message_id: str


def handle(command: ReadNotifications, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """Others' messages are untouched."""
    row = t.notification.c
    unread = sa.update(t.notification).where(row.person_id == actor.person_id, row.read_at.is_(None))
    if command.case_id is not None:
        unread = unread.where(row.case_id == command.case_id)
    work.connection.execute(unread.values(read_at=now))


def handle_one(command: ReadNotification, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """NotFound for another's; one that was read before keeps its moment."""
    row = t.notification.c
    mine = sa.update(t.notification).where(row.id == command.message_id, row.person_id == actor.person_id)
    read_at = sa.func.coalesce(row.read_at, sa.literal(now, row.read_at.type))
    if not work.connection.execute(mine.values(read_at=read_at)).rowcount:
        raise NotFound(NO_SUCH_MESSAGE)
