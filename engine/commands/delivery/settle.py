"""What became of a parcel: sent, to be tried again, or given up and shown to those who operate the installation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.commands.directory.changes import note, require_administrator
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.storage import tables as t
from engine.storage.work import Work

#: One, two, four … minutes after a refusal, then every hour: a channel that is away for half a day loses nothing.
_SHORTEST, _LONGEST = timedelta(minutes=1), timedelta(hours=1)
MOST_ATTEMPTS = 16


@dataclass(frozen=True, slots=True)
class ParcelSent:
    """Given by the delivery job as soon as the channel has accepted the parcel."""

    channel: str
    parcel_id: str


@dataclass(frozen=True, slots=True)
class ParcelRefused:
    """Given by the delivery job; ``wait`` is what the channel asks for, ``hopeless`` says that trying again cannot help."""

    channel: str
    parcel_id: str
    fault: Text
    attempt: int
    hopeless: bool = False
    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class SendAgain:
    """What was given up is tried anew, by an administrator; without ``parcel_id`` all of the channel."""

    channel: str
    parcel_id: str | None = None


def handle_sent(command: ParcelSent, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> int:
    """How many messages it was; one that was marked before keeps its moment."""
    done = _of(command.channel, command.parcel_id).where(t.message_delivery.c.sent_at.is_(None))
    values = {"sent_at": now, "next_at": None, "given_up_at": None, "fault_zh": None, "fault_en": None}
    return work.connection.execute(done.values(values)).rowcount


def handle_refused(command: ParcelRefused, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> bool:
    """Whether it was given up; what is sent meanwhile by another worker is left alone."""
    given_up = command.hopeless or command.attempt >= MOST_ATTEMPTS
    wait = command.wait or min(_SHORTEST * 2 ** min(command.attempt - 1, 10), _LONGEST)
    later = {"given_up_at": now, "next_at": None} if given_up else {"next_at": now + wait}
    refused = _of(command.channel, command.parcel_id).where(t.message_delivery.c.sent_at.is_(None))
    work.connection.execute(refused.values(later | {"fault_zh": command.fault.zh, "fault_en": command.fault.en}))
    return given_up


def handle_again(command: SendAgain, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> int:
    """How many messages are tried anew; none when somebody was faster."""
    require_administrator(actor)
    row = t.message_delivery.c
    again = sa.update(t.message_delivery).where(row.channel == command.channel, row.given_up_at.is_not(None))
    if command.parcel_id:
        again = again.where(row.parcel_id == command.parcel_id)
    count = work.connection.execute(again.values(given_up_at=None, next_at=now, attempts=0)).rowcount
    if count:
        note(work, t.message_delivery, command.parcel_id or command.channel, "sent_again", {"channel": command.channel})
        work.messages_wait = True
    return count


def _of(channel: str, parcel_id: str) -> sa.Update:
    row = t.message_delivery.c
    return sa.update(t.message_delivery).where(row.channel == channel, row.parcel_id == parcel_id)
