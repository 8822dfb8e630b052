"""History inside an instance is forgotten: the sixtieth round and the three-hundredth follow-up cost what the first did."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.unit.workflow.drawing import (
    begin,
    boundary,
    call,
    choice,
    cycle,
    diagram,
    end,
    flow,
    items,
    message,
    messages,
    path,
    script,
    timer,
    user,
)
from tests.unit.workflow.driver import NOW, Driver, make_procedure


def sizes(case: Driver) -> tuple[int, int, int]:
    """Tasks, subprocesses and bytes of the saved state."""
    workflow = case.instance._workflow
    tasks = sum(len(each.tasks) for each in (workflow, *workflow.subprocesses.values()))
    return tasks, len(workflow.subprocesses), len(case.instance.dump())


REWORK = diagram(
    "main",
    begin(),
    choice("beside", kind="parallelGateway"),
    user("other"),
    end("other_end"),
    path("begun", "beside", "other", "other_end"),
    choice("open", "into"),
    user("each", items("units", result="all", item="unit")),
    choice("fork", kind="parallelGateway"),
    user("left"),
    user("right"),
    choice("join", kind="parallelGateway"),
    call("sub", "inner"),
    user("check"),
    boundary("reminder", "check", timer("hours(1)"), cuts=False),
    script("remind", "n = 1"),
    end("reminded"),
    choice("again", "enough"),
    end(),
    flow("beside", "open"),
    flow("open", "each", flow_id="into"),
    flow("open", "finished", "false"),
    path("each", "fork", "left", "join", "sub", "check", "again"),
    path("fork", "right", "join"),
    path("reminder", "remind", "reminded"),
    flow("again", "open", "more = true"),
    flow("again", "finished", flow_id="enough"),
)
INNER = diagram("inner", begin("inner_begun"), user("deep"), end("inner_done"), path("inner_begun", "deep", "inner_done"))


def test_sixty_rounds_stay_as_small_as_the_second():
    case = Driver(
        make_procedure(REWORK, INNER, fields="units~* all~* unit more? n#*", forms={"check": "more"}), {"units": ["a", "b"]}
    )
    seen = []
    for number in range(60):
        for task in ("each", "each", "left", "right", "deep"):
            case.do(task)
        case.advance(hours=2)
        assert case.fire_all() == ["reminder"]
        case.do("check", more=number < 59)
        seen.append(sizes(case))

    assert max(tasks for tasks, _, _ in seen[1:-1]) == seen[1][0] and max(size for *_, size in seen) < seen[1][2] * 1.15
    assert case.open == ["other"]
    case.do("other")
    assert case.instance.ended


def test_a_spliced_join_still_waits_for_both_branches():
    case = Driver(make_procedure(REWORK, INNER, fields="units~* all~* unit more? n#*", forms={"check": "more"}), {"units": ["a"]})
    for _ in range(3):
        case.do("each")
        case.do("right")
        assert "deep" not in case.open
        case.do("left")
        case.do("deep")
        case.do("check", more=True)

    assert sorted(case.open) == ["each", "other"]


def test_loops_in_one_branch_do_not_disturb_a_join_outside():
    drawn = diagram(
        "main",
        begin(),
        choice("start", "into"),
        choice("fork", kind="parallelGateway"),
        user("left"),
        choice("left_again", "left_enough"),
        user("right"),
        choice("join", kind="parallelGateway"),
        user("check"),
        choice("again", "enough"),
        end(),
        path("begun", "start"),
        flow("start", "fork", flow_id="into"),
        flow("start", "finished", "false"),
        path("fork", "left", "left_again"),
        flow("left_again", "left", "more = true"),
        flow("left_again", "join", flow_id="left_enough"),
        path("fork", "right", "join", "check", "again"),
        flow("again", "start", "more = true"),
        flow("again", "finished", flow_id="enough"),
    )
    case = Driver(make_procedure(drawn, fields="more?", forms={"left": "more", "check": "more"}))
    for _ in range(3):
        for more in (True, True, False):
            case.do("left", more=more)
        assert case.open == ["right"]
        case.do("right")
        case.do("check", more=True)
        assert sorted(case.open) == ["left", "right"]
        case.do("right")
        assert case.open == ["left"]
        case.do("left", more=False)
        case.do("check", more=True)

    assert sizes(case)[0] < 25


def test_three_hundred_follow_ups_are_flat():
    drawn = diagram(
        "main",
        begin(),
        user("work"),
        boundary("again", "work", cycle("every(days(3), registered_at)"), cuts=False),
        call("visit", "inner"),
        end("visited"),
        boundary("asked", "work", message("review"), cuts=False),
        user("look"),
        end("looked"),
        end(),
        path("begun", "work", "finished"),
        path("again", "visit", "visited"),
        path("asked", "look", "looked"),
        top=messages("review"),
    )
    case = Driver(make_procedure(drawn, INNER, fields="registered_at@*"), {"registered_at": NOW})
    seen = []
    for number in range(300):
        case.at(NOW + timedelta(days=3 * number + 4))
        assert case.fire_all() == ["again"]
        case.do("deep")
        if number % 10 == 0:
            case.deliver("review")
            case.do("look")
        seen.append(sizes(case))

    assert seen[-1][:2] == seen[10][:2] and seen[-1][2] < seen[10][2] + 40
    case.do("work")
    assert case.instance.ended


def forked(kind: str) -> Driver:
    """Two branches that meet, again and again; a reminder on the right branch leaves an open task outside every later round."""
    condition = "true" if kind == "inclusiveGateway" else ""
    drawn = diagram(
        "main",
        begin(),
        choice("start", "into"),
        choice("fork", kind=kind),
        user("left"),
        user("right"),
        boundary("reminder", "right", timer("hours(1)"), cuts=False),
        user("late"),
        end("late_end"),
        choice("join", kind=kind),
        user("check"),
        choice("again", "enough"),
        end(),
        path("begun", "start"),
        flow("start", "fork", flow_id="into"),
        flow("start", "finished", "false"),
        flow("fork", "left", condition),
        flow("fork", "right", condition),
        path("left", "join", "check", "again"),
        path("right", "join"),
        path("reminder", "late", "late_end"),
        flow("again", "start", "more = true"),
        flow("again", "finished", flow_id="enough"),
    )
    case = Driver(make_procedure(drawn, fields="more?", forms={"check": "more"}))
    case.advance(hours=2)
    case.fire_all()
    return case


@pytest.mark.parametrize("kind", ["parallelGateway", "inclusiveGateway"])
@pytest.mark.parametrize("rounds", [("rl", "rl", "rl", "rl"), ("lr", "rl", "lr", "rl"), ("rl", "lr", "rl", "lr")])
def test_a_join_waits_in_every_round_for_both_branches_whoever_comes_first(kind: str, rounds: tuple[str, ...]):
    names = {"l": "left", "r": "right"}
    case = forked(kind)
    for first, second in rounds:
        case.do(names[first])
        assert sorted(case.open) == sorted(["late", names[second]])
        case.do(names[second])
        assert sorted(case.open) == ["check", "late"]
        case.do("check", more=True)

    case.do("late")
    case.do("left")
    case.do("right")
    case.do("check", more=False)
    assert case.instance.ended
