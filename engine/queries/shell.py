"""What the frame of every page shows: how much waits, and the person's messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.queries import inbox
from engine.storage.tables import notification, register_entry, work_item

if TYPE_CHECKING:
    from engine.queries.reader import Reader

MESSAGES = 100
#: Nobody counts further than this, and neither does the database.
MOST = 999


@dataclass(frozen=True, slots=True)
class Counts:
    """Tasks that a person holds, those of them that are late, tasks to be taken, tasks followed, and unread messages.

    Each is one more than ``MOST`` where there are more.
    """

    mine: int
    late: int
    available: int
    followed: int
    unread: int


@dataclass(frozen=True, slots=True)
class Message:
    """A message to a person, with the case it is about."""

    at: datetime
    text: Text
    urgent: bool
    read: bool
    case_id: str | None
    number: str | None


def counts(reader: Reader, actor: Actor) -> Counts:
    """All counts in one statement."""
    row = reader.connection.execute(_counting(actor), {"now": reader.now}).one()
    return Counts(row.mine, row.late, row.available, row.followed, row.unread)


@lru_cache(maxsize=256)
def _counting(actor: Actor) -> sa.Select[int, int, int, int, int]:
    unread = sa.and_(notification.c.person_id == actor.person_id, notification.c.read_at.is_(None))
    mine = inbox.belongs(actor, inbox.MINE)
    late = work_item.c.due_at < sa.bindparam("now", type_=work_item.c.due_at.type)
    return sa.select(
        _count(work_item, mine).label("mine"),
        _count(work_item, sa.and_(mine, late)).label("late"),
        _count(work_item, inbox.belongs(actor, inbox.AVAILABLE)).label("available"),
        _count(work_item, inbox.belongs(actor, inbox.FOLLOWED)).label("followed"),
        _count(notification, unread).label("unread"),
    )


def messages(reader: Reader, actor: Actor) -> tuple[Message, ...]:
    """The newest messages to the actor."""
    query = (
        sa.select(notification, register_entry.c.number)
        .outerjoin(register_entry, register_entry.c.case_id == notification.c.case_id)
        .where(notification.c.person_id == actor.person_id)
        .order_by(notification.c.at.desc(), notification.c.id.desc())
        .limit(MESSAGES)
    )
    return tuple(
        Message(row.at, Text(row.text_zh, row.text_en), row.urgent, row.read_at is not None, row.case_id, row.number)
        for row in reader.connection.execute(query)
    )


def _count(table: sa.Table, condition: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    some = sa.select(sa.literal(1)).select_from(table).where(condition).limit(MOST + 1).subquery()
    return sa.select(sa.func.count()).select_from(some).scalar_subquery()
