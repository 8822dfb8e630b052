"""Jobs on PostgreSQL: one exists exactly when its command stands, and a dead worker's jobs are done by another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from engine.commands.cases import FireTimers
from engine.domain.actor import SYSTEM
from engine.jobs.queue import JobQueue
from engine.storage import tables as t
from tests.installation import eventually
from tests.office import Office

pytestmark = pytest.mark.postgres
JOBS = sa.text("SELECT status::text AS status FROM procrastinate_jobs WHERE task_name = 'deliver'")
DIES = """
    WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id)
    UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM dead) WHERE task_name = 'deliver'
"""


@pytest.fixture
def queue(office: Office) -> Iterator[JobQueue]:
    """The jobs of the office's application, not yet being done."""
    assert office.application.jobs is not None
    yield office.application.jobs
    office.application.jobs.stop()


def statuses(office: Office) -> list[str]:
    """How each delivery stands."""
    return [row["status"] for row in office.rows(JOBS)]


def nobody_answers(office: Office) -> None:
    """An emergency that goes unanswered until its first messages are written."""
    office.register_emergency()
    office.let_pass(minutes=4)


def unsent(office: Office) -> int:
    """How many messages wait."""
    return len(office.rows(sa.select(t.outbox).where(t.outbox.c.sent_at.is_(None))))


def test_a_message_brings_its_job_and_the_job_sends_it(office: Office, queue: JobQueue) -> None:
    nobody_answers(office)
    assert unsent(office) > 0 and set(statuses(office)) == {"todo"}

    thread = queue.start()

    eventually(lambda: unsent(office) == 0 and statuses(office) == [])
    queue.stop()
    thread.join(10)
    assert not thread.is_alive()


def test_an_undone_command_leaves_no_job(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail_afterwards(connection: Connection) -> None:
        queue.defer_delivery(connection)
        deferred.append(connection.execute(JOBS).scalar())
        raise OSError("the disk is full")

    queue, deferred = office.application.jobs, list[str]()
    assert queue is not None
    monkeypatch.setattr(office.application.engine, "when_messages_wait", [fail_afterwards])
    case = office.register_emergency()
    office.clock.advance(minutes=4)
    with pytest.raises(OSError, match="disk"):
        office.application.execute(FireTimers(case.id), SYSTEM)

    assert deferred == ["todo"]
    assert statuses(office) == [] and unsent(office) == 0


def test_the_jobs_of_a_dead_worker_are_done_by_another(office: Office, queue: JobQueue) -> None:
    nobody_answers(office)
    with office.application.database.write() as connection:
        connection.execute(sa.text(DIES))
    assert set(statuses(office)) == {"doing"}

    queue.start()

    eventually(lambda: unsent(office) == 0 and statuses(office) == [])
