"""Take one parcel for sending, so that no other worker sends it too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.commands.delivery.choosing import address_of
from engine.commands.delivery.settle import MOST_ATTEMPTS
from engine.commands.delivery.spread import GATHERING
from engine.domain.actor import Actor
from engine.domain.codec import loads
from engine.domain.messages import OF_A_TASK, Channel, Line, Parcel, Recipient
from engine.domain.text import Text
from engine.storage import tables as t
from engine.storage.wordings import read_wordings
from engine.storage.work import Work

#: Longer than any channel takes for one parcel; when it is over, the worker that took it is gone and another sends it again.
LEASE = timedelta(minutes=3)
#: A parcel of more lines than that is no message but a report.
_MOST_LINES = 50
_ONE_AT_A_TIME = 0x72656472
_BROKE_OFF = Text("每次发送都中断了，请看运行日志后重发。", "Sending broke off each time: look at the log, then send again.")


@dataclass(frozen=True, slots=True)
class TakeParcel:
    """Given by the delivery job."""


def handle(command: TakeParcel, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Parcel | None:
    """What has waited longest, with what may leave together with it; None when nothing waits."""
    if work.connection.dialect.name == "postgresql":
        # Two workers that choose at once would each take a part of one parcel. Choosing takes a moment, sending is outside.
        work.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
    channels = {channel.name: channel for channel in procedures.channels}
    while (first := work.connection.execute(_due(now)).first()) is not None:
        rows = work.connection.execute(_together(first, channels.get(first.channel), now)).all()
        parcel_id = first.parcel_id or min(row.message_id for row in rows)
        if first.attempts >= MOST_ATTEMPTS:
            _settle(work, rows, {"given_up_at": now, "fault_zh": _BROKE_OFF.zh, "fault_en": _BROKE_OFF.en})
            continue
        useful = [row for row in rows if not _overtaken(row)]
        _settle(work, [row for row in rows if _overtaken(row)])
        if useful:
            _lease(work, useful, parcel_id, now)
            return _parcel(parcel_id, useful, channels.get(first.channel), read_wordings(work.connection))
    return None


def _due(now: datetime) -> sa.Select[Any]:
    row = t.message_delivery.c
    query = sa.select(t.message_delivery).where(row.next_at.is_not(None), row.next_at <= now)
    # What is urgent goes before a heap of what is not.
    return query.order_by(row.urgent.desc(), row.next_at, row.message_id).limit(1)


def _together(first: Any, channel: Channel | None, now: datetime) -> sa.Select[Any]:
    row, note, person = t.message_delivery.c, t.notification.c, t.person.c
    choice = (t.channel_choice.c.person_id == row.person_id) & (t.channel_choice.c.channel == row.channel)
    joined = (
        t.message_delivery.outerjoin(t.person, person.id == row.person_id)
        .outerjoin(t.channel_choice, choice)
        .outerjoin(t.notification, note.id == row.message_id)
        .outerjoin(t.work_item, t.work_item.c.id == note.item_id)
    )
    who = (person.name, person.language, person.email, person.phone, person.active, t.channel_choice.c.address)
    query = sa.select(t.message_delivery, *who, note.read_at, t.work_item.c.status).select_from(joined)
    query = query.where(row.channel == first.channel, row.next_at.is_not(None))
    query = query.where(_of_one_parcel(first, channel, now)).order_by(row.created_at, row.message_id)
    return query.limit(_MOST_LINES)


def _of_one_parcel(first: Any, channel: Channel | None, now: datetime) -> sa.ColumnElement[bool]:
    row = t.message_delivery.c
    alone: sa.ColumnElement[bool] = row.message_id == first.message_id
    if first.parcel_id is not None:
        alone = row.parcel_id == first.parcel_id
        return alone
    if channel is None:
        return alone
    soon: sa.ColumnElement[bool] = sa.and_(row.parcel_id.is_(None), row.next_at <= now + GATHERING)
    if first.urgent:
        # In a group one sentence mentions all whom it concerns; a person's own urgent message goes alone, at once.
        same = sa.and_(row.urgent, row.case_id.is_not_distinct_from(first.case_id), row.body == first.body)
        return sa.and_(soon, same) if channel.shared else alone
    if not channel.gathers:
        return alone
    whose: sa.ColumnElement[bool] = sa.true() if channel.shared else row.person_id == first.person_id
    return sa.and_(soon, sa.not_(row.urgent), whose)


def _overtaken(row: Any) -> bool:
    # Nobody needs to be told by mail what they have read in the page, or to do what is done.
    done = row.kind in OF_A_TASK and row.status not in (None, "open")
    return row.attempts == 0 and (not row.active or row.read_at is not None or done)


def _settle(work: Work, rows: Sequence[Any], values: dict[str, Any] | None = None) -> None:
    ids = [row.message_id for row in rows]
    if ids:
        row = t.message_delivery.c
        left = sa.update(t.message_delivery).where(row.channel == rows[0].channel, row.message_id.in_(ids))
        work.connection.execute(left.values(next_at=None, **(values or {})))


def _lease(work: Work, rows: list[Any], parcel_id: str, now: datetime) -> None:
    row = t.message_delivery.c
    ids = [found.message_id for found in rows]
    taken = sa.update(t.message_delivery).where(row.channel == rows[0].channel, row.message_id.in_(ids))
    work.connection.execute(taken.values(parcel_id=parcel_id, next_at=now + LEASE, attempts=row.attempts + 1))


def _parcel(parcel_id: str, rows: list[Any], channel: Channel | None, forms: Mapping[str, Text]) -> Parcel:
    recipients: dict[str, Recipient] = {}
    lines: dict[str, Line] = {}
    for row in rows:
        address = address_of(channel, row.address, row.email, row.phone) if channel else None
        recipients[row.person_id] = Recipient(row.person_id, row.name or "", row.language or "", address or "")
        # In a group the same words to several people are one line.
        lines.setdefault(f"{row.case_id} {row.body}" if channel and channel.shared else row.message_id, _line(row, forms))
    return Parcel(parcel_id, rows[0].channel, tuple(recipients.values()), tuple(lines.values()), rows[0].attempts + 1)


def _line(row: Any, forms: Mapping[str, Text]) -> Line:
    body: Any = loads(row.body)
    task = Text(body["task_zh"], body["task_en"]) if body.get("task_zh") else None
    text = Text(body["zh"], body["en"])
    about = (row.case_id, body.get("number"), task, body.get("due_at"))
    return Line(row.message_id, row.kind, text, row.urgent, *about, forms.get(row.kind))
