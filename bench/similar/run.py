"""How long the list of similar cases takes, asked for as a call is typed."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime
from functools import partial
from typing import Any

import sqlalchemy as sa

from bench.ground import COMPLAINT, ground, kind_of
from bench.meter import counted, percentile, timed
from bench.similar import quality
from bench.similar.crowd import call, fill
from bench.story.messages import messages
from engine.bootstrap import Application
from engine.clock import ManualClock
from engine.domain.actor import Actor
from engine.queries.similar import Typed, similar
from engine.storage import tables as t

_START = datetime(2026, 9, 28, 1, 0, tzinfo=UTC)
_SEED, _WARM = 7, 5


def run(cases: int, asked: int, database_url: str = "") -> dict[str, Any]:
    """So many cases, and so many calls typed among them: a few words, a call's worth, and a whole letter."""
    with ground(database_url) as place:
        application = place.application(COMPLAINT, ManualClock(_START))
        chance = random.Random(_SEED)
        source = fill(application, cases, chance)
        texts, _ = messages(asked)
        lengths = {
            "words": [subject[:20] for subject, _ in texts],
            "call": [call(text, chance) for text in texts],
            "letter": [" ".join(text) for text in texts],
        }
        result = {
            "database": kind_of(application),
            "cases": cases,
            "texts": source,
            "pairs": _count(application, t.bigram),
            "statements": _statements(application, lengths["call"][0]),
            "told_apart": _told_apart(),
            "pages": {name: _times(application, typed) for name, typed in lengths.items()},
        }
        application.close()
        return result


def _told_apart() -> dict[str, Any] | None:
    with ground() as place:
        application = place.application(COMPLAINT, ManualClock(_START))
        judged = quality.measure(application)
        application.close()
        return judged


def _times(application: Application, texts: list[str]) -> dict[str, float]:
    """Milliseconds on the clock, and those of this process alone: on a busy machine, and without the database's server."""
    caller = _Caller(application)
    for text in texts[:_WARM]:
        caller.ask(text)
    taken, worked = [], []
    for text in texts:
        begun = time.process_time()
        taken.append(timed(partial(caller.ask, text)))
        worked.append((time.process_time() - begun) * 1000)
    spent = {"processor_p50": percentile(worked, 0.5), "processor_p95": percentile(worked, 0.95)}
    return {"p50": percentile(taken, 0.5), "p95": percentile(taken, 0.95), "most": percentile(taken, 1.0), **spent}


def _statements(application: Application, text: str) -> int:
    caller = _Caller(application)
    with counted(application) as counts:
        caller.ask(text)
    return counts.statements


class _Caller:
    """Somebody at the front desk with a household on the telephone."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._actor, self._home = _at_the_desk(application)

    def ask(self, text: str) -> None:
        """What the page asks for after a pause in typing."""
        with self._application.read() as reader:
            similar(reader, self._actor, Typed(self._home["estate_id"], self._home["id"], "facility", text))


def _at_the_desk(application: Application) -> tuple[Actor, Any]:
    desk = sa.select(t.person.c.id).where(t.person.c.login == "reception")
    home = sa.select(t.household).where(t.household.c.name.is_(None)).limit(1)
    with application.database.read() as connection:
        person_id, found = connection.execute(desk).scalar_one(), connection.execute(home).mappings().one()
    actor = application.actor(person_id)
    assert actor is not None
    return actor, found


def _count(application: Application, table: sa.Table) -> int:
    with application.database.read() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())
