"""Send oneself a message to see whether a channel works; what became of it is read from its delivery."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.commands.delivery.choosing import address_of
from engine.domain.actor import Actor
from engine.domain.codec import dumps
from engine.domain.ids import new_id
from engine.domain.messages import Kind
from engine.domain.text import Text
from engine.errors import InvalidState, InvalidValues
from engine.storage import tables as t
from engine.storage.work import Work

#: A button that is pressed twice sends once; a group is not flooded.
_PAUSE = timedelta(seconds=20)
NO_CHANNEL = Text("没有这个通道，请刷新页面。", "There is no such channel: reload the page.")
NO_ADDRESS = Text("请先填写地址并保存。", "Enter your address and save it first.")
TOO_SOON = Text("刚发过一条，请等二十秒再试。", "One has just been sent: wait twenty seconds.")
WORDS = Text("这是一条测试消息。收到它，说明通知能送到您这里。", "This is a test: messages reach you here.")


@dataclass(frozen=True, slots=True)
class SendTestMessage:
    """To oneself, by one channel, whatever one's level and quiet hours."""

    channel: str


def handle(command: SendTestMessage, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The message's id; InvalidValues without channel or address, InvalidState within twenty seconds of the last."""
    channel = next((found for found in procedures.channels if found.name == command.channel), None)
    if channel is None:
        raise InvalidValues(NO_CHANNEL, {"channel": NO_CHANNEL})
    message_id, parcel_id = test_id(actor.person_id), new_id(now)
    person = work.connection.execute(_person(actor, channel.name, message_id)).one()
    if address_of(channel, person.address, person.email, person.phone) is None:
        raise InvalidValues(NO_ADDRESS, {f"address_{channel.name}": NO_ADDRESS})
    if person.created_at is not None and person.created_at > now - _PAUSE:
        raise InvalidState(TOO_SOON)
    row = {
        "message_id": message_id,
        "channel": channel.name,
        "person_id": actor.person_id,
        "kind": Kind.TEST.value,
        "body": dumps({"zh": WORDS.zh, "en": WORDS.en}),
        "urgent": False,
        "parcel_id": parcel_id,
        "created_at": now,
        "next_at": now,
        "attempts": 0,
    }
    work.batch.put(t.message_delivery, row)
    work.messages_wait = True
    return message_id


def test_id(person_id: str) -> str:
    """Each person has one test message a channel; the next takes its place."""
    return f"test-{person_id}"


def _person(actor: Actor, channel: str, message_id: str) -> sa.Select[tuple[str, str, str, datetime]]:
    choice, delivery = t.channel_choice.c, t.message_delivery.c
    joined = t.person.outerjoin(t.channel_choice, (choice.person_id == t.person.c.id) & (choice.channel == channel))
    joined = joined.outerjoin(t.message_delivery, (delivery.message_id == message_id) & (delivery.channel == channel))
    query = sa.select(t.person.c.email, t.person.c.phone, choice.address, delivery.created_at).select_from(joined)
    return query.where(t.person.c.id == actor.person_id)
