"""A new demonstration has a past: told once, true to the journal, with something to do for everybody who signs in."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from engine.bootstrap import build
from engine.clock import ManualClock
from engine.commands.studio import BeginReplay
from engine.demo import begin, furnish
from engine.demo.plans import came, past_data
from engine.queries import inbox
from engine.queries.inbox.filters import Filters
from engine.queries.studio import replaying
from engine.register.verifying import verify_register
from engine.storage import tables as t
from engine.storage.database import Database
from tests.engine.replaying.test_running import draft
from tests.installation import settings_for
from tests.office import Office

#: A working day; whatever hour of it, somebody is late and somebody will soon be.
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
DISPATCH_HOURS = "limits_row_11_out_amount"


class Killed(Exception):
    """Nothing of the product catches it."""


def killed() -> None:
    raise Killed


def test_a_new_demonstration_has_a_quarter_behind_it(tmp_path: Path) -> None:
    settings, clock = settings_for(tmp_path / "var"), ManualClock(NOW)

    # Interrupted at its first start, nothing is there; the next start begins anew, and the third leaves all as it is.
    with pytest.raises(Killed):
        begin(settings, clock=clock, say=killed)
    assert not list(settings.var_dir.glob("*.sqlite*")) and not list(settings.var_dir.glob(".demo-*"))
    assert begin(settings, clock=clock) is True
    assert begin(settings, clock=clock, say=killed) is False

    application = build(settings, clock)
    office = Office(application, clock)
    assert furnish(application) is False
    _complaints_of_every_kind(office)
    _somebody_has_something_to_do(office)
    _the_register_holds(office)
    _a_shorter_limit_is_seen_in_the_replay(office)
    application.close()


@pytest.mark.parametrize("day", ["2026-10-01", "2026-11-24", "2026-12-31"])
def test_the_last_quarter_has_complaints_on_any_day(day: str) -> None:
    now = datetime.combine(date.fromisoformat(day), time(12), SHANGHAI)

    moments = [came(entry["when"], now, SHANGHAI) for entry in past_data()["complaints"]]

    assert max(moments) < now and sum(moment.date() < date(2026, 10, 1) for moment in moments) >= 7


def _complaints_of_every_kind(office: Office) -> None:
    entry = t.register_entry
    rows = office.rows(sa.select(entry).where(entry.c.procedure_key == "complaint"))
    assert len(rows) > 20 and {row["estate_id"] for row in rows} == {office.estate_id("YH"), office.estate_id("BT")}
    closed = [row for row in rows if row["status"] == "closed"]
    assert {row["severity"] for row in closed} >= {"minor", "important", "major"}
    assert {row["outcome"] for row in closed} == {"satisfied", "understood", "explained", "withdrawn"}
    assert any(row["breach_count"] for row in closed) and any(row["round"] > 1 for row in closed)
    assert any(row["emergency"] for row in closed) and len({row["department"] for row in closed}) >= 5
    assert min(row["registered_at"] for row in rows) < NOW.replace(month=9, day=10)
    assert not office.rows(sa.select(t.incident)) and not office.rows(sa.select(t.outbox).where(t.outbox.c.sent_at.is_(None)))


def _somebody_has_something_to_do(office: Office) -> None:
    held = {login: _mine(office, login) for login in ("reception", "supervisor", "engineer", "manager", "director", "owner")}
    assert all(held.values()), held
    due = [row["due_at"] for row in office.rows(sa.select(t.work_item).where(t.work_item.c.status == "open")) if row["due_at"]]
    assert [moment for moment in due if moment < NOW], "one is overdue"
    assert [moment for moment in due if 0 < (moment - NOW).total_seconds() < 2 * 3600], "one will be soon"


def _mine(office: Office, login: str) -> Any:
    with office.application.read() as reader:
        return inbox.page(reader, office.actor(login), inbox.MINE, Filters()).rows


def _the_register_holds(office: Office) -> None:
    scratch = Database("sqlite:///:memory:")
    with office.application.database.read() as connection, scratch.read() as empty:
        verdict = verify_register(connection, empty, office.application.settings.secret_key)
    scratch.close()
    assert (verdict.flaws, verdict.cases > 50) == ((), True)


def _a_shorter_limit_is_seen_in_the_replay(office: Office) -> None:
    draft_id = draft(office, DISPATCH_HOURS, "2")
    run_id = str(office.execute(BeginReplay(draft_id, None, None, "all"), "owner"))
    assert office.application.run_replays() == 1
    with office.application.read() as reader:
        run = replaying.run(reader, office.actor("owner"), run_id)
    assert run.state == "done" and run.totals is not None
    assert run.totals["cases"] > 20 and run.totals["cases_newly_missed"] > 2 and not run.totals.get("stuck")
