"""Many cases made quickly: a few are really recorded and handled, and their rows are then copied under new ids and moments."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa

from engine.bootstrap import Application
from engine.storage import tables as t

#: The columns that name a case or one of its rows, by table; the first is the one that a case is found by.
_IDS = {
    t.cases: ("id",),
    t.register_entry: ("case_id", "number"),
    t.work_item: ("case_id", "id"),
    t.timer: ("case_id",),
    t.limit_run: ("case_id",),
    t.payload: ("stream_id", "id"),
    t.watcher: ("case_id",),
    t.bigram: ("case_id",),
    t.blind_index: ("case_id",),
    t.journal: ("stream_id",),
    t.submission: ("case_id", "id", "item_id", "request_id"),
}
#: What the inbox and the worker look at; the rest is for the register and its search.
LISTED = (t.cases, t.register_entry, t.work_item, t.timer, t.payload, t.watcher)
WHOLE = tuple(table for table in _IDS if table is not t.submission)
_AT_ONCE = 20_000
_SERIALS = 100_000
#: Copies are followed by so many people in turn, the original's follower among them.
_FOLLOWERS = 20


def multiply(
    application: Application, case_ids: Sequence[str], copies: int, apart: timedelta, tables: Collection[sa.Table] = LISTED
) -> None:
    """So many copies of each of the cases, every copy further from the original in time than the one before."""
    for table in tables:
        originals = _originals(application, table, case_ids)
        rows = (_copied(table, row, number, apart * number) for number in range(1, copies + 1) for row in originals)
        for some in _portions(rows):
            with application.database.write() as connection:
                connection.execute(sa.insert(table), some)
    if not application.database.is_sqlite:
        # As the server does by itself after a while; SQLite never does.
        with application.database.write() as connection:
            connection.execute(sa.text("ANALYZE"))


def _originals(application: Application, table: sa.Table, case_ids: Sequence[str]) -> list[dict[str, Any]]:
    with application.database.read() as connection:
        found = connection.execute(sa.select(table).where(table.c[_IDS[table][0]].in_(case_ids)))
        return [dict(row) for row in found.mappings()]


def _copied(table: sa.Table, row: dict[str, Any], number: int, later: timedelta) -> dict[str, Any]:
    copy = {name: value + later if isinstance(value, datetime) else value for name, value in row.items()}
    copy |= {name: f"{row[name]}-{number}" for name in _IDS[table]}
    if table is t.register_entry:
        copy["serial"] += _SERIALS * number
    if table is t.journal:
        # An entry names its case and the submissions that it refers to.
        copy["events"] = _renamed(row["events"], row["stream_id"], copy["stream_id"], number)
    if table is t.watcher:
        copy["person_id"] += f"-{number % _FOLLOWERS}" if number % _FOLLOWERS else ""
    return copy


def _renamed(events: str, case_id: str, copied: str, number: int) -> str:
    found = json.loads(events.replace(case_id, copied))
    named = [{**one, "submission_id": f"{one['submission_id']}-{number}"} if "submission_id" in one else one for one in found]
    return json.dumps(named, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _portions(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for _ in count():
        some = [row for row, _ in zip(rows, range(_AT_ONCE), strict=False)]
        if not some:
            return
        yield some
