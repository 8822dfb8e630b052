"""What every handler is given beside its command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from engine.calendar import Calendar, DayRules
from engine.catalogue import Catalogue
from engine.storage.files import FileStore


@dataclass(frozen=True, slots=True)
class Procedures:
    """The published versions, the calendar they count by, and the company's zone."""

    catalogue: Catalogue
    calendar_for: Callable[[DayRules, int, Connection], Calendar]
    zone: ZoneInfo
    files: FileStore
    most_upload_bytes: int
    release_dir: Path


#: Takes (command, work, procedures, actor, now).
Handler = Callable[..., Any]
