"""What every query is given: a consistent view of the database and the present moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from engine.catalogue import Catalogue
from engine.storage.files import FileStore


@dataclass(frozen=True, slots=True)
class Reader:
    """Read only; ``secret`` is the key of the blind indexes."""

    connection: Connection
    now: datetime
    zone: ZoneInfo
    catalogue: Catalogue
    secret: bytes
    files: FileStore

    @property
    def dialect(self) -> str:
        """The kind of database, for the few questions that each kind answers best in its own way."""
        return self.connection.dialect.name
