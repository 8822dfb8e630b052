"""A year's closed complaints as they are bound: each by its number and the head of its chain, and one digest over all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy import Connection

from engine.storage.tables import cases, estate, register_entry

#: Only complaints are bound, not the reports about them nor what was imported as closed.
COMPLAINTS = "current"
_entry = register_entry.c


@dataclass(frozen=True, slots=True)
class Bound:
    """One closed case in a volume; ``seq`` and ``hash`` are the head of its chain when it was bound."""

    estate: str
    number: str
    seq: int
    hash: str

    def line(self) -> str:
        """The line that the digest covers."""
        return f"{self.number}\t{self.seq}\t{self.hash}\n"


def closed_between(connection: Connection, start: datetime, end: datetime) -> list[Bound]:
    """The complaints closed in a stretch of time, by estate and number."""
    joined = register_entry.join(cases, cases.c.id == _entry.case_id).join(estate, estate.c.id == _entry.estate_id)
    query = sa.select(estate.c.code, _entry.number, cases.c.journal_seq, cases.c.journal_hash).select_from(joined)
    query = query.where(_entry.series == COMPLAINTS, _entry.closed_at >= start, _entry.closed_at < end)
    return [Bound(*row) for row in connection.execute(query.order_by(estate.c.code, _entry.number))]


def digest_of(bound: Iterable[Bound]) -> str:
    """SHA-256 (hex) over the lines, in the order given."""
    content = sha256()
    for case in bound:
        content.update(case.line().encode())
    return content.hexdigest()


def missing_numbers(connection: Connection, start: datetime, end: datetime) -> list[str]:
    """Estate codes with how many register numbers of the years are not in the book; empty when no page is missing."""
    year = sa.func.max(_entry.year)
    query = (
        sa.select(estate.c.code, year, sa.func.max(_entry.serial), sa.func.count())
        .join(estate, estate.c.id == _entry.estate_id)
        .where(_entry.series == COMPLAINTS, _entry.registered_at >= start, _entry.registered_at < end)
        .group_by(estate.c.code, _entry.year)
        .order_by(estate.c.code, _entry.year)
    )
    return [f"{code}-{of}: {last - count}" for code, of, last, count in connection.execute(query) if last != count]
