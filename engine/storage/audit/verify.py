"""Whether the journal, and all that it covers, is still what was written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine.domain.events import WorkItemCompleted
from engine.storage.journal import Entry, Head, chain_hash, to_entry
from engine.storage.payloads import digest
from engine.storage.tables import cases, journal, payload, submission


@dataclass(frozen=True, slots=True)
class Problem:
    """A place where something is not what was written: ``what`` is chain, head, payload or submission.

    ``row`` names the row where the number of the journal's entry does not.
    """

    stream_id: str
    seq: int
    what: str
    row: str = field(default="", compare=False)


def verify(connection: Connection, told: Callable[[int], None] = lambda entries: None) -> list[Problem]:
    """Every broken link, changed or missing entry, cut-off end, and altered or missing payload or submission.

    ``told`` is called once a stream with the number of its entries.
    """
    rows = connection.execute(_JOURNAL, execution_options={"yield_per": 500}).mappings()
    heads = {row.id: Head(row.journal_seq, row.journal_hash) for row in connection.execute(_HEADS)}
    problems: list[Problem] = []
    for (kind, stream_id), entries in groupby(rows, lambda row: (row["stream_kind"], row["stream_id"])):
        stream = list(entries)
        problems += _stream(connection, stream_id, stream, heads.pop(stream_id, _NO_CASE) if kind == "case" else None)
        told(len(stream))
    problems += [Problem(stream_id, head.seq, "head") for stream_id, head in heads.items()]
    return problems + list(_altered_payloads(connection))


_JOURNAL = sa.select(journal).order_by(journal.c.stream_kind, journal.c.stream_id, journal.c.seq)
# A case that was removed has no head, so no end of its stream is the right one.
_NO_CASE = Head()
_HEADS = sa.select(cases.c.id, cases.c.journal_seq, cases.c.journal_hash)


def _stream(connection: Connection, stream_id: str, rows: list[Any], expected: Head | None) -> Iterator[Problem]:
    head = Head()
    for row in rows:
        if row["seq"] != head.seq + 1 or row["prev_hash"] != head.hash or chain_hash(row) != row["hash"]:
            yield Problem(stream_id, row["seq"], "chain")
        head = Head(row["seq"], row["hash"])
    if expected is not None and expected != head:
        yield Problem(stream_id, expected.seq, "head")
    intact = [to_entry(row) for row in rows if chain_hash(row) == row["hash"]]
    yield from _payloads(connection, stream_id, intact)
    yield from _submissions(connection, stream_id, intact)


def _payloads(connection: Connection, stream_id: str, entries: list[Entry]) -> Iterator[Problem]:
    query = sa.select(payload.c.id, payload.c.digest).where(payload.c.stream_id == stream_id)
    there = {row.id: row.digest for row in connection.execute(query)}
    for entry in entries:
        if any(there.get(payload_id) != covered for payload_id, covered in entry.personal.values()):
            yield Problem(stream_id, entry.seq, "payload")


def _submissions(connection: Connection, stream_id: str, entries: list[Entry]) -> Iterator[Problem]:
    query = sa.select(submission.c.id, submission.c.plain).where(submission.c.case_id == stream_id)
    there = {row.id: sha256(row.plain.encode()).hexdigest() for row in connection.execute(query)}
    for entry in entries:
        done = [event for event in entry.events if isinstance(event, WorkItemCompleted) and event.submission_id]
        if any(there.get(str(event.submission_id)) != event.submission_digest for event in done):
            yield Problem(stream_id, entry.seq, "submission")


def _altered_payloads(connection: Connection) -> Iterator[Problem]:
    query = sa.select(payload).where(payload.c.erased_at.is_(None))
    for row in connection.execute(query, execution_options={"yield_per": 500}):
        if row.salt is None or row.value is None or digest(row.salt, row.value) != row.digest:
            yield Problem(row.stream_id, 0, "payload", f"payload {row.id} ({row.field})")
