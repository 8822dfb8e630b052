"""A clock that is moved pauses the timers at once, and lets them go on after a minute of agreement or a person's word."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engine.clock import ManualClock
from engine.clock_guard import ClockGuard, Reading, boot_seconds, read_clocks
from engine.domain.text import Text

START = datetime(2026, 9, 28, 1, 0, tzinfo=UTC)


class World:
    """A host whose clocks can be set apart, and the record of doubts that all workers share."""

    def __init__(self) -> None:
        self.host = START
        self.boot = 1000.0
        self.apart = 0.0
        self.doubts: list[Text] = []
        self.doubted = False
        self.guard = self.another_worker()

    def another_worker(self) -> ClockGuard:
        """A guard with no memory of its own."""
        return ClockGuard(self._doubt, self._trust)

    def _doubt(self, text: Text) -> None:
        self.doubts.append(text)
        self.doubted = True

    def _trust(self) -> None:
        self.doubted = False

    def after(self, seconds: float, *, moved: float = 0.0) -> bool:
        """Whether timers may fire so many seconds later, the host's clock having been moved meanwhile."""
        self.boot += seconds
        self.host += timedelta(seconds=seconds + moved)
        return self.guard.allows(Reading(self.host, self.boot, self.apart), doubted=self.doubted)


@pytest.fixture
def world() -> World:
    """One worker that has looked at the clocks once."""
    world = World()
    assert world.after(0)
    return world


@pytest.mark.parametrize("asleep", [1, 3600, 30 * 86400])
def test_time_that_passes_is_no_jump(world: World, asleep: float) -> None:
    assert world.after(asleep)
    assert world.doubts == []


def test_a_clock_that_is_slowly_put_right_is_no_jump(world: World) -> None:
    assert all(world.after(10, moved=0.5) for _ in range(20))


@pytest.mark.parametrize("moved", [3, -3, 3600, -86400])
def test_a_step_pauses_at_once_and_is_told_once(world: World, moved: float) -> None:
    assert not world.after(1, moved=moved)
    assert not any(world.after(30) for _ in range(10))
    assert [text.en.startswith(f"The host's clock was moved by {moved} seconds") for text in world.doubts] == [True]


def test_a_step_that_is_undone_is_forgiven_after_a_minute_of_agreement(world: World) -> None:
    world.after(1, moved=600)
    assert not world.after(1, moved=-600)

    assert not world.after(59)
    assert world.after(1)
    assert not world.doubted and world.after(1)


def test_agreement_that_is_broken_begins_again(world: World) -> None:
    world.after(1, moved=600)
    world.after(1, moved=-600)
    world.after(50)
    world.after(1, moved=600)
    world.after(1, moved=-600)

    assert not world.after(50)
    assert world.after(10)
    assert len(world.doubts) == 1


def test_a_lasting_step_waits_for_an_operator(world: World) -> None:
    world.after(1, moved=3600)
    assert not world.after(300)

    world.doubted = False
    assert world.after(1)
    assert world.after(3600)


@pytest.mark.parametrize("apart", [2.5, -2.5])
def test_a_host_that_differs_from_the_database_fires_nothing(world: World, apart: float) -> None:
    world.apart = apart
    assert not world.after(1)

    world.apart = 0.5
    assert not world.after(59)
    assert not world.after(59)
    assert world.after(1)


def test_a_worker_heeds_the_doubt_of_another(world: World) -> None:
    world.after(1, moved=3600)
    world.guard = world.another_worker()

    assert not world.after(1)
    assert not world.after(59)
    assert world.after(1)


def test_the_clocks_are_read_together_and_a_slow_answer_is_no_difference() -> None:
    clock = ManualClock(START)
    asked_at = START - timedelta(seconds=5)

    assert read_clocks(clock, asked_at, None).apart == 0
    assert read_clocks(clock, asked_at, START - timedelta(seconds=4)).apart == 0
    assert read_clocks(clock, asked_at, START + timedelta(seconds=4)).apart == -4
    assert read_clocks(clock, asked_at, START - timedelta(seconds=9)).apart == 4
    assert read_clocks(clock, asked_at, None).boot <= boot_seconds()
