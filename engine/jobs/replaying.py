"""Replays that wait are run: the cases of the period through the draft, in programs of their own, told as they come."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from time import perf_counter
from typing import Any, Protocol

from engine.commands.studio.replaying import FailReplay, FinishReplay, NoteReplay, ReplayJob, TakeReplay
from engine.domain.actor import SYSTEM, Actor
from engine.errors import Misconfigured
from engine.queries.studio.replaying import Chosen, Which, choose, days_of, done_tasks, material, versions_of
from engine.rehearsal.replay.briefing import brief_for
from engine.rehearsal.replay.crew import Brief, Crew, crew_for, in_batches
from engine.rehearsal.replay.totals import Totals

_log = logging.getLogger(__name__)
#: The newest so many cases of a period.
MOST = 2_000
#: Progress is told when so many cases are done, or so much time has passed.
_PORTION, _SECONDS = 50, 1.0


class Reads(Protocol):
    """Whoever carries out commands, and reads."""

    def execute(self, command: Any, actor: Actor) -> Any:
        """The handler's answer."""
        ...

    def read(self) -> AbstractContextManager[Any]:
        """One consistent view."""
        ...


def run_replays(engine: Reads, only: str | None = None) -> int:
    """Run what waits, or this one; the answer counts those that were finished."""
    finished = 0
    while job := engine.execute(TakeReplay(only), SYSTEM):
        finished += _run(engine, job)
    return finished


def _run(engine: Reads, job: ReplayJob) -> bool:
    try:
        with engine.read() as reader:
            chosen = choose(reader, SYSTEM, job.procedure_key, job.since, job.until, Which(job.which), MOST)
            versions, done = versions_of(reader, SYSTEM, job.procedure_key), done_tasks(reader, SYSTEM, chosen.ids)
            days = days_of(reader, SYSTEM)
        totals = _played(engine, job, chosen, brief_for(job.bundle, versions, done, days))
    except Misconfigured as problem:
        _log.warning("a replay stopped: %s", problem.text.en)
        engine.execute(FailReplay(job.run_id, job.attempt, problem.text), SYSTEM)
        return False
    return totals is not None and bool(engine.execute(FinishReplay(job.run_id, job.attempt, totals.as_data()), SYSTEM))


def _played(engine: Reads, job: ReplayJob, chosen: Chosen, brief: Brief) -> Totals | None:
    """The sums; None when nobody wants them any more."""
    totals = Totals()
    telling = _Telling(engine, job, chosen, totals)
    if not telling.tell():
        return None
    with Crew(brief, crew_for(len(chosen.ids))) as crew:
        for outcomes in crew.outcomes(_material(engine, chosen.ids)):
            known = [outcome for outcome in outcomes if outcome]
            totals.add_all(known)
            if not telling.add(known):
                return None
    return totals if telling.tell() else None


def _material(engine: Reads, ids: Sequence[str]) -> Iterator[list[dict[str, Any]]]:
    # Each batch is read by itself, so that no view of the database stays open for as long as the replay takes.
    for some in in_batches(ids):
        with engine.read() as reader:
            found = material(reader, SYSTEM, some)
        yield found


class _Telling:
    """Gathers outcomes until there are enough to be told."""

    def __init__(self, engine: Reads, job: ReplayJob, chosen: Chosen, totals: Totals) -> None:
        self._engine, self._job, self._chosen, self._totals = engine, job, chosen, totals
        self._waiting: list[Any] = []
        self._done = 0
        self._told_at = perf_counter()

    def add(self, outcomes: Sequence[Any]) -> bool:
        """Take some more; the answer says whether to go on."""
        self._waiting += outcomes
        self._done += len(outcomes)
        enough = len(self._waiting) >= _PORTION or perf_counter() - self._told_at >= _SECONDS
        return self.tell() if enough else True

    def tell(self) -> bool:
        """Tell what there is; the answer says whether to go on."""
        of_all = (self._done, len(self._chosen.ids), self._chosen.found)
        sums = self._totals.as_data() if self._totals.cases else None
        told = NoteReplay(self._job.run_id, self._job.attempt, *of_all, tuple(self._waiting), sums)
        self._waiting, self._told_at = [], perf_counter()
        return bool(self._engine.execute(told, SYSTEM))
