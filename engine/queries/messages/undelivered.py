"""What could not be delivered, for administrators: by channel, with the reason and the people who were not reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.codec import loads
from engine.domain.text import Text
from engine.errors import Forbidden
from engine.storage.tables import message_delivery, person

if TYPE_CHECKING:
    from engine.queries.reader import Reader

MOST = 200
ADMINISTRATORS_ONLY = Text("未送达的消息只对管理员开放。", "Undelivered messages are for administrators.")


@dataclass(frozen=True, slots=True)
class Parcel:
    """Messages that were to leave together; ``given_up`` says that nobody tries any more."""

    id: str
    channel: str
    people: tuple[str, ...]
    words: tuple[Text, ...]
    fault: Text
    attempts: int
    at: datetime
    given_up: bool
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Undelivered:
    """What was given up, and what was refused but is still tried."""

    given_up: tuple[Parcel, ...]
    trying: tuple[Parcel, ...]

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels of what was given up."""
        return tuple(sorted({parcel.channel for parcel in self.given_up}))


def undelivered(reader: Reader, actor: Actor) -> Undelivered:
    """Forbidden for others than administrators; test messages are their sender's own affair."""
    if not (actor.administrator or actor.system):
        raise Forbidden(ADMINISTRATORS_ONLY)
    row = message_delivery.c
    joined = message_delivery.outerjoin(person, person.c.id == row.person_id)
    query = sa.select(message_delivery, person.c.name).select_from(joined).where(row.kind != "test", row.fault_zh.is_not(None))
    query = query.order_by(row.created_at.desc(), row.message_id).limit(MOST)
    given_up = _parcels(reader.connection.execute(query.where(row.given_up_at.is_not(None))))
    trying = _parcels(reader.connection.execute(query.where(row.next_at.is_not(None))))
    return Undelivered(given_up, trying)


def undelivered_count(actor: Actor) -> sa.ScalarSelect[int]:
    """How many messages were given up, as one more count of a page's frame; nothing for others than administrators."""
    row = message_delivery.c
    some = sa.select(sa.literal(1)).where(row.given_up_at.is_not(None), row.kind != "test", sa.literal(actor.administrator))
    return sa.select(sa.func.count()).select_from(some.limit(1000).subquery()).scalar_subquery()


def _parcels(rows: Any) -> tuple[Parcel, ...]:
    together: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        together.setdefault((row.channel, row.parcel_id or row.message_id), []).append(row)
    return tuple(_parcel(channel, parcel_id, found) for (channel, parcel_id), found in together.items())


def _parcel(channel: str, parcel_id: str, rows: list[Any]) -> Parcel:
    first = rows[0]
    bodies: list[Any] = [loads(row.body) for row in rows]
    words = tuple(dict.fromkeys(Text(body["zh"], body["en"]) for body in bodies))
    people = tuple(dict.fromkeys(row.name or row.person_id for row in rows))
    fault, given_up = Text(first.fault_zh, first.fault_en), first.given_up_at is not None
    at = first.given_up_at or first.created_at
    return Parcel(parcel_id, channel, people, words, fault, first.attempts, at, given_up, first.next_at)
