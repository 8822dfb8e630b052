"""The bare transaction that completing a task is held against: the least that a recorded step could cost on this database.

It locks one row, updates a blob of 4 kB in it, inserts one journal row and one work item, and commits. It uses the product's
tables, pool and connections; ``plain`` does the same through the driver alone, to show what the layer between costs.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any

import psycopg
import sqlalchemy as sa

from engine.bootstrap import Application
from engine.storage import tables as t

_CASE = "bench-bare"
_AT = datetime(2026, 1, 1, tzinfo=UTC)
_STATE_BYTES = 4096
_EVENTS = "x" * 1000
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "cache_size=-32000")

_LOCK = sa.select(t.cases.c.rev).where(t.cases.c.id == _CASE).with_for_update()
_SAVE = sa.update(t.cases).where(t.cases.c.id == _CASE).values(state=sa.bindparam("blob"))
_JOURNAL = sa.insert(t.journal)
_ITEM = sa.insert(t.work_item)


class Bare:
    """The transaction on one application's database; every call is one of them."""

    def __init__(self, application: Application) -> None:
        self._database = application.database
        self._numbers = count(1)
        self._say = _driver(application)
        case = {
            "id": _CASE,
            "procedure_key": "bench",
            "estate_id": "bench",
            "rev": 1,
            "state": b"",
            "closed": True,
            "journal_seq": 0,
            "journal_hash": "",
        }
        with self._database.write() as connection:
            connection.execute(sa.insert(t.cases), case)

    def __call__(self) -> None:
        """Once, as the product would write it."""
        number = next(self._numbers)
        with self._database.write() as connection:
            connection.execute(_LOCK).one()
            connection.execute(_SAVE, {"blob": os.urandom(_STATE_BYTES)})
            connection.execute(_JOURNAL, _journal_row(number))
            connection.execute(_ITEM, _item_row(number))

    def plain(self) -> None:
        """Once, through the driver alone."""
        number = next(self._numbers)
        self._say("BEGIN IMMEDIATE" if self._database.is_sqlite else "BEGIN", {})
        locked = "" if self._database.is_sqlite else " FOR UPDATE"
        self._say(f"SELECT rev FROM cases WHERE id = '{_CASE}'{locked}", {})
        self._say(f"UPDATE cases SET state = :state WHERE id = '{_CASE}'", {"state": os.urandom(_STATE_BYTES)})
        self._insert("journal", _journal_row(number))
        self._insert("work_item", _item_row(number))
        self._say("COMMIT", {})

    def _insert(self, table: str, row: dict[str, Any]) -> None:
        told = {name: value.isoformat(" ") if isinstance(value, datetime) else value for name, value in row.items()}
        self._say(f"INSERT INTO {table} ({', '.join(told)}) VALUES ({', '.join(f':{name}' for name in told)})", told)


def _journal_row(number: int) -> dict[str, Any]:
    return {
        "stream_kind": "bench",
        "stream_id": _CASE,
        "seq": number,
        "at": _AT,
        "actor_id": "bench",
        "on_behalf_of": None,
        "action": "bench",
        "events": _EVENTS,
        "personal": "{}",
        "prev_hash": "0" * 64,
        "hash": "0" * 64,
    }


def _item_row(number: int) -> dict[str, Any]:
    return {
        "id": f"{_CASE}-{number}",
        "case_id": _CASE,
        "estate_id": "bench",
        "element_id": "bench",
        "name_zh": "测试",
        "name_en": "Bench",
        "form": "bench",
        "role": "bench",
        "excluded": "",
        "round": 1,
        "status": "done",
        "opened_at": _AT,
        "due_at": _AT,
    }


def _driver(application: Application) -> Callable[[str, dict[str, Any]], Any]:
    """A connection of the driver's own, set as the product sets its connections."""
    url = application.database.url
    if application.database.is_sqlite:
        embedded = sqlite3.connect(str(url.database), isolation_level=None)
        for pragma in _PRAGMAS:
            embedded.execute(f"PRAGMA {pragma}")
        return embedded.execute
    server = psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True)
    # The driver writes its parameters as %(name)s.
    return lambda statement, given: server.execute(_pyformat(statement, given), given)  # type: ignore[arg-type]


def _pyformat(statement: str, given: dict[str, Any]) -> str:
    for name in sorted(given, key=len, reverse=True):
        statement = statement.replace(f":{name}", f"%({name})s")
    return statement
