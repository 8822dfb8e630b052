"""Projections made again from the journal, and held against the ones that stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from engine.domain.events import CaseRegistered
from engine.storage.batch import Batch
from engine.storage.journal import Entry, to_entry
from engine.storage.payloads import read
from engine.storage.projections import PROJECTED, VOLATILE, Subject, project
from engine.storage.tables import journal

Rows = dict[str, list[tuple[Any, ...]]]


def rebuild(connection: Connection, secret: bytes) -> None:
    """Empty every projection and fill it again from the journal; what was read and what was sent stays so."""
    kept = {table: _volatile(connection, table) for table in PROJECTED}
    for table in PROJECTED:
        connection.execute(sa.delete(table))
    estates: dict[str, str] = {}
    for entry in _case_entries(connection):
        estates.update({event.case_id: event.estate_id for event in entry.events if isinstance(event, CaseRegistered)})
        personal = read(connection, [payload_id for payload_id, _ in entry.personal.values()]) if entry.personal else {}
        subject = Subject(
            entry.stream_id,
            estates[entry.stream_id],
            secret,
            {name: personal.get(ref[0]) for name, ref in entry.personal.items()},
        )
        batch = Batch()
        for event in entry.events:
            project(event, subject, batch)
        batch.flush(connection)
    _put_back(connection, kept)


def _volatile(connection: Connection, table: Table) -> list[dict[str, Any]]:
    columns = [column for column in table.columns if (table.name, column.name) in VOLATILE]
    if not columns:
        return []
    keys = [column.label(f"key_{column.name}") for column in table.primary_key]
    return [dict(row) for row in connection.execute(sa.select(*keys, *columns)).mappings()]


def _put_back(connection: Connection, kept: dict[Table, list[dict[str, Any]]]) -> None:
    for table, rows in kept.items():
        if rows:
            here = [column == sa.bindparam(f"key_{column.name}") for column in table.primary_key]
            changed: dict[str, Any] = {name: sa.bindparam(name) for name in rows[0] if not name.startswith("key_")}
            connection.execute(sa.update(table).where(*here).values(changed), rows)


def _case_entries(connection: Connection) -> Iterator[Entry]:
    query = sa.select(journal).where(journal.c.stream_kind == "case").order_by(journal.c.at, journal.c.stream_id, journal.c.seq)
    rows = connection.execute(query).mappings().all()
    return (to_entry(row) for row in rows)


def contents(connection: Connection) -> Rows:
    """Every projection's rows, sorted, without what changes by other means than events."""
    return {table.name: sorted(_rows(connection, table), key=repr) for table in PROJECTED}


def _rows(connection: Connection, table: Table) -> list[tuple[Any, ...]]:
    columns = [column for column in table.columns if (table.name, column.name) not in VOLATILE]
    return [tuple(row) for row in connection.execute(sa.select(*columns))]
