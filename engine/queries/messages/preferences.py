"""A person's own settings as the page shows them: each channel, kind and limit, and the quiet hours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import COMPANY, Actor
from engine.domain.messages import CHOOSABLE, Address, Channel, Kind
from engine.domain.text import Text
from engine.storage.tables import channel_choice, message_choice, message_delivery, person, quiet_hours

if TYPE_CHECKING:
    from engine.queries.reader import Reader

#: Messages of new tasks are sent to those alone who ask for them; the inbox shows the tasks to everybody.
_ASKED_FOR = (Kind.TASK,)


@dataclass(frozen=True, slots=True)
class Tested:
    """What became of the last test message: waiting, sent or refused, when, and why."""

    standing: str
    at: datetime
    fault: Text | None


@dataclass(frozen=True, slots=True)
class ChannelChoice:
    """A channel, what goes out by it, the person's own address, and the directory's in its place."""

    channel: Channel
    level: str
    address: str
    listed: str
    tested: Tested | None

    @property
    def reachable(self) -> bool:
        """Whether anything can be sent there."""
        return bool(self.address or self.listed) or self.channel.shared or self.channel.address == Address.NONE


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind or a limit, and whether it is wanted."""

    key: str
    label: Text | None
    wanted: bool


@dataclass(frozen=True, slots=True)
class Quiet:
    """Quiet hours, as times of the day; none where both are the same."""

    starts: str
    ends: str
    days_off: bool

    @property
    def none(self) -> bool:
        """Whether there is no such time."""
        return self.starts == self.ends and not self.days_off


@dataclass(frozen=True, slots=True)
class Preferences:
    """Everything that a person may choose; ``own_quiet`` is None where the company's hours hold."""

    channels: tuple[ChannelChoice, ...]
    kinds: tuple[Choice, ...]
    limits: tuple[Choice, ...]
    own_quiet: Quiet | None
    company_quiet: Quiet


def preferences(reader: Reader, actor: Actor, channels: Iterable[Channel], usual: Quiet) -> Preferences:
    """The actor's own settings for these channels; ``usual`` are the quiet hours of a company that has set none."""
    chosen = {(row.subject, row.key): row.wanted for row in reader.connection.execute(_choices(actor))}
    limits = _limits(reader)
    quiet = {row.person_id: Quiet(row.starts, row.ends, row.days_off) for row in reader.connection.execute(_quiet(actor))}
    return Preferences(
        _channels(reader, actor, channels),
        tuple(Choice(kind, None, chosen.get(("kind", kind), kind not in _ASKED_FOR)) for kind in CHOOSABLE),
        tuple(Choice(key, label, chosen.get(("limit", key), True)) for key, label in limits.items()),
        quiet.get(actor.person_id),
        quiet.get(COMPANY, usual),
    )


def _channels(reader: Reader, actor: Actor, channels: Iterable[Channel]) -> tuple[ChannelChoice, ...]:
    listed = reader.connection.execute(sa.select(person.c.email, person.c.phone).where(person.c.id == actor.person_id)).one()
    row, delivery = channel_choice.c, message_delivery.c
    chosen = sa.select(channel_choice).where(row.person_id == actor.person_id)
    own = {found.channel: found for found in reader.connection.execute(chosen)}
    tests = sa.select(message_delivery).where(delivery.message_id == f"test-{actor.person_id}")
    tested = {found.channel: _tested(found) for found in reader.connection.execute(tests)}
    offered = []
    for channel in channels:
        known = {Address.MAIL: listed.email, Address.MOBILE: listed.phone}.get(channel.address) or ""
        choice = own.get(channel.name)
        level, address = (choice.level, choice.address) if choice else (str(channel.usual), "")
        offered.append(ChannelChoice(channel, level, address, known, tested.get(channel.name)))
    return tuple(offered)


def _tested(row: Any) -> Tested:
    fault = Text(row.fault_zh, row.fault_en) if row.fault_zh else None
    if row.sent_at is not None:
        return Tested("sent", row.sent_at, None)
    if row.given_up_at is not None:
        return Tested("refused", row.given_up_at, fault)
    return Tested("waiting", row.created_at, fault)


def _limits(reader: Reader) -> dict[str, Text]:
    keys = sorted(reader.catalogue.keys_in_force(reader.now))
    found = (reader.catalogue.in_force(key, reader.now).procedure.limits for key in keys)
    return {key: label for limits in found for key, label in limits.items()}


def _choices(actor: Actor) -> sa.Select[Any]:
    return sa.select(message_choice).where(message_choice.c.person_id == actor.person_id)


def _quiet(actor: Actor) -> sa.Select[Any]:
    return sa.select(quiet_hours).where(quiet_hours.c.person_id.in_((actor.person_id, COMPANY)))
