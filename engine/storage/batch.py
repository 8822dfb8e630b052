"""Row changes gathered during a command and written together, one statement for each kind of change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Insert, Table, Update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.elements import ColumnElement

Key = tuple[Any, ...]
#: Before the name of a key's column, where a statement is told which row it is for.
KEY = "key_"
_INSERTS: dict[str, Callable[[Table], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


class Batch:
    """Inserts, updates by primary key and deletes; later changes to a row of the same batch are merged into it."""

    def __init__(self) -> None:
        self._inserts: dict[Table, dict[Key, dict[str, Any]]] = defaultdict(dict)
        self._updates: dict[Table, dict[Key, dict[str, Any]]] = defaultdict(dict)
        self._puts: dict[Table, dict[Key, dict[str, Any]]] = defaultdict(dict)
        self._deletes: list[tuple[Table, ColumnElement[bool]]] = []
        self._known: dict[Table, dict[Key, Mapping[str, Any]]] = defaultdict(dict)

    def know(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        """Whole rows as they stand, so that changing them and adding others can be one statement."""
        self._known[table].update({_key_of(table, row): row for row in rows})

    def insert(self, table: Table, row: dict[str, Any]) -> None:
        """Add a row; columns left out are null."""
        self._inserts[table][_key_of(table, row)] = _whole(table, row)

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

    def put(self, table: Table, row: dict[str, Any]) -> None:
        """Add a whole row, or take the place of the one with its key; columns left out are null."""
        self._puts[table][_key_of(table, row)] = _whole(table, row)

    def adds_to(self, table: Table) -> bool:
        """Whether rows of that table are waiting to be added."""
        return bool(self._inserts.get(table))

    def flush(self, connection: Connection) -> None:
        """Write deletes, inserts and updates, then be empty."""
        for table, where in self._deletes:
            connection.execute(sa.delete(table).where(where))
        for table, rows in self._puts.items():
            connection.execute(_upsert(connection.dialect.name, table), list(rows.values()))
        for table in dict.fromkeys((*self._inserts, *self._updates)):
            self._write(connection, table, self._inserts.get(table, {}), self._updates.get(table, {}))
        self.__init__()  # type: ignore[misc]

    def _write(
        self, connection: Connection, table: Table, inserts: Mapping[Key, dict[str, Any]], updates: Mapping[Key, dict[str, Any]]
    ) -> None:
        known = self._known[table]
        shapes = len({tuple(sorted(changes)) for changes in updates.values()}) + bool(inserts)
        if updates and shapes > 1 and updates.keys() <= known.keys():
            changed = ({**known[key], **changes} for key, changes in updates.items())
            connection.execute(_upsert(connection.dialect.name, table), [*inserts.values(), *changed])
            return
        if inserts:
            connection.execute(_insert(connection.dialect.name, table), list(inserts.values()))
        _write_updates(connection, table, updates)


def _write_updates(connection: Connection, table: Table, updates: Mapping[Key, dict[str, Any]]) -> None:
    keys = [f"{KEY}{column.name}" for column in table.primary_key]
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for key, changes in updates.items():
        alike[tuple(sorted(changes))].append({**changes, **dict(zip(keys, key, strict=True))})
    for names, rows in alike.items():
        connection.execute(update_by_key(table, names), rows)


# A statement costs more to put together than to run: each is made once, and SQLAlchemy knows its text from then on.


@cache
def update_by_key(table: Table, names: tuple[str, ...]) -> Update:
    """Sets the columns of these names in one row, whose key is given as ``key_`` and the column's name."""
    statement = sa.update(table).values({name: sa.bindparam(name) for name in names})
    return statement.where(*(column == sa.bindparam(f"{KEY}{column.name}") for column in table.primary_key))


@cache
def _insert(dialect: str, table: Table) -> Insert:
    # Index rows may be met twice, when a corrected text still holds most of the old one's words.
    if not table.info.get("repeats"):
        return sa.insert(table)
    return _INSERTS[dialect](table).on_conflict_do_nothing()


@cache
def _upsert(dialect: str, table: Table) -> Insert:
    insert = _INSERTS[dialect](table)
    excluded = insert.excluded
    rest = {column.name: excluded[column.name] for column in table.columns if not column.primary_key}
    statement: Insert = insert.on_conflict_do_update(index_elements=list(table.primary_key), set_=rest)
    return statement


@cache
def _key_names(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.primary_key)


@cache
def _nulls(table: Table) -> dict[str, None]:
    return dict.fromkeys(column.name for column in table.columns)


def _whole(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    return {**_nulls(table), **row}


def _key_of(table: Table, row: Mapping[str, Any]) -> Key:
    return tuple([row[name] for name in _key_names(table)])
