"""The door to the database: SQLite with WAL or PostgreSQL, one way to read and one way to write."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from weakref import WeakSet

import sqlalchemy as sa
from sqlalchemy import Connection, create_engine, event, make_url

from engine.errors import Unavailable
from engine.storage.races import faults_are_refusals, refuse

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "cache_size=-32000")

#: A connection whose other end has vanished is noticed within half a minute, and a process that stands still in the middle of a
#: transaction loses its locks after one; waiting for somebody else's lock ends after ten seconds, as on SQLite. Statements here
#: are short: compiling one to machine code, or calling helpers for it, takes longer than running it. What is read often lies in
#: memory, where a page out of order costs hardly more than the next one: told otherwise, the server passes over the very indexes
#: that hold a list in its order.
_POSTGRESQL = {
    "application_name": "redress",
    "connect_timeout": 5,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "options": "-c timezone=UTC -c idle_in_transaction_session_timeout=60s -c lock_timeout=10s -c jit=off"
    " -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1",
}


class Database:
    """A pool of connections; ``write`` is used by dispatch alone."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        if self.is_sqlite and self.url.database not in (None, "", ":memory:"):
            Path(str(self.url.database)).parent.mkdir(parents=True, exist_ok=True)
        self.engine = create_engine(self.url, **self._options())
        event.listen(self.engine, "handle_error", refuse)
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
            event.listen(self.engine, "checkin", _close_what_was_left)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded default."""
        return self.url.get_backend_name() == "sqlite"

    def _options(self) -> dict[str, Any]:
        if self.is_sqlite:
            return {"connect_args": {"check_same_thread": False, "factory": _Connection}}
        return {"pool_size": 10, "max_overflow": 20, "pool_pre_ping": True, "connect_args": _POSTGRESQL}

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is kept when the block ends and undone when it raises; a lost race is a Conflict."""
        with faults_are_refusals(), self.engine.connect() as connection:
            connection = connection.execution_options(redress_write=True)
            with connection.begin():
                yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one consistent state; whatever is written through it is undone."""
        with faults_are_refusals(), self.engine.connect() as connection:
            if not self.is_sqlite:
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            try:
                yield connection
            finally:
                # With a lost connection everything is undone already.
                with suppress(Unavailable):
                    connection.rollback()

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


class _Connection(sqlite3.Connection):
    """Knows its cursors: one that was not read to its end keeps the state it began with, also for whoever comes next."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cursors: WeakSet[sqlite3.Cursor] = WeakSet()

    def cursor(self, *args: Any, **kwargs: Any) -> Any:
        made = super().cursor(*args, **kwargs)
        self.cursors.add(made)
        return made


def _close_what_was_left(dbapi_connection: Any, _record: Any) -> None:
    # On the state of an earlier transaction a writer is told at once that the database is locked, however long it would wait.
    for cursor in tuple(dbapi_connection.cursors) if dbapi_connection is not None else ():
        cursor.close()


def _prepare_sqlite(dbapi_connection: Any, _record: Any) -> None:
    # The driver's own transaction handling starts transactions late; ours starts them itself, below.
    dbapi_connection.isolation_level = None
    cursor = dbapi_connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock at once: upgrading from a read lock is what makes SQLite say "database is locked".
    writing = connection.get_execution_options().get("redress_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def is_empty(connection: Connection) -> bool:
    """Whether no table exists yet."""
    return not sa.inspect(connection).get_table_names()
