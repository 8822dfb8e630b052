"""What a person sent once is carried out once, however often a browser sends it."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Table

from engine.storage import tables as t
from engine.storage.work import Work

#: Longer than any page with a form stays open.
_REMEMBERED = timedelta(days=3)


def remember(work: Work, digest: str, person_id: str) -> None:
    """Keep with everything else that this was carried out; the database lets a digest in only once. What is old goes."""
    work.batch.insert(t.carried_out, {"digest": digest, "person_id": person_id, "at": work.now})
    work.batch.delete(t.carried_out, t.carried_out.c.at < work.now - _REMEMBERED)


def carried_out(connection: Connection, digest: str) -> tuple[datetime, str] | None:
    """When that was carried out, and the name of whoever sent it; None when it was not."""
    return _first(connection, t.carried_out, t.carried_out.c.digest == digest)


def submitted(connection: Connection, request_id: str) -> tuple[datetime, str] | None:
    """When the form of a task came in under that id, and the name of whoever sent it; None when it did not."""
    return _first(connection, t.submission, t.submission.c.request_id == request_id)


def _first(connection: Connection, table: Table, which: ColumnElement[bool]) -> tuple[datetime, str] | None:
    joined = table.outerjoin(t.person, t.person.c.id == table.c.person_id)
    query = sa.select(table.c.at, sa.func.coalesce(t.person.c.name, table.c.person_id)).select_from(joined)
    row = connection.execute(query.where(which)).first()
    return None if row is None else (row[0], row[1])
