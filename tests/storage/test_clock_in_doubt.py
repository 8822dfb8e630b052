"""While the clock is in doubt nothing fires, not even by a person's step; afterwards everything due fires once."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from engine.clock import ManualClock, SystemClock
from engine.clock_guard import boot_seconds
from engine.commands import cases
from engine.commands.clock import DoubtClock, TrustClock
from engine.domain import events as ev
from engine.domain.actor import SYSTEM
from engine.domain.text import Text
from engine.errors import Forbidden
from engine.storage import tables as t
from engine.worker import Worker
from tests.office import Office

DOUBT = DoubtClock(Text("时钟不对。", "The clock is wrong."))


def test_nothing_fires_until_the_clock_is_trusted(office: Office, clock: ManualClock) -> None:
    case = office.register_emergency()
    clock.advance(minutes=4)
    office.application.execute(DOUBT, SYSTEM)

    assert office.worker.tick() == 0
    assert office.application.execute(cases.FireTimers(case.id), SYSTEM) == 0
    office.execute(cases.AddComment(case.id, "我在路上"), "supervisor")
    assert case.events(ev.LimitBreached) == []

    office.execute(TrustClock(), "admin")
    assert office.worker.tick() > 0
    assert len(case.events(ev.LimitBreached)) == 1


def test_a_doubt_is_on_record_once_and_settled_by_those_who_may(office: Office) -> None:
    assert office.application.execute(DOUBT, SYSTEM) is not None
    assert office.application.execute(DOUBT, SYSTEM) is None
    with pytest.raises(Forbidden):
        office.execute(TrustClock(), "manager")

    assert office.execute(TrustClock(), "admin") == 1
    (incident,) = office.rows(sa.select(t.incident))
    assert (incident["case_id"], incident["text_en"]) == (None, "The clock is wrong.")
    assert incident["resolved_at"] == office.clock.now()


def test_a_worker_in_doubt_looks_again_every_second(office: Office) -> None:
    office.application.execute(DOUBT, SYSTEM)

    assert office.worker._turn() == 1.0


def test_a_worker_on_the_systems_clock_notices_a_step(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.application.clock = SystemClock()
    worker = Worker(office.application)
    worker.tick()
    assert office.rows(sa.select(t.incident)) == []

    monkeypatch.setattr("engine.clock_guard.boot_seconds", lambda: boot_seconds() - 60)
    worker.tick()

    (incident,) = office.rows(sa.select(t.incident))
    assert incident["action"] == "clock" and "60" in incident["text_en"]
