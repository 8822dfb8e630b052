"""The database is killed and comes back: the worker is still there, listens again and fires in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from engine.bootstrap import build
from engine.clock import ManualClock, SystemClock
from engine.errors import EngineError
from engine.storage import tables as t
from engine.storage.audit.verify import verify
from tests.installation import eventually, furnish_new, running, settings_for
from tests.office import Office
from tests.postgres import Server, throwaway

pytestmark = pytest.mark.postgres
SOON, LATE = timedelta(seconds=3), timedelta(seconds=10)
LISTENING = sa.text("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'redress alarm'")
NEXT = sa.select(sa.func.min(t.timer.c.due_at))


@pytest.fixture
def server() -> Iterator[Server]:
    """A PostgreSQL of the test's own, which syncs as production does."""
    with throwaway() as started:
        yield started


def test_a_worker_outlives_its_database(server: Server, tmp_path: Path) -> None:
    settings = furnish_new(settings_for(tmp_path, server.url()), ManualClock(SystemClock().now() - timedelta(hours=2)))
    clock = ManualClock(SystemClock().now())
    application = build(settings, clock)
    office = Office(application, clock)
    answered = office.register_emergency()
    wait = office._scalar(NEXT) - clock.now()

    with running(settings, "worker"):
        eventually(lambda: office._scalar(LISTENING) == 1)
        server.kill()
        server.start()
        eventually(lambda: _again(office) == 1)

        clock.set(SystemClock().now() - wait + SOON)
        case = office.register_emergency()
        due_at = office._scalar(NEXT)
        eventually(lambda: any(entry.action == "fire_timers" for entry in case.journal()))

    fired = next(entry.at for entry in case.journal() if entry.action == "fire_timers")
    assert due_at <= fired < due_at + LATE
    assert answered.entry["number"] < case.entry["number"]
    with application.database.read() as connection:
        assert verify(connection) == []
    application.close()


def _again(office: Office) -> int:
    try:
        return int(office._scalar(LISTENING))
    except (sa.exc.SQLAlchemyError, EngineError):
        return 0
