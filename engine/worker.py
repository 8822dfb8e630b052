"""The loop that makes due things happen: find, fire, sleep until the next due moment or until woken."""

from __future__ import annotations

import logging
import threading

import sqlalchemy as sa

from engine.bootstrap import Application
from engine.commands.cases import FireTimers
from engine.domain.actor import SYSTEM
from engine.errors import EngineError
from engine.storage.tables import incident, timer

_log = logging.getLogger(__name__)
_BATCH = 200
_LONGEST_SLEEP = 30.0


class Worker:
    """Fires due timers; run it in a thread of the web process or in a process of its own."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._woken = threading.Event()
        self._stopping = False
        application.engine.after_commit.append(self._woken.set)

    def tick(self) -> int:
        """Fire everything due now; the answer counts the timers fired."""
        fired = 0
        for case_id in self._due_cases():
            fired += self._fire(case_id)
        return fired

    def _due_cases(self) -> list[str]:
        # A case whose timer failed waits for an operator: firing it again and again would only repeat the fault.
        stuck = sa.select(incident.c.id).where(incident.c.case_id == timer.c.case_id, incident.c.resolved_at.is_(None))
        stuck = stuck.where(incident.c.action == FireTimers.__name__)
        due = sa.select(timer.c.case_id).where(timer.c.due_at <= self._application.clock.now(), ~stuck.exists())
        query = due.group_by(timer.c.case_id).order_by(sa.func.min(timer.c.due_at)).limit(_BATCH)
        with self._application.database.read() as connection:
            return list(connection.execute(query).scalars())

    def _fire(self, case_id: str) -> int:
        try:
            return int(self._application.execute(FireTimers(case_id), SYSTEM))
        except EngineError as problem:
            _log.warning("case %s: %s", case_id, problem.text.en)
            return 0

    def seconds_to_next(self) -> float:
        """How long nothing will be due, at most half a minute."""
        with self._application.database.read() as connection:
            due_at = connection.execute(sa.select(sa.func.min(timer.c.due_at))).scalar()
        if due_at is None:
            return _LONGEST_SLEEP
        left: float = (due_at - self._application.clock.now()).total_seconds()
        return min(max(left, 0.05), _LONGEST_SLEEP)

    def run(self) -> None:
        """Go on until ``stop``."""
        while not self._stopping:
            self._woken.clear()
            try:
                self.tick()
                self._woken.wait(self.seconds_to_next())
            except sa.exc.SQLAlchemyError:
                # The database is away: the loop must outlive that, and try again shortly.
                _log.exception("the worker could not reach the database")
                self._woken.wait(1.0)

    def stop(self) -> None:
        """End ``run`` soon."""
        self._stopping = True
        self._woken.set()

    def start(self) -> threading.Thread:
        """Run in a thread that does not keep the process alive."""
        thread = threading.Thread(target=self.run, name="redress-worker", daemon=True)
        thread.start()
        return thread
