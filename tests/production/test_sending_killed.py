"""A worker is killed after the mail server has the mail and before that is noted: it is sent again under the same id."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from engine.bootstrap import build
from engine.clock import ManualClock, SystemClock
from engine.settings import Settings
from engine.storage import tables as t
from tests.installation import REPOSITORY, copied
from tests.office import Office
from tests.receiving import mail_server

SENDS = "from engine.bootstrap import build; build().deliver()"
LEASE = timedelta(minutes=3)


@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_a_mail_in_hand_is_sent_again_under_its_id_and_no_other_is(
    database: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if database == "sqlite":
        settings = copied(request.getfixturevalue("furnished"), tmp_path)
    else:
        settings = request.getfixturevalue("settings")
    with mail_server() as (box, url):
        settings = Settings(**settings.model_dump() | {"mail_url": url})
        wanted = _emergency(settings)
        told = {"REDRESS_VAR_DIR": str(settings.var_dir), "REDRESS_DATABASE_URL": settings.database_url, "REDRESS_MAIL_URL": url}
        told["REDRESS_PROCESSES_DIR"] = str(REPOSITORY / "processes")
        process = subprocess.Popen([sys.executable, "-c", SENDS], env={**os.environ, **told}, cwd=tmp_path)
        box.on_mail = lambda: os.kill(process.pid, signal.SIGKILL)
        assert process.wait(60) == -signal.SIGKILL
        box.on_mail = lambda: None
        assert len(box.mails) == 1

        application = build(settings, ManualClock(SystemClock().now()))
        application.deliver()
        assert len(box.mails) == wanted  # the one in hand is left to the worker that may be still alive
        application.clock.advance(seconds=LEASE.total_seconds())  # type: ignore[attr-defined]
        application.deliver()
        application.close()

    assert len(box.mails) == wanted + 1 and len(box.shown()) == wanted


def _emergency(settings: Settings) -> int:
    """An emergency nobody answers; the answer counts its messages."""
    clock = ManualClock(SystemClock().now() - timedelta(minutes=10))
    application = build(settings, clock)
    with application.database.write() as connection:
        connection.execute(sa.update(t.person).values(email=t.person.c.login + "@example.com"))
    office = Office(application, clock)
    office.register_emergency()
    office.let_pass(minutes=4)
    count = len(office.rows(sa.select(t.outbox)))
    application.close()
    return count
