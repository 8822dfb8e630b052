"""Where tokens on a diagram show something else than a case does: told for each such element, and for no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from engine.procedure.check.drawing.playing import Otherwise, otherwise

PROCESSES = Path(__file__).parents[3] / "processes"
HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:d="http://www.omg.org/spec/BPMN/20100524/DI">'
EDGE = '<boundaryEvent id="edge" attachedToRef="part"><errorEventDefinition {ref}/></boundaryEvent>'


def after_a_start(element: str, own: str) -> str:
    """An element to which a flow leads."""
    return f'<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="{own}"/>{element}'


def throwing(edge: str = "") -> str:
    """A part in which an error ends the way, with what stands on its edge."""
    end = '<endEvent id="out"><errorEventDefinition errorRef="broken"/></endEvent>'
    inside = f'<startEvent id="in"/>{end}<sequenceFlow id="g" sourceRef="in" targetRef="out"/>'
    return after_a_start(f'<subProcess id="part">{inside}</subProcess>{edge}', "part")


def ending(definition: str) -> str:
    """An end that throws something."""
    return after_a_start(f'<endEvent id="e"><{definition}/></endEvent>', "e")


#: What is drawn, and what is told of it.
TOLD = {
    '<subProcess id="aside" triggeredByEvent="true"/>': [("refused", "aside")],
    after_a_start('<receiveTask id="t"/>', "t"): [("refused", "t")],
    after_a_start('<complexGateway id="g"/>', "g"): [("stuck", "g")],
    after_a_start('<userTask id="t"><multiInstanceLoopCharacteristics/></userTask>', "t"): [("repeated", "t")],
    after_a_start('<callActivity id="c" calledElement="x:other"/>', "c"): [("called", "c")],
    throwing(): [("uncaught", "out")],
    throwing(EDGE.format(ref="")): [],
    throwing(EDGE.format(ref='errorRef="broken"')): [],
    throwing(EDGE.format(ref='errorRef="another"')): [("uncaught", "out")],
    ending("messageEventDefinition"): [("sent", "e")],
    ending("signalEventDefinition"): [("signalled", "e")],
    ending("terminateEventDefinition"): [],
    after_a_start(
        '<userTask id="t"/><endEvent id="e"/>'
        '<sequenceFlow id="g" sourceRef="t" targetRef="e"><conditionExpression/></sequenceFlow>',
        "t",
    ): [("split", "t")],
    '<startEvent id="s"><messageEventDefinition/><signalEventDefinition/></startEvent>': [("several", "s")],
    '<startEvent id="s"/><userTask id="alone"/>': [("begins", "alone")],
}


@pytest.mark.parametrize(("drawn", "told"), TOLD.items())
def test_what_tokens_show_otherwise_is_told(drawn: str, told: list[tuple[str, str]]) -> None:
    assert [(one.way.value, one.element) for one in otherwise(_root(drawn))] == told


def test_what_is_not_drawn_is_told_and_what_is_called_is_named() -> None:
    drawn = '<process id="p"><callActivity id="c" name="转交" calledElement="x:other"/></process>'

    undrawn = {one.way: one for one in otherwise(etree.fromstring(f"{HEAD}{drawn}</definitions>"))}

    assert set(undrawn) == {Otherwise.CALLED, Otherwise.UNDRAWN}
    assert undrawn[Otherwise.CALLED].called == "other" and undrawn[Otherwise.CALLED].name.zh == "转交"


def test_of_the_shipped_diagrams_only_calls_and_signals_are_told() -> None:
    told = {one.way for file in PROCESSES.glob("*/*.bpmn") for one in otherwise(etree.parse(file).getroot())}

    assert told <= {Otherwise.CALLED, Otherwise.SIGNALLED}


def _root(drawn: str) -> etree._Element:
    process = etree.fromstring(f'{HEAD}<process id="p">{drawn}</process></definitions>')
    shapes = "".join(f'<d:BPMNShape bpmnElement="{one.get("id")}"/>' for one in process.iter() if one.get("id"))
    return etree.fromstring(f'{HEAD}<process id="p">{drawn}</process>{shapes}</definitions>')
