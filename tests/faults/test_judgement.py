"""The judgement of the fault kit finds what is missing, doubled, late or altered: a kit that always agrees proves nothing."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from bench.faults.judgement import judge
from bench.faults.people import Promises
from bench.three_tasks import Desk
from engine.bootstrap import Application
from engine.clock import ManualClock
from engine.storage import tables as t
from engine.worker import Worker

WAIT = timedelta(hours=72)


def test_what_was_promised_and_is_there_is_in_order(three_tasks: Application, desk: Desk) -> None:
    item_id = desk.record("漏水").next_items[0].item_id
    desk.step(item_id)

    verdict = judge(three_tasks, [Promises(recorded={"漏水"}, completed={item_id})], WAIT)

    assert (verdict.lost, verdict.doubled, verdict.broken) == ([], [], [])


def test_a_promise_that_nothing_shows_is_lost(three_tasks: Application, desk: Desk) -> None:
    item_id = desk.record("漏水").next_items[0].item_id

    verdict = judge(three_tasks, [Promises(recorded={"停电"}, completed={item_id})], WAIT)

    assert sorted(verdict.lost) == [f"completed: {item_id}", "recorded: 停电"]


def test_what_was_recorded_twice_is_doubled(three_tasks: Application, desk: Desk) -> None:
    desk.record("漏水")
    desk.record("漏水")

    assert judge(three_tasks, [Promises(recorded={"漏水"})], WAIT).doubled == ["recorded: 漏水 2 times"]


def test_a_timer_that_is_due_and_not_fired_is_lost_until_a_worker_fires_it(
    three_tasks: Application, desk: Desk, clock: ManualClock
) -> None:
    desk.record("漏水")
    clock.advance(hours=73)
    assert len(judge(three_tasks, [], WAIT).lost) == 1

    Worker(three_tasks).tick()

    verdict = judge(three_tasks, [], WAIT)
    assert verdict.lost == verdict.doubled == [] and verdict.timers == 1


def test_a_timer_that_fired_without_being_due_is_one_too_many(three_tasks: Application, desk: Desk, clock: ManualClock) -> None:
    desk.record("漏水")
    clock.advance(hours=73)
    Worker(three_tasks).tick()

    assert len(judge(three_tasks, [], timedelta(hours=100)).doubled) == 1


def test_altered_rows_are_broken(three_tasks: Application, desk: Desk) -> None:
    desk.record("漏水")
    with three_tasks.database.write() as connection:
        connection.execute(sa.update(t.work_item).values(name_zh="别的"))
        connection.execute(sa.update(t.journal).where(t.journal.c.stream_kind == "case").values(action="other"))

    broken = " ".join(judge(three_tasks, [], WAIT).broken)

    assert "chain" in broken and "projection work_item" in broken
