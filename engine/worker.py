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
from engine.commands.schedules import RunSchedule, patience
from engine.domain.actor import SYSTEM
from engine.domain.text import Text
from engine.errors import EngineError, Unavailable
from engine.jobs.alarm import Alarm
from engine.jobs.aside import Aside
from engine.jobs.postman import Postman
from engine.jobs.queue import JobQueue
from engine.storage.incidents import clock_in_doubt
from engine.storage.tables import export, incident, message_delivery, outbox, replay_run, schedule, timer

_log = logging.getLogger(__name__)
_BATCH = 200
_SHORTEST_SLEEP = 0.05
_LONGEST_SLEEP = 30.0
_WHILE_IN_DOUBT = 1.0
_AFTER_A_FAULT = 1.0
#: On PostgreSQL a message has its own job; the loop sends only what that job has let lie.
_LEFT_LYING = timedelta(seconds=10)
_NEVER = datetime.max.replace(tzinfo=UTC)
_FAULT = Text("程序内部出错，详情在服务器日志里。", "A fault of the program; the server's log says more.")


@dataclass(frozen=True, slots=True)
class Outlook:
    """What one look at the database tells: when the next timer, schedule and message are due, and whether nothing may fire."""

    timer_at: datetime
    schedule_at: datetime
    message_at: datetime
    export_at: datetime
    replay_at: datetime
    doubted: bool


