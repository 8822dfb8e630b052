"""The loop that makes due things happen: look, fire, deliver, sleep until the next due moment or until woken."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from engine.bootstrap import Application
from engine.clock import SystemClock
from engine.clock_guard import ClockGuard, read_clocks
from engine.commands.cases import FireTimers
from engine.commands.clock import DoubtClock, TrustClock
from engine.domain.actor import SYSTEM
from engine.domain.text import Text
from engine.errors import EngineError, Unavailable
from engine.jobs.alarm import Alarm
from engine.jobs.queue import JobQueue
from engine.storage.incidents import clock_in_doubt
from engine.storage.tables import incident, outbox, timer

_log = logging.getLogger(__name__)
_BATCH = 200
_SHORTEST_SLEEP = 0.05
_LONGEST_SLEEP = 30.0
_WHILE_IN_DOUBT = 1.0
_AFTER_A_FAULT = 1.0
#: On PostgreSQL a message has its own job; the loop sends only what that job has let lie.
_LEFT_LYING = timedelta(seconds=10)
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What one look at the database tells: when the next timer and the next message are due, and whether nothing may fire."""

    timer_at: datetime
    message_at: datetime
    doubted: bool


class Worker:
    """Fires due timers and delivers messages; in a thread of the web process or in processes of their own, as many as wanted."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._woken = threading.Event()
        self._stopping = False
        self._until = _NEVER
        self._failed = False
        self._overdue = timedelta() if application.jobs is None else _LEFT_LYING
        # A clock that is moved by hand, in stories and benches, is meant to jump.
        guarded = isinstance(application.clock, SystemClock)
        self._guard = ClockGuard(self._doubt, self._trust) if guarded else None
        application.engine.after_commit.append(self._woken.set)

    def tick(self) -> int:
        """Fire everything due now; the answer counts the timers fired."""
        return self._fire_due(self._look())

    def run(self) -> None:
        """Go on until ``stop``, also through a time without the database."""
        helpers = self._start_helpers()
        while not self._stopping:
            self._woken.clear()
            self._until = _NEVER
            self._woken.wait(self._turn())
        for helper in helpers:
            helper.stop()

    def _turn(self) -> float:
        """One look and what it asks for; the answer says for how long nothing will be due."""
        self._failed = False
        try:
            outlook = self._look()
            busy = self._fire_due(outlook) or self._deliver_due(outlook)
            return 0.0 if busy else self._rest(outlook)
        except (sa.exc.SQLAlchemyError, Unavailable):
            _log.exception("the worker could not reach the database")
            return _AFTER_A_FAULT
        except EngineError as problem:
            _log.warning("the worker tries again: %s", problem.text.en)
            return _AFTER_A_FAULT

    def stop(self) -> None:
        """End ``run`` soon."""
        self._stopping = True
        self._woken.set()

    def start(self) -> threading.Thread:
        """Run in a thread that does not keep the process alive."""
        thread = threading.Thread(target=self.run, name="redress-worker", daemon=True)
        thread.start()
        return thread

    def _start_helpers(self) -> list[Alarm | JobQueue]:
        if self._application.jobs is None:
            return []
        helpers: list[Alarm | JobQueue] = [Alarm(self._application.database.url, self._hear), self._application.jobs]
        for helper in helpers:
            helper.start()
        return helpers

    def _hear(self, due_at: datetime) -> None:
        # Most timers are set for days ahead and need nobody now.
        if due_at < self._until:
            self._woken.set()

    def _rest(self, outlook: Outlook) -> float:
        self._until = min(_NEVER if outlook.doubted else outlook.timer_at, outlook.message_at)
        left = (self._until - self._application.clock.now()).total_seconds()
        least = _AFTER_A_FAULT if self._failed else _SHORTEST_SLEEP
        return min(max(left, least), _WHILE_IN_DOUBT if outlook.doubted else _LONGEST_SLEEP)

    def _look(self) -> Outlook:
        timers = sa.select(timer.c.due_at).where(timer.c.due_at.is_not(None), ~_stuck()).order_by(timer.c.due_at).limit(1)
        messages = sa.select(sa.func.min(outbox.c.next_at)).where(outbox.c.sent_at.is_(None))
        database_now = sa.null() if self._application.database.is_sqlite else sa.func.clock_timestamp()
        query = sa.select(timers.scalar_subquery(), messages.scalar_subquery(), clock_in_doubt(), database_now)
        asked_at = self._application.clock.now()
        with self._application.database.read() as connection:
            timer_at, message_at, doubted, said = connection.execute(query).one()
        reading = read_clocks(self._application.clock, asked_at, said)
        doubted = doubted if self._guard is None else not self._guard.allows(reading, doubted=doubted)
        return Outlook(timer_at or _NEVER, message_at + self._overdue if message_at else _NEVER, doubted)

    def _fire_due(self, outlook: Outlook) -> int:
        if outlook.doubted or outlook.timer_at > self._application.clock.now():
            return 0
        return sum(map(self._fire, self._due_cases()))

    def _due_cases(self) -> list[str]:
        due = sa.select(timer.c.case_id).where(timer.c.due_at <= self._application.clock.now(), ~_stuck())
        query = due.group_by(timer.c.case_id).order_by(sa.func.min(timer.c.due_at)).limit(_BATCH)
        with self._application.database.read() as connection:
            return list(connection.execute(query).scalars())

    def _fire(self, case_id: str) -> int:
        try:
            return int(self._application.execute(FireTimers(case_id), SYSTEM))
        except EngineError as problem:
            _log.warning("case %s: %s", case_id, problem.text.en)
        except sa.exc.SQLAlchemyError:
            raise
        except Exception:
            # A fault of ours in one case must not stop the clock of all the others.
            self._failed = True
            _log.exception("case %s", case_id)
        return 0

    def _deliver_due(self, outlook: Outlook) -> int:
        return self._application.deliver(self._overdue) if outlook.message_at <= self._application.clock.now() else 0

    def _doubt(self, what: Text) -> None:
        _log.error("%s", what.en)
        self._application.execute(DoubtClock(what), SYSTEM)

    def _trust(self) -> None:
        _log.warning("the clocks agree again: timers go on")
        self._application.execute(TrustClock(), SYSTEM)


def _stuck() -> sa.Exists:
    # A case whose timer failed waits for an operator: firing it again and again would only repeat the fault.
    failed = sa.select(incident.c.id).where(incident.c.case_id == timer.c.case_id, incident.c.resolved_at.is_(None))
    return failed.where(incident.c.action == FireTimers.__name__).exists()
