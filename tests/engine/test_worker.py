"""The worker's loop: what is due happens once, in order, and it sleeps as long as nothing is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from engine.clock import ManualClock
from engine.commands import cases
from engine.domain import events as ev
from engine.domain.actor import SYSTEM, Actor
from engine.storage import tables as t
from tests.office import Office


def test_nothing_due_fires_nothing(office: Office) -> None:
    office.register()

    assert office.worker.tick() == 0


def test_an_empty_office_sleeps_as_long_as_it_may(office: Office) -> None:
    assert office.worker._turn() == 30.0


def test_it_sleeps_until_the_next_due_moment(office: Office, clock: ManualClock) -> None:
    case = office.register()
    case.reach("confirm_assignment")
    office.worker.tick()
    due_at = office.rows(sa.select(sa.func.min(t.timer.c.due_at).label("at")))[0]["at"]
    clock.set(due_at - timedelta(seconds=7))

    rest = 0.0
    while rest == 0.0:
        rest = office.worker._turn()

    assert rest == 7.0


def test_a_commit_wakes_it(office: Office) -> None:
    office.worker._woken.clear()

    office.register()

    assert office.worker._woken.is_set()


def test_a_cycle_missed_many_times_happens_once(office: Office, clock: ManualClock) -> None:
    case = office.register()
    case.reach("find_cause")
    clock.advance(days=20)

    office.worker.tick()

    assert case.open_tasks.count("follow_up") == 1
    fired = [event.element_id for event in case.events(ev.TimerFired) if event.element_id == "follow_up_due"]
    assert fired == ["follow_up_due"]
    assert all(row["due_at"] is None or row["due_at"] > clock.now() for row in office.rows(t.timer.select()))


def test_a_second_tick_finds_nothing_left(office: Office, clock: ManualClock) -> None:
    case = office.register()
    case.reach("confirm_assignment")
    clock.advance(days=4)

    first, entries = office.worker.tick(), len(case.journal())

    assert first > 0 and office.worker.tick() == 0 and len(case.journal()) == entries


def test_all_due_cases_are_fired_in_one_tick(office: Office, clock: ManualClock) -> None:
    stories = [office.register() for _ in range(3)]
    for case in stories:
        case.reach("confirm_assignment")
    clock.advance(days=1)

    office.worker.tick()

    assert all("dispatch" in case.breached() for case in stories)


def test_a_timer_of_a_case_closed_meanwhile_is_no_error(office: Office, clock: ManualClock) -> None:
    case = office.register()
    case.finish()

    assert office.application.execute(cases.FireTimers(case.id), SYSTEM) == 0


def test_a_fault_in_one_case_stops_no_other(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, sound = office.register_emergency(), office.register_emergency()
    office.clock.advance(minutes=4)
    execute = office.application.execute

    def fail(command: Any, actor: Actor) -> Any:
        return [][0] if command == cases.FireTimers(broken.id) else execute(command, actor)

    monkeypatch.setattr(office.application, "execute", fail)
    rest = 0.0
    while rest == 0.0:
        rest = office.worker._turn()

    assert rest == 1.0
    assert sound.events(ev.LimitBreached) and not broken.events(ev.LimitBreached)
