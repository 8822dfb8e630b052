"""The rounds: every part of the product is killed once and frozen once in each, at random moments under load."""

from __future__ import annotations

import random
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa

from bench.faults.judgement import judge
from bench.faults.people import Clerk
from bench.faults.targets import Postgres, Program, Target, eventually, freeze, healthy, kill, supervised
from bench.ground import THREE_TASKS, Ground, ground, kind_of
from engine.bootstrap import Application, build
from engine.clock import SystemClock
from engine.demo import furnish
from engine.errors import Unavailable
from engine.settings import Settings
from engine.storage import tables as t
from tests.postgres import free_port

#: How long a task of the procedure under load waits before it reminds.
_WAIT = timedelta(seconds=2)
_DRAWN, _SHORT = "PT72H", f"PT{_WAIT.seconds}S"
_CLERKS = 4
_LONGEST_FREEZE = 1.8
#: A strike comes after at most so many further answers, or so many seconds without them, and this part of a second.
_MOST_ANSWERS = 8
_LONGEST_WORK = 10.0
_A_MOMENT = 0.2


def run(rounds: int, database_url: str = "", seed: int = 1) -> dict[str, Any]:
    """So many kills and so many freezes of each target; then the verdict."""
    with ground(database_url) as place:
        settings = _settings(place)
        application = build(settings, SystemClock())
        furnish(application, anywhere=True)
        begun = time.monotonic()
        with _product(place, settings) as targets:
            clerks = [Clerk(number, f"http://127.0.0.1:{settings.port}", seed) for number in range(_CLERKS)]
            kills, freezes = _strike(targets, clerks, rounds, random.Random(seed))
            # What is due after that is found by the verdict.
            with suppress(TimeoutError):
                eventually(lambda: not _due(application), "nothing is due any more")
        result = _result(application, clerks)
        application.close()
    struck = {"kills": dict(kills), "freezes": dict(freezes)}
    return {"rounds": rounds, **struck, **result, "seconds": round(time.monotonic() - begun, 1)}


def _settings(place: Ground) -> Settings:
    """An installation whose procedure reminds after seconds instead of days."""
    processes = place.folder / "processes"
    shutil.copytree(THREE_TASKS, processes)
    for diagram in processes.rglob("*.bpmn"):
        diagram.write_text(diagram.read_text("utf-8").replace(_DRAWN, _SHORT), "utf-8")
    return place.settings(processes).model_copy(update={"port": free_port()})


@contextmanager
def _product(place: Ground, settings: Settings) -> Iterator[list[Target]]:
    """The product as it is run on this database: one process on SQLite; two that serve and a worker on PostgreSQL."""
    ready = partial(healthy, settings.port)
    if place.server is None:
        programs, others = [Program("web", settings, "run", ready=ready)], list[Target]()
    else:
        programs = [Program("web", settings, "run", "--processes", "2", ready=ready), Program("worker", settings, "worker")]
        others = [Postgres(place.server)]
    with supervised(programs):
        yield [*programs, *others]


def _strike(
    targets: list[Target], clerks: list[Clerk], rounds: int, chance: random.Random
) -> tuple[Counter[str], Counter[str]]:
    kills, freezes = Counter[str](), Counter[str]()
    for clerk in clerks:
        clerk.start()
    for _ in range(rounds):
        for target in targets:
            _let_work(clerks, chance)
            kill(target, chance)
            kills[target.name] += 1
            _let_work(clerks, chance)
            freeze(target, chance.random() * _LONGEST_FREEZE)
            freezes[target.name] += 1
    for clerk in clerks:
        clerk.stop()
    for clerk in clerks:
        clerk.join()
    return kills, freezes


def _let_work(clerks: list[Clerk], chance: random.Random) -> None:
    """A random while in the midst of work: until some more requests were answered, and a moment into the next."""
    wanted = _answered(clerks) + chance.randint(1, _MOST_ANSWERS)
    with suppress(TimeoutError):
        eventually(lambda: _answered(clerks) >= wanted, "people are answered", _LONGEST_WORK)
    time.sleep(chance.random() * _A_MOMENT)


def _answered(clerks: list[Clerk]) -> int:
    return sum(len(clerk.promises.recorded) + len(clerk.promises.completed) for clerk in clerks)


def _due(application: Application) -> bool:
    """Whether a timer is due, or will be before the longest wait is over."""
    soon = application.clock.now() + _WAIT
    query = sa.select(sa.func.count()).select_from(t.timer).where(t.timer.c.due_at <= soon)
    return bool(_patiently(lambda: _scalar(application, query)))


def _scalar(application: Application, query: sa.Select[Any]) -> int:
    with application.database.read() as connection:
        return int(connection.execute(query).scalar_one())


def _patiently(ask: Callable[[], int]) -> int:
    # The pool still holds connections to a server that was killed; the next one is new.
    try:
        return ask()
    except Unavailable:
        return ask()


def _result(application: Application, clerks: list[Clerk]) -> dict[str, Any]:
    promises = [clerk.promises for clerk in clerks]
    verdict = judge(application, promises, _WAIT)
    problems = [*verdict.lost, *verdict.doubled, *verdict.broken]
    return {
        "database": kind_of(application),
        "lost": len(verdict.lost),
        "doubled": len(verdict.doubled),
        "ok": not problems,
        "asked": sum(len(each.asked) for each in promises),
        "answered": sum(len(each.recorded) + len(each.completed) for each in promises),
        "said_unavailable": sum(each.refused_kindly for each in promises),
        "unexplained": sorted({page for each in promises for page in each.unexplained}),
        "timers_fired": verdict.timers,
        "problems": problems[:20],
    }
