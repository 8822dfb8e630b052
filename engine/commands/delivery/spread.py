"""Messages of the outbox become one delivery a channel, for those who want them there and when they may be disturbed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.commands.delivery.choosing import Wishes, address_of, read_wishes
from engine.commands.delivery.quiet import speaks_at
from engine.domain.actor import Actor
from engine.domain.codec import dumps, loads
from engine.domain.messages import Channel
from engine.storage import tables as t
from engine.storage.work import Work

Working = Callable[[date], bool]
#: So long a message that is not urgent waits for others to the same person.
GATHERING = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SpreadMessages:
    """Given by the delivery job; ``overdue`` leaves out what has waited less, because somebody is on the way to it."""

    most: int
    overdue: timedelta = timedelta()


def handle(command: SpreadMessages, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> int:
    """How many messages were spread; they and their deliveries stand or fall together, so none is spread twice."""
    messages = work.connection.execute(_waiting(command, now)).all()
    if not messages:
        return 0
    if procedures.channels:
        _spread(messages, work, procedures, now)
    row = t.outbox.c
    done = sa.update(t.outbox).where(row.id.in_([message.id for message in messages]))
    work.connection.execute(done.values(sent_at=now, next_at=None, attempts=row.attempts + 1))
    return len(messages)


def _waiting(command: SpreadMessages, now: datetime) -> sa.Select[Any]:
    row, note = t.outbox.c, t.notification.c
    about = (note.kind.label("notice_kind"), note.urgent, note.emergency, note.limit_key, note.item_id, note.due_at)
    person = (t.person.c.active, t.person.c.email, t.person.c.phone)
    case = (t.register_entry.c.number, t.work_item.c.name_zh, t.work_item.c.name_en)
    joined = (
        t.outbox.outerjoin(t.notification, note.id == row.id)
        .outerjoin(t.person, t.person.c.id == row.recipient_id)
        .outerjoin(t.register_entry, t.register_entry.c.case_id == row.case_id)
        .outerjoin(t.work_item, t.work_item.c.id == note.item_id)
    )
    query = sa.select(t.outbox, *about, *person, *case).select_from(joined)
    query = query.where(row.sent_at.is_(None), row.next_at <= now - command.overdue)
    return query.order_by(row.next_at, row.id).limit(command.most).with_for_update(of=t.outbox, skip_locked=True)


def _spread(messages: Any, work: Work, procedures: Procedures, now: datetime) -> None:
    # A message whose notification was left out, because its rung had told the person before, has no kind and goes nowhere.
    wanted = [message for message in messages if message.active and message.notice_kind]
    people = {message.recipient_id for message in wanted}
    if not people:
        return
    wishes, chosen = read_wishes(work.connection, people, now), _addresses(work, people)
    working = _working_days(work, procedures, now)
    rows = []
    for message in wanted:
        for channel in procedures.channels:
            named = chosen.get((message.recipient_id, channel.name))
            if wishes.takes(channel, message) and address_of(channel, named, message.email, message.phone) is not None:
                at = _when(message, channel, wishes, procedures, working, now)
                rows.append(_delivery(message, channel, at, now))
    if rows:
        work.connection.execute(sa.insert(t.message_delivery), rows)


def _addresses(work: Work, people: set[str]) -> dict[tuple[str, str], str]:
    row = t.channel_choice.c
    query = sa.select(row.person_id, row.channel, row.address).where(row.person_id.in_(sorted(people)))
    return {(found.person_id, found.channel): found.address for found in work.connection.execute(query)}


def _working_days(work: Work, procedures: Procedures, now: datetime) -> Working:
    revision = sa.select(sa.func.coalesce(sa.func.max(t.calendar_day.c.revision), 0))
    rules = procedures.catalogue.intake(now).procedure.day_rules
    calendar = procedures.calendar_for(rules, work.connection.execute(revision).scalar_one(), work.connection)
    return calendar.is_working_day


def _when(message: Any, channel: Channel, wishes: Wishes, procedures: Procedures, working: Working, now: datetime) -> datetime:
    if message.emergency:
        return now
    asked = now if message.urgent or not channel.gathers else max(now, message.created_at + GATHERING)
    return speaks_at(asked, wishes.quiet_of(message.recipient_id), procedures.zone, working)


def _delivery(message: Any, channel: Channel, at: datetime, now: datetime) -> dict[str, Any]:
    words: Any = loads(message.body)
    task = {"task_zh": message.name_zh, "task_en": message.name_en, "due_at": message.due_at}
    return {
        "message_id": message.id,
        "channel": channel.name,
        "person_id": message.recipient_id,
        "case_id": message.case_id,
        "kind": message.notice_kind,
        "body": dumps({"zh": words["zh"], "en": words["en"], "number": message.number, **task}),
        "urgent": message.urgent,
        "created_at": now,
        "next_at": at,
        "attempts": 0,
    }
