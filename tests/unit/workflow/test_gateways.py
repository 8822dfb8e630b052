"""Gateways, loops and ends: routing follows the file, and branches meet again."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.errors import Incident
from engine.workflow import Passed
from tests.unit.workflow.drawing import (
    begin,
    choice,
    diagram,
    end,
    flow,
    path,
    script,
    user,
)
from tests.unit.workflow.driver import Driver, make_procedure


def shape(node_id: str, y: int) -> str:
    bounds = f'<dc:Bounds x="1" y="{y}" width="9" height="9"/>'
    return f'<bpmndi:BPMNShape id="{node_id}_di" bpmnElement="{node_id}">{bounds}</bpmndi:BPMNShape>'


def plane(*shapes: str) -> str:
    inside = f'<bpmndi:BPMNPlane id="y" bpmnElement="main">{"".join(shapes)}</bpmndi:BPMNPlane>'
    return f'<bpmndi:BPMNDiagram id="x">{inside}</bpmndi:BPMNDiagram>'


@pytest.mark.parametrize("heights", [(10, 90), (90, 10)])
@pytest.mark.parametrize(("order", "first"), [((), "a"), (("to_b", "to_a"), "b"), (("to_a", "to_b"), "a")])
def test_flows_are_asked_in_the_order_of_the_gateway_wherever_shapes_lie(
    heights: tuple[int, int], order: tuple[str, ...], first: str
):
    drawn = diagram(
        "main",
        begin(),
        choice("way", order=order),
        user("a"),
        user("b"),
        end(),
        path("begun", "way"),
        flow("way", "a", "n > 1", "to_a"),
        flow("way", "b", "n > 0", "to_b"),
        path("a", "finished"),
        path("b", "finished"),
        shapes=plane(shape("a", heights[0]), shape("b", heights[1])),
    )

    assert Driver(make_procedure(drawn, fields="n#"), {"n": Decimal(5)}).open == [first]


def test_inclusive_and_parallel_branches_meet_again():
    drawn = diagram(
        "main",
        begin(),
        choice("some", kind="inclusiveGateway"),
        user("a"),
        user("b"),
        user("c"),
        choice("met", kind="inclusiveGateway"),
        choice("all", kind="parallelGateway"),
        user("d"),
        user("e"),
        choice("joined", kind="parallelGateway"),
        end(),
        path("begun", "some"),
        flow("some", "a", "n > 0"),
        flow("some", "b", "n > 1"),
        flow("some", "c", "n > 2"),
        path("a", "met"),
        path("b", "met"),
        path("c", "met"),
        path("met", "all", "d", "joined", "finished"),
        path("all", "e", "joined"),
    )
    case = Driver(make_procedure(drawn, fields="n#"), {"n": Decimal(2)})
    assert sorted(case.open) == ["a", "b"]

    case.do("a")
    assert case.open == ["b"]
    case.do("b")
    assert sorted(case.open) == ["d", "e"]
    case.do("e")
    case.do("d")

    assert case.instance.ended


def test_a_task_may_ask_whether_another_is_open():
    drawn = diagram(
        "main",
        begin(),
        choice("both", kind="parallelGateway"),
        user("work"),
        user("watch"),
        script("look", 'seen = is_open("work")'),
        end(),
        end("other"),
        path("begun", "both", "work", "finished"),
        path("both", "watch", "look", "other"),
    )
    procedure = make_procedure(drawn, fields="seen?*")
    early, late = Driver(procedure), Driver(procedure)

    early.do("watch")
    late.do("work")
    late.do("watch")

    assert early.values["seen"] is True and late.values["seen"] is False


def test_an_exclusive_gateway_without_a_way_is_an_incident():
    drawn = diagram(
        "main",
        begin(),
        choice("way"),
        end(),
        end("other"),
        path("begun", "way"),
        flow("way", "finished", "n = 1"),
        flow("way", "other", "n = 2"),
    )

    with pytest.raises(Incident) as refusal:
        Driver(make_procedure(drawn, fields="n#"), {"n": Decimal(3)})

    assert refusal.value.element_id == "way"


def test_a_loop_repeats_while_its_condition_holds():
    more = "<bpmn:loopCondition>more = true</bpmn:loopCondition>"
    loop = f"<bpmn:standardLoopCharacteristics>{more}</bpmn:standardLoopCharacteristics>"
    drawn = diagram("main", begin(), user("work", loop), end(), path("begun", "work", "finished"))
    case = Driver(make_procedure(drawn, fields="more?", forms={"work": "more"}))

    case.do("work", more=True)
    case.do("work", more=True)
    assert case.open == ["work"]
    case.do("work", more=False)

    assert case.instance.ended and [one.element_id for one in case.all if isinstance(one, Passed)] == [
        "begun",
        "work",
        "finished",
    ]


def test_a_terminating_end_takes_everything_along():
    drawn = diagram(
        "main",
        begin(),
        choice("both", kind="parallelGateway"),
        user("work"),
        user("stop"),
        end(),
        end("cut", "<bpmn:terminateEventDefinition/>"),
        path("begun", "both", "work", "finished"),
        path("both", "stop", "cut"),
    )
    case = Driver(make_procedure(drawn))

    case.do("stop")

    assert case.instance.ended and case.names() == [
        "ItemCompleted stop",
        "Passed stop",
        "Passed cut",
        "ItemCancelled work",
        "Ended",
    ]
