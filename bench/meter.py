"""What is read off while something runs: milliseconds, SQL statements, commits, and the size of the database."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from engine.bootstrap import Application

#: What tells whether the database is as durable as in production, by its own words.
_DURABLE = {"sqlite": ("journal_mode", "synchronous"), "postgresql": ("fsync", "synchronous_commit", "full_page_writes")}
_VERSION = {"sqlite": "select sqlite_version()", "postgresql": "show server_version"}


@dataclass(slots=True)
class Counts:
    """SQL statements, an executemany counting one and BEGIN and COMMIT none, and commits."""

    statements: int = 0
    commits: int = 0


@contextmanager
def counted(application: Application) -> Iterator[Counts]:
    """The counts while the block runs, of this application alone."""
    counts, engine = Counts(), application.database.engine

    def execute(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        counts.statements += not statement.startswith("BEGIN")

    def commit(_connection: Any) -> None:
        counts.commits += 1

    event.listen(engine, "before_cursor_execute", execute)
    event.listen(engine, "commit", commit)
    try:
        yield counts
    finally:
        event.remove(engine, "before_cursor_execute", execute)
        event.remove(engine, "commit", commit)


def timed(do: Callable[[], Any]) -> float:
    """Milliseconds that it takes."""
    begun = time.perf_counter()
    do()
    return (time.perf_counter() - begun) * 1000


def percentile(values: Sequence[float], share: float, digits: int = 2) -> float:
    """The value that this share of them does not exceed."""
    return round(sorted(values)[min(int(len(values) * share), len(values) - 1)], digits)


def settings_of(application: Application) -> dict[str, str]:
    """What the database says of its version and of its durability."""
    kind = application.database.engine.dialect.name
    ask = "PRAGMA {}" if kind == "sqlite" else "SHOW {}"
    with application.database.read() as connection:
        said = {name: str(connection.execute(sa.text(ask.format(name))).scalar()) for name in _DURABLE[kind]}
        return {"version": str(connection.execute(sa.text(_VERSION[kind])).scalar()), **said}


def bytes_of(application: Application) -> int:
    """The size of the database, indexes included."""
    if application.database.is_sqlite:
        question = "select page_count * page_size from pragma_page_count(), pragma_page_size()"
    else:
        question = "select pg_database_size(current_database())"
    with application.database.read() as connection:
        return int(connection.execute(sa.text(question)).scalar_one())
