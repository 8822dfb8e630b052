"""What every handler is given beside its command."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from engine.calendar import Calendar, DayRules
from engine.calendar.schedules import Period
from engine.catalogue import Catalogue
from engine.domain.messages import Channel
from engine.procedure import Bundle, Procedure
from engine.procedure.trying import Played, all_played
from engine.storage.files import FileStore

#: Takes (connection, procedure, kind, period, estate, now): figures of a period, as plain values.
Figures = Callable[[Connection, Procedure, str, Period, str, datetime], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Procedures:
    """The published versions, the calendar they count by, the company's zone, where figures come from, and the ways out.

    ``stories`` says how every story of a bundle went, and never plays one: NotTried until that was done outside the transaction,
    Stopped when it could not.
    """

    catalogue: Catalogue
    calendar_for: Callable[[DayRules, int, Connection], Calendar]
    zone: ZoneInfo
    files: FileStore
    most_upload_bytes: int
    release_dir: Path
    figures: Figures
    stories: Callable[[Bundle], tuple[Played, ...]] = all_played
    channels: tuple[Channel, ...] = ()


#: Takes (command, work, procedures, actor, now). A refusal that is to be remembered is answered instead of raised.
Handler = Callable[..., Any]
#: Opens a connection that only reads.
Reading = Callable[[], AbstractContextManager[Connection]]
#: Takes (command, reading, actor, now) before the transaction, and gives the command that is carried out in it.
Check = Callable[..., Any]
