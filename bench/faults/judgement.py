"""Afterwards: whether all that was promised is there exactly once, every due timer fired once, and every record agrees."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bench.agree import disagreements
from bench.faults.people import Promises
from engine.bootstrap import Application
from engine.domain.codec import loads
from engine.domain.events import TimerFired
from engine.storage import tables as t
from engine.storage.audit.rebuild import contents, rebuild
from engine.storage.audit.verify import verify
from engine.storage.journal import to_entry

_REMINDER = "{0}_waits"


@dataclass(slots=True)
class Verdict:
    """Sentences about what is wrong; empty lists when nothing is."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    timers: int = 0


def judge(application: Application, promises: list[Promises], wait: timedelta) -> Verdict:
    """Everything held against what the people were answered; nothing may be running any more."""
    verdict = Verdict()
    with application.database.read() as connection:
        rows = connection.execute(sa.select(t.payload.c.value).where(t.payload.c.field == "subject")).scalars()
        _held(verdict, "recorded", promises, Counter(str(loads(value)) for value in rows if value))
        done = connection.execute(sa.select(t.submission.c.item_id).where(t.submission.c.element_id != "begin")).scalars()
        _held(verdict, "completed", promises, Counter(done))
        _timers(verdict, connection, application.clock.now(), wait)
        verdict.broken += [f"{problem.what} of {problem.stream_id}, entry {problem.seq}" for problem in verify(connection)]
        verdict.broken += disagreements(connection)
        verdict.broken += _rebuilt(connection, application.settings.secret_key)
    return verdict


def _held(verdict: Verdict, kind: str, promises: list[Promises], there: Counter[str]) -> None:
    promised = set().union(*(getattr(each, kind) for each in promises))
    verdict.lost += [f"{kind}: {name}" for name in promised if name not in there]
    verdict.doubled += [f"{kind}: {name} {times} times" for name, times in there.items() if times > 1]


def _timers(verdict: Verdict, connection: sa.Connection, now: datetime, wait: timedelta) -> None:
    """A reminder fires once if its task was still open when it fell due, and never otherwise."""
    fired = _fired(connection)
    verdict.timers = sum(fired.values())
    for item in connection.execute(sa.select(t.work_item)):
        due_at = item.opened_at + wait
        name = (item.case_id, _REMINDER.format(item.element_id))
        expected = int(due_at <= min(item.ended_at or now, now))
        if fired[name] < expected:
            verdict.lost.append(f"timer {name}: due {due_at}")
        if fired[name] > expected:
            verdict.doubled.append(f"timer {name}: fired {fired[name]} times, due {due_at}, ended {item.ended_at}")


def _fired(connection: sa.Connection) -> Counter[tuple[str, str]]:
    rows = connection.execute(sa.select(t.journal).where(t.journal.c.stream_kind == "case")).mappings()
    happened = ((row["stream_id"], event) for row in rows for event in to_entry(row).events)
    return Counter((case_id, event.element_id) for case_id, event in happened if isinstance(event, TimerFired))


def _rebuilt(connection: sa.Connection, secret: bytes) -> list[str]:
    """The projections that are not what the journal makes of them; the connection undoes what is written through it."""
    before: dict[str, list[Any]] = contents(connection)
    rebuild(connection, secret)
    after = contents(connection)
    return [f"projection {name} differs from a rebuild" for name in before if before[name] != after[name]]
