"""A database of an older version is brought up to date, and a rebuild from its journal gives what then stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy import Connection, Table

from engine.commands import cases, work
from engine.register import verify_register
from engine.storage import tables as t
from engine.storage.database import Database
from engine.storage.journal import GENESIS, chain_hash
from engine.storage.migrations.upgrading import config_for, upgrade
from tests.office import Case, Office
from tests.postgres import Server

#: The last migration before items were graded, runs knew what is provisional, and messages had kinds.
OLDER = "0009"
#: What journals of that time do not hold: whole events, and fields of the others.
LATER_EVENTS = {"WorkItemGraded", "LimitRecounted", "DocumentIssued", "DocumentsRemoved"}
LATER_FIELDS = {"severity", "emergency"}
NOTICE = {"id", "person_id", "text_zh", "text_en", "urgent"}


@pytest.fixture
def older(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database as the older version made it."""
    with ExitStack() as stack:
        url = f"sqlite:///{tmp_path / 'older.sqlite'}"
        if database == "postgresql":
            server: Server = request.getfixturevalue("postgresql")
            url = stack.enter_context(server.database())
        made = Database(url)
        stack.callback(made.close)
        command.upgrade(config_for(made), OLDER)
        yield made


@pytest.fixture
def graded(office: Office) -> list[Case]:
    """Complaints at several steps: raised, an emergency, closed, and one whose limits hang on a calendar yet to come."""
    raised = office.register()
    raised.reach("propose_plan")
    raised.do(cases.Raise(raised.id, "important", "邻居也来投诉"), "supervisor")
    raised.do(cases.AddComment(raised.id, "请留意"), "reception")
    emergency = office.register_emergency()
    emergency.complete("notify_departments", notified=["engineering"])
    closed = office.register(serious_harm=True)
    closed.finish(serious_harm=True)
    office.clock.set(datetime(2026, 12, 30, 1, tzinfo=UTC))
    waiting = office.register()
    waiting.reach("find_cause")
    waiting.do(work.Claim(waiting.item("find_cause")["id"]), "engineer")
    return [raised, emergency, closed, waiting]


def test_an_older_database_shows_after_the_upgrade_what_its_journal_says(
    office: Office, older: Database, graded: list[Case]
) -> None:
    with office.application.database.read() as source, older.write() as target:
        take_back(source, target)

    upgrade(older)

    with older.read() as connection:
        assert known_of_cases(connection) == {("important", False), (None, True), ("minor", False)}
        assert connection.execute(sa.select(sa.func.count()).where(t.limit_run.c.provisional)).scalar_one() > 0
        with Database("sqlite:///:memory:").read() as made:
            verdict = verify_register(connection, made, office.application.settings.secret_key)
    assert verdict.flaws == () and verdict.cases >= len(graded)


def known_of_cases(connection: Connection) -> set[tuple[str | None, bool]]:
    """What open items say of their cases."""
    item = t.work_item.c
    rows = connection.execute(sa.select(item.severity, item.emergency).where(item.status == "open"))
    return {(row.severity, row.emergency) for row in rows}


def take_back(source: Connection, target: Connection) -> None:
    """Fill the older tables with what they would hold, the journal in its older shape."""
    inspector = sa.inspect(target)
    older_tables = set(inspector.get_table_names())
    heads = write_journal(source, target)
    for table in t.metadata.sorted_tables:
        if table.name in older_tables and table is not t.journal:
            columns = {column["name"] for column in inspector.get_columns(table.name)}
            copy(source, target, table, columns, heads)


def copy(source: Connection, target: Connection, table: Table, columns: set[str], heads: dict[str, str]) -> None:
    """Every row of a table, with the columns that there were; cases end where their journals do."""
    rows = [{name: row[name] for name in row if name in columns} for row in source.execute(sa.select(table)).mappings()]
    if table is t.cases:
        rows = [row | {"journal_hash": heads[row["id"]]} for row in rows]
    if rows:
        target.execute(sa.insert(table), rows)


def write_journal(source: Connection, target: Connection) -> dict[str, str]:
    """The journal without what came later, chained anew; the last hash of each stream."""
    heads = {}
    query = sa.select(t.journal).order_by(t.journal.c.stream_kind, t.journal.c.stream_id, t.journal.c.seq)
    for (_, stream_id), entries in groupby(source.execute(query).mappings(), lambda row: (row["stream_kind"], row["stream_id"])):
        before = GENESIS
        for entry in entries:
            row: dict[str, Any] = {**entry, "events": older_events(entry["events"]), "prev_hash": before}
            before = chain_hash(row)
            target.execute(sa.insert(t.journal), row | {"hash": before})
        heads[stream_id] = before
    return heads


def older_events(text: str) -> str:
    """The events of an entry as they were written then."""
    events = [event for event in json.loads(text) if event["type"] not in LATER_EVENTS]
    for event in events:
        if event["type"] == "WorkItemOpened":
            for name in LATER_FIELDS:
                event.pop(name, None)
        if event["type"] == "PeopleNotified":
            event["notices"] = [{name: notice[name] for name in NOTICE} for notice in event["notices"]]
    return json.dumps(events, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
