"""Mark one's own messages as read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.domain.actor import Actor
from engine.storage import tables as t
from engine.storage.work import Work


@dataclass(frozen=True, slots=True)
class ReadNotifications:
    """All that the actor has not read yet."""


def handle(command: ReadNotifications, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """Others' messages are untouched."""
    mine = t.notification.c.person_id == actor.person_id
    work.connection.execute(sa.update(t.notification).where(mine, t.notification.c.read_at.is_(None)).values(read_at=now))
