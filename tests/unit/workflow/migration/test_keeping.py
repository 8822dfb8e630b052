"""A case moves to another version with what is open kept: ids, due moments, what was opened."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.workflow import ItemCancelled, ItemOpened
from tests.unit.workflow.drawing import (
    boundary,
    condition,
    cycle,
    end,
    message,
    path,
    user,
)
from tests.unit.workflow.driver import NOW
from tests.unit.workflow.migration.moving import OLD, at_b, line, move, with_timer

KEPT = {
    "label": line("a", "b", "c", extra=with_timer("hours(2)"), b=user("b").replace('name="b"', 'name="better"')),
    "duration": line("a", "b", "c", extra=with_timer("hours(5)")),
    "after": line("a", "b", "m", "c", extra=with_timer("hours(2)")),
    "before": line("a", "m", "b", "c", extra=with_timer("hours(2)")),
    "past deleted": line("b", "c", extra=with_timer("hours(2)")),
    "future boundary": line("a", "b", "c", extra=with_timer("hours(2)") + with_timer("hours(9)", "later", at="c")),
}


@pytest.mark.parametrize("what", KEPT)
def test_what_is_open_keeps_its_id_and_its_due_moment(what: str) -> None:
    case = at_b(OLD)
    item, due = case.item("b"), case.instance.due()

    migration = move(case, KEPT[what])

    assert migration.impossible is None
    assert case.item("b").id == item.id and case.instance.due() == due
    assert migration.gone_items == () and migration.moved_dues == ()
    assert migration.moved_items == ((item.id,) if what == "label" else ())


@pytest.mark.parametrize("what", KEPT)
def test_a_moved_case_runs_on_to_its_end_as_the_new_version_draws_it(what: str) -> None:
    case = at_b(OLD)
    move(case, KEPT[what])

    passed = []
    while case.open:
        passed.append(case.open[0])
        case.do(case.open[0])

    assert passed == (["b", "m", "c"] if what == "after" else ["b", "c"])
    assert case.instance.ended


def test_a_kept_timer_still_fires_and_leads_where_the_new_version_draws_it() -> None:
    case = at_b(OLD)
    move(case, line("a", "b", "c", extra=with_timer("hours(5)").replace("late_task", "other_task")))

    case.advance(hours=2)

    assert case.fire_all() == ["late"]
    assert case.open == ["other_task"]


def test_a_second_boundary_of_a_live_task_is_armed_from_now() -> None:
    case = at_b(OLD)
    case.advance(hours=1)

    migration = move(case, line("a", "b", "c", extra=with_timer("hours(2)") + with_timer("hours(3)", "later", cuts=False)))

    assert case.due() == {"late": NOW + timedelta(hours=2), "later": NOW + timedelta(hours=4)}
    assert [(due.element_id, due.before, due.after) for due in migration.moved_dues] == [
        ("later", None, NOW + timedelta(hours=4))
    ]
    case.at(NOW + timedelta(hours=4))
    assert case.fire_all() == ["late"]


def test_a_second_boundary_that_is_true_already_acts_at_once_and_says_so() -> None:
    at_once = boundary("at_once", "b", condition("1 = 1")) + user("x") + end("xe") + path("at_once", "x", "xe")
    case = at_b(OLD)
    item = case.item("b")

    migration = move(case, line("a", "b", "c", extra=with_timer("hours(2)") + at_once))

    assert case.open == ["x"] and migration.gone_items == (item.id,)
    assert case.names(ItemOpened, ItemCancelled) == ["ItemCancelled b", "ItemOpened x"]


def test_one_of_two_boundaries_may_go() -> None:
    case = at_b(line("a", "b", "c", extra=with_timer("hours(2)") + with_timer("hours(3)", "later")))

    migration = move(case, OLD)

    assert migration.impossible is None and set(case.due()) == {"late"}
    case.do("b")
    case.do("c")
    assert case.instance.ended


def test_a_new_message_boundary_of_a_live_task_is_waited_for() -> None:
    case = at_b(OLD)
    rung = boundary("rung", "b", message("call"), cuts=False) + user("talk") + end("te") + path("rung", "talk", "te")

    move(case, line("a", "b", "c", extra=with_timer("hours(2)") + rung))

    assert case.instance.waits_for("call")
    case.deliver("call")
    assert sorted(case.open) == ["b", "talk"]


def test_a_running_cycle_and_what_it_opened_are_kept() -> None:
    round_about = (
        boundary("again", "b", cycle("every(hours(1))"), cuts=False) + user("look") + end("le") + path("again", "look", "le")
    )
    case = at_b(line("a", "b", "c", extra=round_about))
    case.advance(hours=1)
    assert case.fire_all() == ["again"]
    ids, due = [item.id for item in case.instance.open_items], case.due()

    assert move(case, line("a", "b", "m", "c", extra=round_about)).impossible is None

    assert [item.id for item in case.instance.open_items] == ids and case.due() == due
    case.do("look")
    case.do("b")
    assert case.open == ["m"] and case.due() == {}


def test_moving_there_and_back_changes_nothing() -> None:
    case = at_b(OLD)
    before = case.instance.dump()

    move(case, KEPT["after"])
    move(case, OLD)

    assert case.instance.dump() == before
