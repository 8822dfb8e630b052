"""What the frame of every page shows: how much waits, and how many messages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import add
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.queries import inbox
from engine.queries.messages import undelivered_count
from engine.storage.tables import notification, watcher, work_item

if TYPE_CHECKING:
    from engine.queries.reader import Reader

#: Nobody counts further than this, and neither does the database.
MOST = 999


@dataclass(frozen=True, slots=True)
class Counts:
    """Tasks that a person holds, those of them that are late, tasks to be taken, tasks followed, and unread messages.

    ``urgent`` are those of the unread ones that cannot wait; ``undelivered`` counts, for administrators, what reached nobody.
    Each is more than ``MOST`` where there are more than that.
    """

    mine: int
    late: int
    available: int
    followed: int
    unread: int
    urgent: int
    undelivered: int


def counts(reader: Reader, actor: Actor) -> Counts:
    """All counts in one statement."""
    return _counts(reader.connection.execute(_counting(actor), {"now": reader.now}).one())


def counts_and(reader: Reader, actor: Actor, further: sa.ScalarSelect[int]) -> tuple[Counts, int]:
    """All counts, and another one with them, in one statement."""
    row = reader.connection.execute(_counting(actor).add_columns(further.label("further")), {"now": reader.now}).one()
    return _counts(row), int(row.further)


def _counts(row: Any) -> Counts:
    return Counts(row.mine, row.late, row.available, row.followed, row.unread, row.urgent, row.undelivered)


@lru_cache(maxsize=256)
def _counting(actor: Actor) -> Any:
    unread = sa.and_(notification.c.person_id == actor.person_id, notification.c.read_at.is_(None))
    late = work_item.c.due_at < sa.bindparam("now", type_=work_item.c.due_at.type)
    return sa.select(
        _items(actor, inbox.MINE).label("mine"),
        _items(actor, inbox.MINE, late).label("late"),
        _items(actor, inbox.AVAILABLE).label("available"),
        _followed(actor).label("followed"),
        _count(sa.select(sa.literal(1)).select_from(notification).where(unread)).label("unread"),
        _count(sa.select(sa.literal(1)).select_from(notification).where(unread, notification.c.urgent)).label("urgent"),
        undelivered_count(actor).label("undelivered"),
    )


def _items(actor: Actor, tab: str, *also: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    """Each branch is counted by itself and in its index's own order, so that counting stops where nobody counts further."""
    due = work_item.c.due_at.asc().nulls_last()
    parts = (sa.select(sa.literal(1)).select_from(work_item).where(branch, *also) for branch in inbox.branches(actor, tab))
    return reduce(add, (_count(part.order_by(due, work_item.c.id)) for part in parts), sa.literal(0))


def _followed(actor: Actor) -> sa.ColumnElement[int]:
    # Case by case: what is followed is in no order, and would have to be read to the end for one.
    joined = watcher.join(work_item, work_item.c.case_id == watcher.c.case_id)
    followed = sa.select(sa.literal(1)).select_from(joined).where(inbox.IS_OPEN, watcher.c.person_id == actor.person_id)
    return _count(followed)


def _count(rows: sa.Select[Any]) -> sa.ColumnElement[int]:
    return sa.select(sa.func.count()).select_from(rows.limit(MOST + 1).subquery()).scalar_subquery()
