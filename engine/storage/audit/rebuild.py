"""Projections made again from the journal, and held against the ones that stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from engine.domain.events import CaseRegistered
from engine.storage.batch import Batch
from engine.storage.journal import Entry, chain_hash, to_entry
from engine.storage.payloads import read
from engine.storage.projections import PROJECTED, VOLATILE, Subject, project
from engine.storage.tables import journal, register_entry, work_item
from engine.storage.tables.base import metadata

Rows = dict[str, list[tuple[Any, ...]]]
_CASES = sa.select(journal).where(journal.c.stream_kind == "case").order_by(journal.c.at, journal.c.stream_id, journal.c.seq)
_IN_PORTIONS = {"yield_per": 500}
# What open items know of their case is a copy. Journals of before version 0013 of the tables tell it of the case alone.
_GRADES = (
    sa.update(work_item)
    .where(work_item.c.status == "open", work_item.c.case_id == register_entry.c.case_id)
    .values(severity=register_entry.c.severity, emergency=register_entry.c.emergency)
)


def rebuild(connection: Connection, secret: bytes) -> None:
    """Empty every projection and fill it again from the journal; what was read and what was sent stays so."""
    kept = {table: _volatile(connection, table) for table in PROJECTED}
    for table in PROJECTED:
        connection.execute(sa.delete(table))
    _replay(connection, (to_entry(row) for row in connection.execute(_CASES).mappings().all()), connection, secret)
    _put_back(connection, kept)


def replay(connection: Connection, target: Connection, secret: bytes, told: Callable[[], None] = lambda: None) -> None:
    """Make the projections anew in an empty database, and leave the ones that stand as they are.

    Entries that are not what was written, and those of a case whose first entry is not, are passed over.
    ``told`` is called once an entry.
    """

    def intact() -> Iterator[Entry]:
        for row in connection.execute(_CASES, execution_options=_IN_PORTIONS).mappings():
            told()
            if chain_hash(row) == row["hash"]:
                yield to_entry(row)

    metadata.create_all(target, PROJECTED)
    _replay(connection, intact(), target, secret)


def _replay(source: Connection, entries: Iterable[Entry], target: Connection, secret: bytes) -> None:
    begun: dict[str, CaseRegistered] = {}
    for entry in entries:
        begun.update({event.case_id: event for event in entry.events if isinstance(event, CaseRegistered)})
        if entry.stream_id not in begun:
            continue
        personal = read(source, [payload_id for payload_id, _ in entry.personal.values()]) if entry.personal else {}
        subject = Subject(
            entry.stream_id,
            begun[entry.stream_id].estate_id,
            begun[entry.stream_id].registered_at,
            secret,
            {name: personal.get(ref[0]) for name, ref in entry.personal.items()},
        )
        batch = Batch()
        for event in entry.events:
            project(event, subject, batch)
        batch.flush(target)
    target.execute(_GRADES)


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


def contents(connection: Connection) -> Rows:
    """Every projection's rows, sorted, without what changes by other means than events."""
    return {table.name: sorted(_rows(connection, table), key=repr) for table in PROJECTED}


def _rows(connection: Connection, table: Table) -> list[tuple[Any, ...]]:
    columns = [column for column in table.columns if (table.name, column.name) not in VOLATILE]
    return [tuple(row) for row in connection.execute(sa.select(*columns))]


@dataclass(frozen=True, slots=True)
class Difference:
    """A row of a projection that is not what the journal makes of it."""

    case_id: str
    table: str
    key: tuple[Any, ...]


def differences(stored: Connection, made: Connection) -> Iterator[Difference]:
    """Rows that are missing, too many, or different in what stands, held against what was made anew."""
    for table in PROJECTED:
        wanted = {key: row for key, _, row in _keyed(made, table)}
        for key, case_id, row in _keyed(stored, table):
            if wanted.pop(key, None) != row:
                yield Difference(case_id, table.name, key)
        yield from (Difference(_case_of(table, key, made), table.name, key) for key in wanted)


def _keyed(connection: Connection, table: Table) -> Iterator[tuple[tuple[Any, ...], str, int]]:
    """Each row's key, case, and a hash of it: keyed by chance in each process, so that nobody can aim at equal ones."""
    keys = list(table.primary_key)
    columns = [column for column in table.columns if (table.name, column.name) not in VOLATILE]
    for row in connection.execute(sa.select(*columns), execution_options=_IN_PORTIONS).mappings():
        yield tuple(row[column.name] for column in keys), str(row["case_id"]), hash(tuple(row.values()))


def _case_of(table: Table, key: tuple[Any, ...], connection: Connection) -> str:
    here = [column == value for column, value in zip(table.primary_key, key, strict=True)]
    return str(connection.execute(sa.select(table.c.case_id).where(*here)).scalar_one())
