"""Whether a long case costs more than a short one: a hundred rounds of rework, three hundred follow-ups."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Any

import sqlalchemy as sa

from bench.meter import timed
from bench.steps.watched import WatchedOffice
from engine.bootstrap import Application
from engine.clock import ManualClock
from engine.storage import tables as t
from tests.office import Case

_COMPARED = 10
#: The third round makes a complaint major, which is another path: rounds are compared from there on.
_SETTLED = 4


class Log:
    """The milliseconds of each command of one turn after the other, and the size of the state after each turn."""

    def __init__(self) -> None:
        self.turns: list[list[float]] = [[]]
        self.sizes: list[int] = []

    def watch(self, _name: str, carry_out: Callable[[], None]) -> None:
        """Take the time of one command."""
        self.turns[-1].append(timed(carry_out))

    def end_turn(self, case: Case) -> None:
        """Note the size of what the case has become."""
        query = sa.select(t.cases.c.state).where(t.cases.c.id == case.id)
        self.sizes.append(len(case.office.rows(query)[0]["state"]))
        self.turns.append([])

    def summary(self, settled: int) -> dict[str, Any]:
        """The first turns beside the last."""
        spent = [median(turn) for turn in self.turns if turn]
        first, last = spent[settled : settled + _COMPARED], spent[-_COMPARED:]
        return {
            "turns": len(self.sizes),
            "first_ms": round(median(first), 2),
            "last_ms": round(median(last), 2),
            "first_state_bytes": self.sizes[settled],
            "last_state_bytes": self.sizes[-1],
        }


def flatness(application: Application, clock: ManualClock, rounds: int) -> dict[str, Any]:
    """So many rounds of rework, and three times as many follow-ups."""
    return {"rework": _rework(application, clock, rounds), "follow_ups": _follow_ups(application, clock, 3 * rounds)}


def _rework(application: Application, clock: ManualClock, rounds: int) -> dict[str, Any]:
    log = Log()
    case = WatchedOffice(application, clock, log.watch).register()
    for _ in range(rounds):
        case.reach("visit_complainant")
        case.complete("visit_complainant", visit_result="dissatisfied", dissatisfied_reason="仍未解决")
        log.end_turn(case)
    return log.summary(min(_SETTLED, rounds - 1))


def _follow_ups(application: Application, clock: ManualClock, times: int) -> dict[str, Any]:
    log = Log()
    office = WatchedOffice(application, clock, log.watch)
    case = office.register()
    case.reach("find_cause")
    for _ in range(times):
        office.go_to(_next_follow_up(case))
        case.complete("follow_up")
        log.end_turn(case)
    # The month's end makes it major on the way, which is another path.
    return log.summary(min(2 * _COMPARED, times - 1))


def _next_follow_up(case: Case) -> Any:
    query = sa.select(t.timer.c.due_at).where(t.timer.c.case_id == case.id, t.timer.c.element_id.like("%follow_up%"))
    return min(row["due_at"] for row in case.office.rows(query))
