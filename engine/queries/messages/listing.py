"""A person's messages, unread ones first, by case; and where each of them leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import NotFound
from engine.storage.tables import notification, register_entry, work_item

if TYPE_CHECKING:
    from engine.queries.reader import Reader

#: Nobody reads further back here; the case files keep everything.
UNREAD, READ = 200, 50
NO_SUCH_MESSAGE = Text("没有这条消息，或者它不是给您的。", "There is no such message, or it is not yours.")


@dataclass(frozen=True, slots=True)
class Message:
    """One message; ``due_at`` is set as long as the task that it is about is open."""

    id: str
    at: datetime
    text: Text
    kind: str
    urgent: bool
    due_at: datetime | None
    task: Text | None


@dataclass(frozen=True, slots=True)
class Group:
    """The messages about one case, the newest first; those about none stand together."""

    case_id: str | None
    number: str | None
    messages: tuple[Message, ...]

    @property
    def urgent(self) -> bool:
        """Whether any of them cannot wait."""
        return any(message.urgent for message in self.messages)


@dataclass(frozen=True, slots=True)
class Box:
    """What a person has not read, with what is urgent on top, and what they have read last."""

    unread: tuple[Group, ...]
    read: tuple[Group, ...]

    @property
    def unread_count(self) -> int:
        """How many are shown as unread."""
        return sum(len(group.messages) for group in self.unread)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message leads: the task while it is open, else the case, else nowhere."""

    item_id: str | None
    case_id: str | None


def box(reader: Reader, actor: Actor) -> Box:
    """The actor's own messages."""
    row = notification.c
    query = _messages(actor)
    unread = reader.connection.execute(query.where(row.read_at.is_(None)).limit(UNREAD)).all()
    read = reader.connection.execute(query.where(row.read_at.is_not(None)).limit(READ)).all()
    groups = sorted(_groups(unread), key=lambda group: not group.urgent)
    return Box(tuple(groups), _groups(read))


def target(reader: Reader, actor: Actor, message_id: str) -> Target:
    """Where the actor's message leads; NotFound for another's."""
    row = notification.c
    joined = notification.outerjoin(work_item, work_item.c.id == row.item_id)
    query = sa.select(row.case_id, row.item_id, work_item.c.status).select_from(joined)
    found = reader.connection.execute(query.where(row.id == message_id, row.person_id == actor.person_id)).first()
    if found is None:
        raise NotFound(NO_SUCH_MESSAGE)
    return Target(found.item_id if found.status == "open" else None, found.case_id)


def _messages(actor: Actor) -> sa.Select[Any]:
    row, item = notification.c, work_item.c
    joined = notification.outerjoin(register_entry, register_entry.c.case_id == row.case_id)
    joined = joined.outerjoin(work_item, item.id == row.item_id)
    query = sa.select(notification, register_entry.c.number, item.name_zh, item.name_en, item.status).select_from(joined)
    return query.where(row.person_id == actor.person_id).order_by(row.at.desc(), row.id.desc())


def _groups(rows: Any) -> tuple[Group, ...]:
    by_case: dict[str | None, list[Any]] = {}
    for row in rows:
        by_case.setdefault(row.case_id, []).append(row)
    return tuple(Group(case_id, found[0].number, tuple(map(_message, found))) for case_id, found in by_case.items())


def _message(row: Any) -> Message:
    is_open = row.status == "open"
    task = Text(row.name_zh, row.name_en) if is_open else None
    return Message(row.id, row.at, Text(row.text_zh, row.text_en), row.kind, row.urgent, row.due_at if is_open else None, task)
