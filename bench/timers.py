"""Timers that fall due at a steady pace, and what the worker asks when none is due."""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bench.crowd import multiply
from bench.ground import THREE_TASKS, Ground, ground, kind_of
from bench.meter import counted, percentile, timed
from bench.three_tasks import Desk
from engine.bootstrap import Application
from engine.clock import Clock, ManualClock
from engine.commands.cases import FireTimers
from engine.domain.actor import Actor
from engine.domain.events import TimerFired
from engine.storage import tables as t
from engine.storage.journal import to_entry
from engine.worker import Worker

_START = datetime(2026, 9, 28, 1, 0, tzinfo=UTC)
_WAIT = timedelta(hours=72)
_BEFORE_THE_FIRST = timedelta(seconds=2)
_LONGEST_WAIT = 60.0
_ORIGINALS = 100
_IDLE_LOOKS = 20


class RunningClock:
    """A clock that starts at a moment of its own and then runs as fast as any."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._begun = time.monotonic()

    def now(self) -> datetime:
        """The present moment in UTC."""
        return self._start + timedelta(seconds=time.monotonic() - self._begun)


class Watched(Application):
    """Notes when each case's timers had been fired and written."""

    written: dict[str, datetime]

    def execute(self, command: Any, actor: Actor) -> Any:
        """Carry out a command."""
        answer = super().execute(command, actor)
        if isinstance(command, FireTimers) and answer:
            self.written.setdefault(command.case_id, self.clock.now())
        return answer


def run(per_second: int, seconds: int, open_cases: int, database_url: str = "") -> dict[str, Any]:
    """So many timers a second for so long; then the same worker with many open cases and nothing due."""
    with ground(database_url) as place:
        clock = ManualClock(_START)
        application = place.application(THREE_TASKS, clock)
        due = _record(application, clock, per_second, seconds)
        result: dict[str, Any] = {"database": kind_of(application), "per_second": per_second, "seconds": seconds}
        result |= _fire(place, application, due)
        clock.set(_START + 2 * _WAIT + timedelta(seconds=seconds))
        result["idle"] = _idle(application, open_cases)
        application.close()
        return result


def _record(application: Application, clock: ManualClock, per_second: int, seconds: int) -> dict[str, datetime]:
    """Cases whose first reminder falls due one after the other; when, by case."""
    desk, due = Desk(application), {}
    for number in range(per_second * seconds):
        clock.set(_START + timedelta(seconds=number / per_second))
        due[desk.record().case_id] = clock.now() + _WAIT
    return due


def _fire(place: Ground, application: Application, due: dict[str, datetime]) -> dict[str, Any]:
    """What a worker made of them, on a clock that runs; lateness is from the due moment until the firing was written."""
    clock = RunningClock(min(due.values()) - _BEFORE_THE_FIRST)
    watched = Watched(place.settings(THREE_TASKS), clock)
    watched.written = {}
    worker = Worker(watched)
    thread = worker.start()
    _wait_until(clock, max(due.values()), lambda: len(watched.written) >= len(due))
    worker.stop()
    thread.join()
    watched.close()
    fired = _fired(application)
    late = [(watched.written[case_id] - due[case_id]).total_seconds() * 1000 for case_id in due if case_id in watched.written]
    return {
        "fired": sum(fired.values()),
        "lost": sum(case_id not in fired for case_id in due),
        "doubled": sum(times - 1 for times in fired.values()),
        "lateness_ms": {"p50": percentile(late, 0.5), "p99": percentile(late, 0.99), "most": round(max(late), 2)},
    }


def _wait_until(clock: Clock, last: datetime, done: Any) -> None:
    given_up = time.monotonic() + (last - clock.now()).total_seconds() + _LONGEST_WAIT
    while not done() and time.monotonic() < given_up:
        time.sleep(0.05)


def _fired(application: Application) -> Counter[str]:
    """How often a timer of each case fired, by the journal."""
    with application.database.read() as connection:
        rows = connection.execute(sa.select(t.journal).where(t.journal.c.action == "fire_timers")).mappings().all()
    entries = [to_entry(row) for row in rows]
    return Counter(entry.stream_id for entry in entries for event in entry.events if isinstance(event, TimerFired))


def _idle(application: Application, open_cases: int) -> dict[str, Any]:
    desk = Desk(application)
    originals = [desk.record().case_id for _ in range(_ORIGINALS)]
    multiply(application, originals, -(-open_cases // _ORIGINALS), timedelta(seconds=1))
    worker = Worker(application)
    with counted(application) as counts:
        taken = [timed(worker.tick) for _ in range(_IDLE_LOOKS)]
    return {
        "open_cases": _open_cases(application),
        "statements": counts.statements // _IDLE_LOOKS,
        "ms": percentile(taken, 0.5),
    }


def _open_cases(application: Application) -> int:
    with application.database.read() as connection:
        query = sa.select(sa.func.count()).select_from(t.cases).where(t.cases.c.closed.is_(False))
        return int(connection.execute(query).scalar_one())
