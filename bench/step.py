"""Completing a task, held against a bare transaction on the same database; the two are sampled in turn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from bench.ground import COMPLAINT, THREE_TASKS, Ground, ground, kind_of
from bench.meter import Counts, bytes_of, counted, percentile, settings_of, timed
from bench.steps.bare import Bare
from bench.steps.flat import flatness
from bench.steps.watched import WatchedOffice
from bench.three_tasks import Desk
from engine.bootstrap import Application
from engine.clock import ManualClock
from engine.commands.versions import PublishShipped
from engine.domain.actor import SYSTEM
from engine.procedure import load_folder

_START = datetime(2026, 9, 28, 1, 0, tzinfo=UTC)
_WARMING = 10


class Samples:
    """Milliseconds of the product's step, the bare transaction and the driver's own, taken one after the other."""

    def __init__(self, application: Application, bare: Bare) -> None:
        self._application = application
        self._bare = bare
        self.product: list[float] = []
        self.bare: list[float] = []
        self.plain: list[float] = []
        self.counts: list[Counts] = []

    def take(self, complete: Callable[[], Any]) -> None:
        """One of each."""
        with counted(self._application) as counts:
            self.product.append(timed(complete))
        self.counts.append(counts)
        self.bare.append(timed(self._bare))
        self.plain.append(timed(self._bare.plain))

    def summary(self) -> dict[str, Any]:
        """The keys that every release keeps, and the control."""
        complete, bare = percentile(self.product, 0.5), percentile(self.bare, 0.5)
        return {
            "complete_ms": {"median": complete, "p95": percentile(self.product, 0.95)},
            "bare_ms": {"median": bare},
            "plain_driver_ms": {"median": percentile(self.plain, 0.5)},
            "ratio": round(complete / bare, 2),
            "statements": max(counts.statements for counts in self.counts),
            "commits": max(counts.commits for counts in self.counts),
            "samples": len(self.product),
        }


def run(samples: int, cases: int, rounds: int, database_url: str = "") -> dict[str, Any]:
    """The three-task procedure, then the complaint procedure, on one database."""
    with ground(database_url) as place:
        return _measured(place, samples, cases, rounds)


def _measured(place: Ground, samples: int, cases: int, rounds: int) -> dict[str, Any]:
    clock = ManualClock(_START)
    application = place.application(THREE_TASKS, clock)
    bare, desk = Bare(application), Desk(application)
    for _ in range(_WARMING):
        desk.whole_case()
        bare()
    result: dict[str, Any] = {"database": kind_of(application)}
    result |= _three_tasks(application, bare, desk, samples) | _pace(application, desk, cases)
    application.execute(PublishShipped(load_folder(COMPLAINT / "complaint")), SYSTEM)
    result["complaint_procedure"] = _complaint(application, clock, bare, samples)
    result["flat"] = flatness(application, clock, rounds) if rounds else {}
    result["settings"] = settings_of(application)
    application.close()
    return result


def _three_tasks(application: Application, bare: Bare, desk: Desk, samples: int) -> dict[str, Any]:
    taken = Samples(application, bare)
    while len(taken.product) < samples:
        for item_id in desk.steps(desk.record()):
            taken.take(lambda item_id=item_id: desk.step(item_id))  # type: ignore[misc]
    return taken.summary()


def _pace(application: Application, desk: Desk, cases: int) -> dict[str, Any]:
    before = bytes_of(application)
    taken = [timed(desk.whole_case) for _ in range(cases)]
    return {
        "bytes_per_case": round((bytes_of(application) - before) / cases),
        "three_task_cases_per_s": round(1000 * cases / sum(taken), 1),
    }


def _complaint(application: Application, clock: ManualClock, bare: Bare, samples: int) -> dict[str, Any]:
    taken = Samples(application, bare)
    office = WatchedOffice(application, clock, lambda _name, carry_out: taken.take(carry_out))
    while len(taken.product) < samples:
        office.register().finish()
    return taken.summary()
