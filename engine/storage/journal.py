"""The append-only record: who did what, when and why, chained by hash within each stream."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine.domain.codec import dumps, loads
from engine.domain.events import Event
from engine.storage.tables import journal

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a stream: its number and hash."""

    seq: int = 0
    hash: str = GENESIS


@dataclass(frozen=True, slots=True)
class Entry:
    """One command's events in one stream; ``personal`` maps a field to its payload id and digest."""

    stream_kind: str
    stream_id: str
    seq: int
    at: datetime
    actor_id: str
    action: str
    events: tuple[Event, ...]
    on_behalf_of: str | None = None
    personal: dict[str, list[str]] = field(default_factory=dict)


def link(entry: Entry, prev_hash: str) -> dict[str, Any]:
    """The journal row of an entry that follows the one with ``prev_hash``."""
    row = {
        "stream_kind": entry.stream_kind,
        "stream_id": entry.stream_id,
        "seq": entry.seq,
        "at": entry.at,
        "actor_id": entry.actor_id,
        "on_behalf_of": entry.on_behalf_of,
        "action": entry.action,
        "events": _events_text(entry.events),
        "personal": dumps(entry.personal),
        "prev_hash": prev_hash,
    }
    return {**row, "hash": chain_hash(row)}


def _events_text(events: Sequence[Event]) -> str:
    return json.dumps([item.to_data() for item in events], ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def chain_hash(row: Any) -> str:
    """SHA-256 over the entry and the hash before it; a payload is covered by its digest, so erasing it changes nothing."""
    covered = [
        row[name]
        for name in ("stream_kind", "stream_id", "seq", "actor_id", "on_behalf_of", "action", "events", "personal", "prev_hash")
    ]
    text = json.dumps([*covered, row["at"].isoformat()], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def read_stream(
    connection: Connection, stream_kind: str, stream_id: str, without: frozenset[str] = frozenset()
) -> Iterator[Entry]:
    """The entries of a stream, oldest first; events of the types ``without`` are left out, for whoever has no use for them."""
    query = (
        sa.select(journal).where(journal.c.stream_kind == stream_kind, journal.c.stream_id == stream_id).order_by(journal.c.seq)
    )
    for row in connection.execute(query).mappings():
        yield to_entry(row, without)


def to_entry(row: Any, without: frozenset[str] = frozenset()) -> Entry:
    """The entry that a journal row holds, save the events of some types."""
    return Entry(
        row["stream_kind"],
        row["stream_id"],
        row["seq"],
        row["at"],
        row["actor_id"],
        row["action"],
        tuple(Event.from_data(item) for item in json.loads(row["events"]) if item["type"] not in without),
        row["on_behalf_of"],
        loads(row["personal"]),
    )


def head_of(connection: Connection, stream_kind: str, stream_id: str) -> Head:
    """Where the next entry of a stream is to be linked; the stream is this transaction's until it ends."""
    if connection.dialect.name == "postgresql":
        # There is no row to lock for a stream without a case; on SQLite one transaction writes at a time anyway.
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(f"{stream_kind}/{stream_id}"))))
    query = sa.select(journal.c.seq, journal.c.hash).where(journal.c.stream_kind == stream_kind, journal.c.stream_id == stream_id)
    row = connection.execute(query.order_by(journal.c.seq.desc()).limit(1)).first()
    return Head(row.seq, row.hash) if row else Head()
