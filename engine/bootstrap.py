"""The only place where the parts are put together."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import Connection

from engine.calendar import Calendar, DayOverride, DayRules, Days, national
from engine.calendar.schedules import Period
from engine.catalogue import Catalogue
from engine.clock import Clock, SystemClock
from engine.commands.context import Procedures, Reading
from engine.commands.documents import IssueDocument
from engine.commands.studio import PutForward
from engine.commands.studio.putting_forward import candidate_of
from engine.commands.versions import ProposeVersion
from engine.commands.versions.examining import prepare
from engine.dispatch import Engine
from engine.domain.actor import SYSTEM, Actor
from engine.domain.text import Text
from engine.errors import EngineError
from engine.jobs.delivery import deliver
from engine.jobs.exporting import make_exports
from engine.jobs.queue import JobQueue
from engine.jobs.replaying import run_replays
from engine.outbound.documents.issuing import made
from engine.outbound.documents.pdf import to_pdf
from engine.outbound.documents.press import Press
from engine.outbound.messages import Outlets, outlets
from engine.procedure import Bundle, Procedure
from engine.procedure.exchange.examining import kept
from engine.procedure.trying import Played, Trials, all_played
from engine.queries.documents import drawn
from engine.queries.reader import Reader
from engine.queries.reports import drawn_up
from engine.settings import Settings
from engine.shipped import publish_or_compare
from engine.storage import tables as t
from engine.storage.actors import actor_of
from engine.storage.aliases import read_aliases
from engine.storage.database import Database
from engine.storage.files import FileStore
from engine.storage.migrations.upgrading import upgrade


class Application:
    """The product without its pages: carries out commands and gives readers; safe to share between threads."""

    def __init__(self, settings: Settings, clock: Clock, ways_out: Outlets | None = None) -> None:
        self.settings = settings
        self.clock = clock
        self.database = Database(settings.url)
        self.zone = ZoneInfo(settings.zone)
        self.files = FileStore(settings.attachments_dir)
        self.catalogue = Catalogue(self.database.engine.connect)
        self._days: dict[int, Days] = {}
        self._secret = settings.secret_key
        limits = (settings.max_upload_bytes, settings.release_dir)
        self.outlets = outlets(settings) if ways_out is None else ways_out
        open_to = self.outlets.channels
        #: How the stories of a draft are played before it is proposed; they take seconds.
        self.stories: Callable[[Bundle], tuple[Played, ...]] = all_played
        self.trials = Trials(prepare, lambda: self.stories)
        figures, stories = self._figures, self.trials.played
        procedures = Procedures(self.catalogue, self.calendar_for, self.zone, self.files, *limits, figures, stories, open_to)
        self.engine = Engine(self.database, clock, procedures, self._secret)
        self.engine.try_out = self.trials.make
        self.engine.checks[IssueDocument] = self._drawn_up
        self.engine.checks[ProposeVersion] = self._tried
        self.engine.checks[PutForward] = self._tried
        self.lay_out: Callable[[str], bytes] = to_pdf
        self.press = Press(settings.var_dir / "printed")
        self.jobs = None if self.database.is_sqlite else JobQueue(self.database.url, self.deliver)
        if self.jobs is not None:
            self.engine.when_messages_wait.append(self.jobs.defer_delivery)

    def execute(self, command: Any, actor: Actor, once: str = "") -> Any:
        """Carry out a command; see ``Engine.execute``."""
        return self.engine.execute(command, actor, once)

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """One consistent view of the database, for queries."""
        with self.database.read() as connection:
            named = self.catalogue.named(lambda: read_aliases(connection))
            yield Reader(connection, self.clock.now(), self.zone, named, self._secret, self.files)

    def _figures(
        self, connection: Connection, procedure: Procedure, kind: str, period: Period, estate_id: str, now: datetime
    ) -> dict[str, Any]:
        """Figures as a diagram asks for them: of everything that there is in the estate, whoever has the task."""
        reader = Reader(connection, now, self.zone, self.catalogue, self._secret, self.files)
        return drawn_up(reader, SYSTEM, procedure, kind, period, estate_id)

    def _drawn_up(self, command: IssueDocument, _reading: Reading, actor: Actor, _now: datetime) -> IssueDocument:
        """The document as it is to be issued; laying it out takes a second, and no reading stays open for that."""
        with self.read() as reader:
            document = drawn(reader, actor, command.case_id, command.kind)
        return replace(command, made=made(document, command.language, self.zone, self.lay_out))

    def _tried(self, command: Any, read: Reading, actor: Actor, now: datetime) -> Any:
        """The same command, its files checked and their stories played, so that the transaction need not wait for either."""
        with suppress(EngineError):
            self.trials.make(kept(candidate_of(command, read)))
        return command

    def actor(self, person_id: str) -> Actor | None:
        """The person with everything they may do now, deputising included; None when unknown or no longer active."""
        with self.database.read() as connection:
            return actor_of(connection, person_id, self.clock.now())

    def deliver(self, overdue: timedelta = timedelta()) -> int:
        """Send the messages that wait, or those that have waited so long; the answer counts what was done."""
        return deliver(self, self.outlets, self.clock.now, overdue)

    def make_exports(self, only: str | None = None) -> int:
        """Make the files of the register that wait, or this one, and remove those kept long enough; the answer counts files."""
        return make_exports(self, self.exports_dir, only)

    def run_replays(self, only: str | None = None) -> int:
        """Run the replays through drafts that wait, or this one; the answer counts them."""
        return run_replays(self, only)

    @property
    def exports_dir(self) -> Path:
        """Where files of the register lie until they were kept long enough."""
        return self.settings.var_dir / "exports"

    def calendar_for(self, rules: DayRules, revision: int, connection: Connection) -> Calendar:
        """A version's day rules over the company's days as of a revision."""
        if revision not in self._days:
            self._days[revision] = _read_days(connection, revision)
        return Calendar(rules, self._days[revision])

    def settle(self) -> None:
        """Read the procedures in force and keep them out of the garbage collector's rounds; for a process that will serve pages.

        A full round over all that a procedure is made of would stop every page for a third of a second, again and again.
        """
        now = self.clock.now()
        for key in self.catalogue.keys_in_force(now):
            self.catalogue.in_force(key, now)
        gc.collect()
        gc.freeze()

    def close(self) -> None:
        """Give the database back."""
        self.press.close()
        self.database.close()


def _read_days(connection: Connection, revision: int) -> Days:
    rows = connection.execute(sa.select(t.calendar_day))
    overrides = [DayOverride(date.fromisoformat(row.day), row.working, Text(row.reason_zh, row.reason_en), None) for row in rows]
    # A later edition of the national calendar may move days too: a due moment says by which of both it was counted.
    return Days(overrides, f"{national.revision()}+{revision}")


def build(settings: Settings | None = None, clock: Clock | None = None) -> Application:
    """The product on an up-to-date database; on an empty one the shipped procedures become version 1."""
    application = Application(settings or Settings(), clock or SystemClock())
    upgrade(application.database)
    publish_or_compare(application)
    return application
