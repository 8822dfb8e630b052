"""A file that waits to be imported: what each of its rows would do."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import NotFound
from engine.queries.directory.guard import require_administrator
from engine.queries.directory.paging import A_PAGE, Paged
from engine.storage.tables import person, staged_import

if TYPE_CHECKING:
    from engine.queries.reader import Reader

GONE = Text("这份文件已经导入或已丢弃。请重新上传。", "This file was imported or thrown away already. Upload it again.")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row by the number that Excel gives it, what it is about, its outcome, and what is to be said."""

    line: int
    label: str
    outcome: str
    said: Text


@dataclass(frozen=True, slots=True)
class Trial:
    """A file with the outcome of its rows; ``counts`` is by outcome."""

    id: str
    kind: str
    file_name: str
    rows: int
    counts: Mapping[str, int]
    page: Paged[Entry]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that nobody has confirmed."""

    id: str
    kind: str
    file_name: str
    rows: int
    staged_at: datetime
    by: str


def trial(reader: Reader, actor: Actor, import_id: str, outcome: str = "", number: int = 1) -> Trial:
    """A file that waits, with a page of its rows of one outcome or of all; NotFound when nothing waits under the id."""
    require_administrator(actor)
    row = reader.connection.execute(sa.select(staged_import).where(staged_import.c.id == import_id)).first()
    if row is None:
        raise NotFound(GONE)
    entries = json.loads(zlib.decompress(row.content))
    wanted = [entry for entry in entries if outcome in ("", entry["outcome"])]
    number = max(1, min(number, -(-len(wanted) // A_PAGE)))
    shown = tuple(_entry(entry) for entry in wanted[(number - 1) * A_PAGE : number * A_PAGE])
    counts = Counter(str(entry["outcome"]) for entry in entries)
    return Trial(row.id, row.kind, row.file_name, row.row_count, counts, Paged(shown, number, len(wanted)))


def waiting(reader: Reader, actor: Actor) -> tuple[Waiting, ...]:
    """All files that wait, the newest first."""
    require_administrator(actor)
    query = sa.select(staged_import, person.c.name).join(person, person.c.id == staged_import.c.staged_by)
    rows = reader.connection.execute(query.order_by(staged_import.c.staged_at.desc()))
    return tuple(Waiting(row.id, row.kind, row.file_name, row.row_count, row.staged_at, row.name) for row in rows)


def _entry(entry: Any) -> Entry:
    return Entry(entry["line"], entry["label"], entry["outcome"], Text(*entry["said"]))
