"""A case goes from task to task, is saved and loaded in between, and says what happened."""

from __future__ import annotations

import pytest

from engine.errors import InvalidState
from engine.workflow import Passed
from tests.unit.workflow.drawing import begin, diagram, end, path, script, user
from tests.unit.workflow.driver import Driver, make_procedure

SIMPLE = diagram(
    "main",
    begin(),
    user("record"),
    script("count", "total = amount + 1"),
    user("judge"),
    end(),
    path("begun", "record", "count", "judge", "finished"),
)


def simple() -> Driver:
    return Driver(
        make_procedure(SIMPLE, fields="text amount*# total*# verdict", forms={"record": "text amount", "judge": "verdict"})
    )


def test_a_case_runs_to_its_end():
    case = simple()
    assert case.open == ["record"]

    case.do("record", text="wet", amount=3)
    assert case.open == ["judge"] and case.values["total"] == 4
    case.do("judge", verdict="yes")

    assert case.instance.ended and case.open == []


def test_happenings_tell_everything_in_order():
    case = simple()
    assert case.names() == ["Passed begun", "ItemOpened record"]

    case.do("record", by="ann", text="wet", amount=3)
    assert case.names() == [
        "ItemCompleted record",
        "Passed record",
        "ValuesSet total",
        "Passed count",
        "ItemOpened judge",
    ]
    case.do("judge", verdict="yes")

    assert case.names() == ["ItemCompleted judge", "Passed judge", "Passed finished", "Ended"]
    assert case.instance.done_by == {"record": "ann", "judge": "ann"}


def test_a_task_that_is_not_open_is_refused():
    case = simple()
    item = case.item("record")
    case.do("record", text="wet", amount=3)

    with pytest.raises(InvalidState):
        case.instance.complete(item.id, {}, "ann")
    with pytest.raises(InvalidState):
        case.instance.complete("00" * 16, {}, "ann")


def test_every_flow_node_is_passed_once():
    case = simple()
    case.do("record", amount=1)
    case.do("judge")

    assert [one.element_id for one in case.all if isinstance(one, Passed)] == ["begun", "record", "count", "judge", "finished"]
