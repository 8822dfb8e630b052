"""The quiet hours of the whole company, for everybody who has chosen none of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Procedures
from engine.commands.directory.changes import note, require_administrator
from engine.commands.preferences.saving import quiet_row
from engine.commands.session import sentences
from engine.domain.actor import COMPANY, Actor
from engine.domain.text import Text
from engine.errors import InvalidValues
from engine.storage import tables as t
from engine.storage.work import Work


@dataclass(frozen=True, slots=True)
class SetQuietHours:
    """Hours that begin when they end are none."""

    starts: str
    ends: str
    days_off: bool = False


def handle(command: SetQuietHours, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """Forbidden for others than administrators; InvalidValues names what is no time."""
    require_administrator(actor)
    faults: dict[str, Text] = {}
    row = quiet_row(COMPANY, command.starts, command.ends, days_off=command.days_off, faults=faults)
    if faults:
        raise InvalidValues(sentences.FORM_REFUSED, faults)
    work.batch.put(t.quiet_hours, row)
    note(work, t.quiet_hours, COMPANY, "changed", {name: row[name] for name in ("starts", "ends", "days_off")})