class Worker:
    """Fires due timers and delivers messages; in a thread of the web process or in processes of their own, as many as wanted."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._woken = threading.Event()
        self._stopping = False
        self._until = _NEVER
        self._failed = False
        self._problem: Text | None = None
        self._patience = patience.Patience()
        self._overdue = timedelta() if application.jobs is None else _LEFT_LYING
        self._postman: Postman | None = None
        self._exporter = Aside("redress-exports", application.make_exports, self._woken.set)
        self._replayer = Aside("redress-replays", application.run_replays, self._woken.set)
        # A clock that is moved by hand, in stories and benches, is meant to jump.
        guarded = isinstance(application.clock, SystemClock)
        self._guard = ClockGuard(self._doubt, self._trust) if guarded else None
        application.engine.after_commit.append(self._woken.set)

    def tick(self) -> int:
        """Fire everything due now; the answer counts the timers fired and the procedures begun."""
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
            self._export_due(outlook)
            self._replay_due(outlook)
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

    def _start_helpers(self) -> list[Alarm | JobQueue | Postman]:
        self._postman = Postman(lambda: self._application.deliver(self._overdue), self._woken.set)
        helpers: list[Alarm | JobQueue | Postman] = [self._postman]
        if self._application.jobs is not None:
            helpers += [Alarm(self._application.database.url, self._hear), self._application.jobs]
        for helper in helpers:
            helper.start()
        return helpers

    def _hear(self, due_at: datetime) -> None:
        # Most timers are set for days ahead and need nobody now.
        if due_at < self._until:
            self._woken.set()

    def _rest(self, outlook: Outlook) -> float:
        firing = min(outlook.timer_at, outlook.schedule_at)
        # What the postman has in hand is due still; he wakes the loop when he is done.
        posting = _NEVER if self._postman is not None and self._postman.busy else outlook.message_at
        exporting = _NEVER if self._exporter.busy else outlook.export_at
        replaying = _NEVER if self._replayer.busy else outlook.replay_at
        self._until = min(_NEVER if outlook.doubted else firing, posting, exporting, replaying)
        left = (self._until - self._application.clock.now()).total_seconds()
        least = _AFTER_A_FAULT if self._failed else _SHORTEST_SLEEP
        return min(max(left, least), _WHILE_IN_DOUBT if outlook.doubted else _LONGEST_SLEEP)

    def _look(self) -> Outlook:
        timers = sa.select(timer.c.due_at).where(timer.c.due_at.is_not(None), ~_stuck()).order_by(timer.c.due_at).limit(1)
        messages = sa.select(sa.func.min(outbox.c.next_at)).where(outbox.c.sent_at.is_(None))
        deliveries = sa.select(sa.func.min(message_delivery.c.next_at)).where(message_delivery.c.next_at.is_not(None))
        schedules = sa.select(sa.func.min(schedule.c.due_at)).where(~patience.waits_for_an_operator())
        database_now = sa.null() if self._application.database.is_sqlite else sa.func.clock_timestamp()
        sending = (messages.scalar_subquery(), deliveries.scalar_subquery())
        exports = sa.select(sa.func.min(export.c.next_at)).where(export.c.next_at.is_not(None))
        replays = sa.select(sa.func.min(replay_run.c.next_at)).where(replay_run.c.next_at.is_not(None))
        making = (exports.scalar_subquery(), replays.scalar_subquery())
        due = (timers.scalar_subquery(), schedules.scalar_subquery(), *sending, *making)
        query = sa.select(*due, clock_in_doubt(), database_now)
        asked_at = self._application.clock.now()
        with self._application.database.read() as connection:
            timer_at, schedule_at, message_at, delivery_at, export_at, replay_at, doubted, said = connection.execute(query).one()
        reading = read_clocks(self._application.clock, asked_at, said)
        doubted = doubted if self._guard is None else not self._guard.allows(reading, doubted=doubted)
        waits_until = min(message_at + self._overdue if message_at else _NEVER, delivery_at or _NEVER)
        made_at = (export_at or _NEVER, replay_at or _NEVER)
        return Outlook(timer_at or _NEVER, schedule_at or _NEVER, waits_until, *made_at, doubted)

    def _fire_due(self, outlook: Outlook) -> int:
        now = self._application.clock.now()
        if outlook.doubted:
            return 0
        fired = sum(map(self._fire, self._due_cases())) if outlook.timer_at <= now else 0
        return fired + (sum(map(self._begin, self._due_schedules())) if outlook.schedule_at <= now else 0)

    def _due_cases(self) -> list[str]:
        due = sa.select(timer.c.case_id).where(timer.c.due_at <= self._application.clock.now(), ~_stuck())
        query = due.group_by(timer.c.case_id).order_by(sa.func.min(timer.c.due_at)).limit(_BATCH)
        with self._application.database.read() as connection:
            return list(connection.execute(query).scalars())

    def _due_schedules(self) -> list[RunSchedule]:
        row = schedule.c
        due = sa.and_(row.due_at <= self._application.clock.now(), ~patience.waits_for_an_operator())
        query = sa.select(row.procedure_key, row.element_id, row.estate_id).where(due).order_by(row.due_at)
        with self._application.database.read() as connection:
            return [RunSchedule(*found) for found in connection.execute(query.limit(_BATCH))]

    def _fire(self, case_id: str) -> int:
        return self._try(FireTimers(case_id), f"case {case_id}")

    def _begin(self, command: RunSchedule) -> int:
        now = self._application.clock.now()
        begun = 0
        if self._patience.may_try(command, now):
            begun = self._try(command, f"schedule {command.procedure_key} {command.element_id} {command.estate_id}")
            if self._problem is None:
                self._patience.forget(command)
            elif self._patience.failed(command, now):
                self._application.execute(patience.parked(command, self._problem), SYSTEM)
        # What cannot begin stays due, and is tried again after a while.
        self._failed = self._failed or not begun
        return begun

    def _try(self, command: FireTimers | RunSchedule, what: str) -> int:
        self._problem = None
        try:
            return int(self._application.execute(command, SYSTEM))
        except EngineError as problem:
            self._problem = problem.text
            _log.warning("%s: %s", what, problem.text.en)
        except sa.exc.SQLAlchemyError:
            raise
        except Exception:
            # A fault of ours in one case must not stop the clock of all the others.
            self._failed, self._problem = True, _FAULT
            _log.exception("%s", what)
        return 0

    def _deliver_due(self, outlook: Outlook) -> int:
        if outlook.message_at > self._application.clock.now():
            return 0
        if self._postman is None:
            return self._application.deliver(self._overdue)
        # A mail server that does not answer must not hold up the timers.
        self._postman.go()
        return 0

    def _export_due(self, outlook: Outlook) -> None:
        # A hundred thousand rows take a minute: no timer waits for them.
        if outlook.export_at <= self._application.clock.now():
            self._exporter.kick()

    def _replay_due(self, outlook: Outlook) -> None:
        # A thousand cases take half a minute, in processes of their own.
        if outlook.replay_at <= self._application.clock.now():
            self._replayer.kick()

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
