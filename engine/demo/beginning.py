"""The first start of a demonstration: an empty installation gets its company and the complaints of its last quarter."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import make_url

from engine.bootstrap import Application
from engine.clock import Clock, ManualClock, SystemClock
from engine.demo.furnishing import Company, company_data, furnish, require_allowed
from engine.demo.plans import came, past_data
from engine.demo.telling import Past
from engine.errors import Misconfigured
from engine.outbound.messages import Outlets
from engine.settings import Settings
from engine.shipped import publish_or_compare
from engine.storage import tables as t
from engine.storage.migrations.upgrading import upgrade


def begin(
    settings: Settings, *, anywhere: bool = False, clock: Clock | None = None, say: Callable[[], object] = lambda: None
) -> bool:
    """Give an empty installation the demo company with a past; False when anything is there already, which stays as it is.

    On SQLite it is whole or not there at all: the file takes its place once everything is told. What is interrupted on
    PostgreSQL stays as far as it came. ``anywhere`` as in ``furnish``; ``say`` is called before what takes seconds.
    """
    require_allowed(settings, anywhere=anywhere)
    url, clock = make_url(settings.url), clock or SystemClock()
    if url.get_backend_name() != "sqlite":
        return _filled(settings, clock, say)
    file = Path(str(url.database))
    return not file.exists() and _filled_aside(settings, file, clock, say)


def _filled_aside(settings: Settings, file: Path, clock: Clock, say: Callable[[], object]) -> bool:
    file.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".demo-", dir=file.parent) as folder:
        aside = Path(folder) / file.name
        _filled(settings.model_copy(update={"database_url": f"sqlite:///{aside}"}), clock, say)
        _reach_the_disk(aside)
        # Of two that start together the first one's file stays.
        with suppress(FileExistsError):
            os.link(aside, file)
    return True


def _filled(settings: Settings, clock: Clock, say: Callable[[], object]) -> bool:
    now, data = clock.now(), past_data()
    first = min(came(entry["when"], now, ZoneInfo(settings.zone)) for entry in data["complaints"])
    past = ManualClock(first - timedelta(days=1))
    application = Application(settings, past, Outlets())
    if application.database.is_sqlite:
        # The file is nobody's yet: it reaches the disk once, at the end, and not at every step.
        sa.event.listen(application.database.engine, "connect", _hurry)
    try:
        upgrade(application.database)
        if not _is_empty(application):
            return False
        say()
        publish_or_compare(application)
        if not _tells_of(application, data["procedure"]):
            return furnish(application, anywhere=True)
        company = Company(application)
        company.take_in(company_data())
        company.take_in(data["company"])
        Past(company, past, data, now).tell()
        return True
    finally:
        application.close()


def _hurry(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF").close()


def _reach_the_disk(file: Path) -> None:
    with file.open("rb") as written:
        os.fsync(written.fileno())


def _is_empty(application: Application) -> bool:
    there = sa.select(t.procedure_version.c.id).union_all(sa.select(t.person.c.id), sa.select(t.estate.c.id))
    with application.database.read() as connection:
        return connection.execute(there).first() is None


def _tells_of(application: Application, procedure_key: str) -> bool:
    """Whether complaints are handled by the procedure that the past was written for, and not by one of the operator's own."""
    try:
        return application.catalogue.intake(application.clock.now()).procedure.key == procedure_key
    except Misconfigured:
        return False
