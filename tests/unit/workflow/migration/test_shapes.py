"""Calls, parallel branches, loops, many instances and limits move as well."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.procedure import Procedure
from engine.workflow import LimitStopped
from tests.unit.workflow.drawing import (
    begin,
    choice,
    diagram,
    end,
    flow,
    items,
    path,
    user,
)
from tests.unit.workflow.driver import NOW, Driver, make_procedure, row
from tests.unit.workflow.migration.moving import fork, inside, line, move, outer, with_timer


@pytest.mark.parametrize("done", ["x", "y", None])
def test_parallel_branches_move_together_and_meet(done: str | None) -> None:
    case = Driver(fork(("x",), ("y",)))
    if done:
        case.do(done)
    to = fork(("x", "x2"), ("y",)) if done != "x" else fork(("x",), ("y", "y2"))

    migration = move(case, to)

    assert migration.impossible is None
    while case.open != ["z"]:
        case.do(case.open[0])
    case.do("z")
    assert case.instance.ended


def test_a_task_inserted_in_a_running_call_comes_after_the_open_one() -> None:
    case = Driver(outer(inside("u")))
    item = case.item("u")

    assert move(case, outer(inside("u", "v"))).impossible is None

    assert case.item("u").id == item.id
    for name in ("u", "v", "z"):
        case.do(name)
    assert case.instance.ended


def test_a_second_boundary_on_a_running_call_is_armed() -> None:
    first = with_timer("hours(2)", at="ca")
    case = Driver(outer(inside("u"), more=first))

    assert move(case, outer(inside("u"), more=first + with_timer("hours(3)", "later", at="ca"))).impossible is None

    assert case.due() == {"late": NOW + timedelta(hours=2), "later": NOW + timedelta(hours=3)}


def test_items_of_a_multi_instance_task_keep_their_ids_and_results() -> None:
    def each(*after: str) -> Procedure:
        drawn = user("b", items("list", result="results", item="one", output="out"))
        whole = diagram("p", begin(), drawn, *map(user, after), end(), path("begun", "b", *after, "finished"))
        return make_procedure(whole, fields="list~ results~ one out")

    case = Driver(each("c"), {"list": ["p", "q"]})
    case.do("b", out="first")
    ids = [item.id for item in case.instance.open_items]

    assert move(case, each("m", "c")).impossible is None

    assert [item.id for item in case.instance.open_items] == ids
    case.do("b", out="second")
    assert case.values["results"] == ["first", "second"] and case.open == ["m"]


def test_a_loop_that_came_round_moves() -> None:
    def looping(*after: str) -> Procedure:
        gateway = choice("again", default="on", order=("back", "on"))
        flows = path("begun", "a", "b", "again") + flow("again", "a", "more", flow_id="back")
        flows += flow("again", (*after, "c")[0], flow_id="on") + path(*after, "c", "finished")
        tasks = "".join(map(user, ("a", "b", *after, "c")))
        whole = diagram("p", begin(), tasks, gateway, end(), flows)
        return make_procedure(whole, fields="more?", forms={"b": "more"})

    case = Driver(looping())
    for more in (True, True):
        case.do("a")
        case.do("b", more=more)
    case.do("a")
    item = case.item("b")

    assert move(case, looping("m")).impossible is None

    assert case.item("b").id == item.id and case.item("b").round == 3
    case.do("b", more=True)
    case.do("a")
    case.do("b", more=False)
    assert case.open == ["m"]


def limited(rows: list[list[str]], **properties: str) -> Procedure:
    """A task that lives under a limit."""
    whole = diagram("p", begin(), user("b", **properties), end(), path("begun", "b", "finished"))
    return make_procedure(whole, fields="severity", limits=rows)


TWO_HOURS = row("reply", "2", "hours", "heard_at")


def test_a_running_limit_keeps_its_due_moment_under_new_amounts() -> None:
    case = Driver(limited([TWO_HOURS], limit="reply"), {"heard_at": NOW})

    migration = move(case, limited([row("reply", "9", "hours", "heard_at")], limit="reply"))

    assert migration.impossible is None and migration.moved_items == ()
    assert case.item("b").due_at == NOW + timedelta(hours=2)


def test_a_limit_that_the_new_version_does_not_know_stops() -> None:
    case = Driver(limited([TWO_HOURS], limit="reply"), {"heard_at": NOW})
    item = case.item("b")

    migration = move(case, limited([row("other", "9", "hours", "heard_at")]))

    assert migration.impossible is None and migration.moved_items == (item.id,)
    assert case.names(LimitStopped) == ["LimitStopped reply#1"]
    assert case.item("b").due_at is None and case.due() == {}


def test_the_role_of_an_open_item_is_the_new_versions() -> None:
    case = Driver(line("b"))
    item = case.item("b")
    assert item.role is None

    migration = move(case, line("b", b=user("b", role="boss")))

    assert migration.moved_items == (item.id,) and case.item("b").role == "boss"
