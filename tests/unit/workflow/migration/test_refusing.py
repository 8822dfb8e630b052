"""A case that has no place in another version stays as it is, with the element named that is in the way."""

from __future__ import annotations

import pytest

from tests.unit.workflow.drawing import (
    begin,
    diagram,
    end,
    path,
    script,
    user,
)
from tests.unit.workflow.driver import Driver, make_procedure
from tests.unit.workflow.migration.moving import OLD, at_b, fork, inside, line, move, outer, with_timer

REFUSED = {
    "deleted": (line("a", "c"), "b"),
    "renamed": (line("a", "bb", "c"), "b"),
    "only boundary removed": (line("a", "b", "c"), "b"),
    "another kind": (line("a", "b", "c", b=script("b", "x = 1"), extra=with_timer("hours(2)")), "b"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_has_no_place_is_refused_with_the_element_named(what: str) -> None:
    to, in_the_way = REFUSED[what]
    case = at_b(OLD)

    migration = move(case, to)

    assert migration.impossible is not None and migration.instance is None
    assert migration.element_id == in_the_way
    assert "“b”" in migration.impossible.zh and "“b”" in migration.impossible.en
    assert migration.blob == case.instance.dump()


def test_the_first_boundary_of_a_live_task_is_refused() -> None:
    case = at_b(line("a", "b", "c"))

    migration = move(case, OLD)

    assert migration.impossible is not None and "first boundary" in migration.impossible.en and migration.element_id == "b"


def test_a_version_with_another_main_diagram_is_refused() -> None:
    case = at_b(OLD)

    migration = move(case, make_procedure(diagram("q", begin(), user("b"), end(), path("begun", "b", "finished"))))

    assert migration.impossible is not None and "main diagram" in migration.impossible.en


def test_a_new_event_that_cannot_be_armed_is_refused_and_the_case_goes_on() -> None:
    case = at_b(OLD)

    migration = move(case, line("a", "b", "c", extra=with_timer("hours(2)") + with_timer('"soon"', "later")))

    assert migration.impossible is not None and migration.element_id == "later"
    case.do("b")
    assert case.open == ["c"]


def test_a_join_that_would_wait_for_ever_is_refused() -> None:
    case = Driver(fork(("x",), ("y",)))
    case.do("x")

    arrived_elsewhere = move(case, fork(("x", "x2"), ("y",)))
    a_third_branch = move(case, fork(("x",), ("y",), ("w",)))

    for migration in (arrived_elsewhere, a_third_branch):
        assert migration.impossible is not None and migration.element_id == "meet"
        assert "wait for ever" in migration.impossible.en
    case.do("y")
    assert case.open == ["z"]


def test_a_running_call_to_another_diagram_is_refused() -> None:
    case = Driver(outer(inside("u")))

    migration = move(case, outer(inside("u", process_id="sub2"), called="sub2"))

    assert migration.impossible is not None and migration.element_id == "ca"


def test_a_boundary_whose_branch_is_open_may_not_go() -> None:
    reminder = with_timer("hours(1)", "reminder", cuts=False)
    case = at_b(line("a", "b", "c", extra=with_timer("hours(2)") + reminder))
    case.advance(hours=1)
    case.fire_all()
    assert sorted(case.open) == ["b", "reminder_task"]

    migration = move(case, OLD)

    assert migration.impossible is not None and migration.element_id == "reminder_task"
