"""Row changes gathered during a command and written together, one statement for each kind of change."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.elements import ColumnElement

Key = tuple[Any, ...]


class Batch:
    """Inserts, updates by primary key and deletes; later changes to a row of the same batch are merged into it."""

    def __init__(self) -> None:
        self._inserts: dict[Table, dict[Key, dict[str, Any]]] = defaultdict(dict)
        self._updates: dict[Table, dict[Key, dict[str, Any]]] = defaultdict(dict)
        self._deletes: list[tuple[Table, ColumnElement[bool]]] = []

    def insert(self, table: Table, row: dict[str, Any]) -> None:
        """Add a row; columns left out are null."""
        full = {column.name: row.get(column.name) for column in table.columns}
        self._inserts[table][_key_of(table, row)] = full

    def update(self, table: Table, key: Key, changes: dict[str, Any]) -> None:
        """Change a row named by its primary key."""
        row = self._inserts[table].get(key)
        if row is not None:
            row.update(changes)
        else:
            self._updates[table].setdefault(key, {}).update(changes)

    def delete(self, table: Table, where: ColumnElement[bool]) -> None:
        """Remove rows that stood in the table before this batch."""
        self._deletes.append((table, where))

    def forget_inserts(self, table: Table) -> None:
        """Take back this batch's own inserts into a table whose rows are about to be replaced."""
        self._inserts.pop(table, None)

    def flush(self, connection: Connection) -> None:
        """Write deletes, inserts and updates, then be empty."""
        for table, where in self._deletes:
            connection.execute(sa.delete(table).where(where))
        for table, rows in self._inserts.items():
            if rows:
                connection.execute(_insert(connection, table), list(rows.values()))
        for table, updates in self._updates.items():
            _write_updates(connection, table, updates)
        self.__init__()  # type: ignore[misc]


def _insert(connection: Connection, table: Table) -> Insert:
    # Index rows may be met twice, when a corrected text still holds most of the old one's words.
    if not table.info.get("repeats"):
        return sa.insert(table)
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    return insert(table).on_conflict_do_nothing()


def _key_of(table: Table, row: dict[str, Any]) -> Key:
    return tuple(row[column.name] for column in table.primary_key)


def _write_updates(connection: Connection, table: Table, updates: dict[Key, dict[str, Any]]) -> None:
    keys = list(table.primary_key)
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for key, changes in updates.items():
        bound = {f"key_{column.name}": part for column, part in zip(keys, key, strict=True)}
        alike[tuple(sorted(changes))].append({**changes, **bound})
    for names, rows in alike.items():
        statement = sa.update(table).values({name: sa.bindparam(name) for name in names})
        for column in keys:
            statement = statement.where(column == sa.bindparam(f"key_{column.name}"))
        connection.execute(statement, rows)
