"""Which messages go to whom by which channel, and when: what each person chose, and what nobody can leave out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine.commands.delivery.quiet import QuietHours
from engine.domain.actor import COMPANY
from engine.domain.messages import CHOOSABLE, Address, Channel, Kind, Level
from engine.storage import tables as t

#: Outside the pages, nothing is as quiet as a person who sleeps.
USUAL_QUIET = QuietHours(time(22), time(7), days_off=False)
KINDS, LIMITS = "kind", "limit"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the people of some messages chose; whoever chose nothing is told as usual."""

    levels: dict[tuple[str, str], str] = field(default_factory=dict)
    unwanted: set[tuple[str, str, str]] = field(default_factory=set)
    quiet: dict[str, QuietHours] = field(default_factory=dict)
    on_duty: set[str] = field(default_factory=set)

    def quiet_of(self, person_id: str) -> QuietHours | None:
        """The person's own quiet hours, else the company's; None for somebody on duty."""
        if person_id in self.on_duty:
            return None
        return self.quiet.get(person_id) or self.quiet.get(COMPANY) or USUAL_QUIET

    def takes(self, channel: Channel, message: Any) -> bool:
        """Whether the message goes out to its recipient by the channel."""
        if message.emergency:
            return True
        if self._left_out(message):
            return False
        level = self.levels.get((message.recipient_id, channel.name), channel.usual)
        pressing = message.urgent or message.notice_kind == Kind.ESCALATION
        return level == Level.ALL or (level == Level.URGENT and pressing)

    def _left_out(self, message: Any) -> bool:
        person_id, kind = message.recipient_id, message.notice_kind
        if kind in CHOOSABLE and (person_id, KINDS, kind) in self.unwanted:
            return True
        return kind == Kind.WARNING and (person_id, LIMITS, message.limit_key) in self.unwanted


def read_wishes(connection: Connection, people: Iterable[str], now: datetime) -> Wishes:
    """What these people chose, and who of them is on duty at that moment."""
    asked = sorted(set(people))
    channel, choice, quiet, duty = t.channel_choice.c, t.message_choice.c, t.quiet_hours.c, t.duty.c
    levels = sa.select(channel.person_id, channel.channel, channel.level).where(channel.person_id.in_(asked))
    unwanted = sa.select(choice.person_id, choice.subject, choice.key).where(choice.person_id.in_(asked), sa.not_(choice.wanted))
    hours = sa.select(t.quiet_hours).where(quiet.person_id.in_([*asked, COMPANY]))
    serving = sa.select(duty.person_id).where(duty.person_id.in_(asked), duty.starts_at <= now, duty.ends_at > now)
    return Wishes(
        {(row.person_id, row.channel): row.level for row in connection.execute(levels)},
        {(row.person_id, row.subject, row.key) for row in connection.execute(unwanted)},
        {row.person_id: hours_of(row) for row in connection.execute(hours)},
        set(connection.execute(serving).scalars()),
    )


def hours_of(row: Any) -> QuietHours:
    """The quiet hours of a row."""
    return QuietHours(time.fromisoformat(row.starts), time.fromisoformat(row.ends), row.days_off)


def address_of(channel: Channel, chosen: str | None, email: str | None, phone: str | None) -> str | None:
    """Where a person is reached; None when the channel needs an address and there is none."""
    listed = {Address.MAIL: email, Address.MOBILE: phone}.get(channel.address)
    address = chosen or listed or ""
    return address if address or channel.shared or channel.address == Address.NONE else None
