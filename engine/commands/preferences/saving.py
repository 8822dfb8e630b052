"""Keep what a person wants to be told, by which channels and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.commands.delivery.choosing import KINDS, LIMITS
from engine.commands.directory.changes import note
from engine.commands.preferences.checking import NO_TIME, WRONG, checked_address, checked_time
from engine.commands.session import sentences
from engine.domain.actor import Actor
from engine.domain.messages import CHOOSABLE, Level
from engine.domain.text import Text
from engine.errors import Forbidden, InvalidValues
from engine.storage import tables as t
from engine.storage.work import Work

COMPANYS, OWN, NEVER = "company", "own", "never"
_NOT_A_LEVEL = Text("请选一项。", "Choose one.")
_PEOPLE_ONLY = Text("只有人才有通知设置。", "Only people have notification settings.")


@dataclass(frozen=True, slots=True)
class Wish:
    """What goes out by a channel; without an address the directory's holds."""

    level: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class SavePreferences:
    """All of one's own settings; ``kinds`` and ``limits`` say what is wanted, ``quiet`` is company, own or never.

    A channel, kind or limit that is not named stays as it is. What nobody can leave out is not among the kinds.
    """

    channels: Mapping[str, Wish] = field(default_factory=dict)
    kinds: Mapping[str, bool] = field(default_factory=dict)
    limits: Mapping[str, bool] = field(default_factory=dict)
    quiet: str = COMPANYS
    starts: str = ""
    ends: str = ""
    days_off: bool = False


def handle(command: SavePreferences, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """InvalidValues names every address, level and time that cannot be taken; then nothing is kept."""
    if actor.system:
        raise Forbidden(_PEOPLE_ONLY)
    faults: dict[str, Text] = {}
    channels = _channels(command, procedures, actor, faults)
    quiet = _quiet(command, actor, faults)
    if faults:
        raise InvalidValues(sentences.FORM_REFUSED, faults)
    for row in channels:
        work.batch.put(t.channel_choice, row)
    _choices(work, actor, KINDS, {kind: wanted for kind, wanted in command.kinds.items() if kind in CHOOSABLE})
    known = limit_names(procedures, now)
    _choices(work, actor, LIMITS, {key: wanted for key, wanted in command.limits.items() if key in known})
    if quiet is None:
        work.connection.execute(sa.delete(t.quiet_hours).where(t.quiet_hours.c.person_id == actor.person_id))
    else:
        work.batch.put(t.quiet_hours, quiet)
    # Addresses are personal and stay out of the journal.
    said = {"levels": {row["channel"]: row["level"] for row in channels}, "quiet": command.quiet}
    unwanted = sorted(key for key, wanted in {**command.kinds, **command.limits}.items() if not wanted)
    note(work, t.message_choice, actor.person_id, "changed", {**said, "unwanted": unwanted})


def limit_names(procedures: Procedures, now: datetime) -> dict[str, Text]:
    """The limits of every procedure in force, by key."""
    catalogue = procedures.catalogue
    found = (catalogue.in_force(key, now).procedure.limits for key in catalogue.keys_in_force(now))
    return {key: label for limits in found for key, label in limits.items()}


def _channels(command: SavePreferences, procedures: Procedures, actor: Actor, faults: dict[str, Text]) -> list[dict[str, Any]]:
    rows = []
    for channel in procedures.channels:
        wish = command.channels.get(channel.name)
        if wish is None:
            continue
        if wish.level not in set(Level):
            faults[f"level_{channel.name}"] = _NOT_A_LEVEL
        address = checked_address(channel.address, wish.address)
        if address is None:
            faults[f"address_{channel.name}"] = WRONG[channel.address]
        rows.append({"person_id": actor.person_id, "channel": channel.name, "level": wish.level, "address": address})
    return rows


def _quiet(command: SavePreferences, actor: Actor, faults: dict[str, Text]) -> dict[str, Any] | None:
    if command.quiet == COMPANYS:
        return None
    if command.quiet == NEVER:
        return {"person_id": actor.person_id, "starts": "00:00", "ends": "00:00", "days_off": False}
    if command.quiet != OWN:
        faults["quiet"] = _NOT_A_LEVEL
    return quiet_row(actor.person_id, command.starts, command.ends, days_off=command.days_off, faults=faults)


def quiet_row(person_id: str, starts: str, ends: str, *, days_off: bool, faults: dict[str, Text]) -> dict[str, Any]:
    """The row of quiet hours; ``faults`` gets what is no time."""
    times = {"starts": checked_time(starts), "ends": checked_time(ends)}
    faults.update({name: NO_TIME for name, at in times.items() if at is None})
    kept = {name: f"{at:%H:%M}" if at else "" for name, at in times.items()}
    return {"person_id": person_id, **kept, "days_off": days_off}


def _choices(work: Work, actor: Actor, subject: str, wanted: Mapping[str, bool]) -> None:
    for key, choice in wanted.items():
        work.batch.put(t.message_choice, {"person_id": actor.person_id, "subject": subject, "key": key, "wanted": choice})
