"""Two processes serve and two workers wait on one PostgreSQL: numbers without gaps, timers fired once, messages sent once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.client import HTTPConnection
from itertools import chain
from typing import Any

import pytest
import sqlalchemy as sa

from bench.browse import Person, Times
from bench.story.plan import Plan
from engine.bootstrap import Application
from engine.clock import SystemClock
from engine.demo import PASSWORD
from engine.domain.events import LimitBreached, LimitWarned, TimerFired
from engine.settings import Settings
from engine.storage import tables as t
from engine.storage.audit.verify import verify
from tests.installation import eventually, running
from tests.office import Case, Office

pytestmark = pytest.mark.postgres
PEOPLE, EACH = 8, 4
#: How soon the timers of the second story fall due, and how late they may fire at worst on a machine with much else to do.
SOON, LATE = timedelta(seconds=5), timedelta(seconds=10)

LISTENING = """
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'redress alarm'
"""
FIRED = (LimitBreached, LimitWarned, TimerFired)
UNDONE = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'deliver'"


@pytest.fixture
def workers(settings: Settings, application: Application) -> Iterator[None]:
    """Two workers that have looked, found nothing due and gone to sleep."""
    with running(settings, "worker"), running(settings, "worker"):
        eventually(lambda: _one(application, sa.text(LISTENING)) == 2)
        yield


@pytest.fixture
def address(settings: Settings) -> Iterator[str]:
    """Where two processes serve the pages."""
    with running(settings, "run", "--processes", "2"):
        eventually(lambda: _answers(settings.port))
        yield f"http://127.0.0.1:{settings.port}"


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _record(address: str, number: int) -> list[int]:
    """One person at one browser; every second complaint is first sent without its subject, and refused with its number taken."""
    person, answered = Person(address, "reception", PASSWORD, Times()), []
    for turn in range(EACH):
        subject = f"电梯异响 {number}-{turn}"
        plan = Plan(subject, "三号楼电梯每晚有异响,请检修。", "minor", "valid", 0, 0)
        page = person.get("/record", "record")
        if turn % 2:
            page = person.submit(page.form("/record"), lambda *asked: None, page, "record_save", "_open")
            answered.append(page.status)
        page = person.submit(page.form("/record"), plan.answer, page, "record_save", "_open")
        answered.append(page.status)
    return answered


def test_thirty_two_complaints_at_once_leave_no_gap_in_the_numbers(application: Application, address: str, workers: None) -> None:
    with ThreadPoolExecutor(PEOPLE) as people:
        answered = chain.from_iterable(people.map(lambda number: _record(address, number), range(PEOPLE)))

    assert sorted(answered) == [200] * (PEOPLE * EACH) + [422] * (PEOPLE * EACH // 2)
    # A Monday morning's report may have begun meanwhile; it has numbers of its own.
    of_complaints = sa.select(t.register_entry.c.serial).where(t.register_entry.c.procedure_key == "complaint")
    with application.database.read() as connection:
        serials = connection.execute(of_complaints.order_by(t.register_entry.c.serial)).scalars().all()
        assert list(serials) == list(range(1, PEOPLE * EACH + 1))
        assert verify(connection) == []


def test_what_falls_due_is_fired_once_and_told_once_by_workers_that_were_asleep(
    application: Application, office: Office, workers: None
) -> None:
    cases = _emergencies_with_something_due(office, 10)
    due_at = _one(application, sa.select(sa.func.min(t.timer.c.due_at)))

    eventually(lambda: _one(application, sa.select(sa.func.min(t.timer.c.due_at))) != due_at)
    eventually(lambda: not _one(application, sa.select(t.timer.c.due_at).where(t.timer.c.due_at <= due_at + SOON)))
    eventually(lambda: not _one(application, sa.select(t.outbox.c.id).where(t.outbox.c.sent_at.is_(None))))

    for case in cases:
        steps = [entry for entry in case.journal() if entry.action == "fire_timers"]
        happened = Counter(repr(event) for entry in steps for event in entry.events if isinstance(event, FIRED))
        assert happened and set(happened.values()) == {1}
        assert timedelta() <= steps[0].at - due_at < LATE
    assert _one(application, sa.select(sa.func.max(t.outbox.c.attempts))) == 1
    eventually(lambda: _one(application, sa.text(UNDONE)) == 0)


def _emergencies_with_something_due(office: Office, count: int) -> list[Case]:
    """Registered, by a clock that stands in the past, at such a moment that their first timers fall due shortly."""
    now = office.clock.now()
    office.register_emergency()
    wait = _one(office.application, sa.select(sa.func.min(t.timer.c.due_at))) - now
    office.clock.set(SystemClock().now() - wait + SOON)
    return [office.register_emergency() for _ in range(count)]


def _one(application: Application, query: sa.Executable) -> Any:
    with application.database.read() as connection:
        return connection.execute(query).scalar()
