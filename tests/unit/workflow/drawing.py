"""Diagrams as short Python: what a test needs of BPMN, without shapes."""

from __future__ import annotations

from html import escape
from itertools import pairwise

NAMESPACES = (
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"'
)


def diagram(process_id: str, *parts: str, top: str = "", shapes: str = "") -> str:
    """One file with one process."""
    process = f'<bpmn:process id="{process_id}" isExecutable="true">{"".join(parts)}</bpmn:process>'
    return f'<bpmn:definitions {NAMESPACES} id="d_{process_id}" targetNamespace="t">{top}{process}{shapes}</bpmn:definitions>'


def node(
    kind: str, node_id: str, inner: str = "", extensions: str = "", properties: dict[str, str] | None = None, **more: str
) -> str:
    """Any flow node; ``properties`` are extension properties."""
    if properties:
        listed = "".join(f'<spiffworkflow:property name="{k}" value="{escape(v)}"/>' for k, v in properties.items())
        extensions += f"<spiffworkflow:properties>{listed}</spiffworkflow:properties>"
    extended = f"<bpmn:extensionElements>{extensions}</bpmn:extensionElements>" if extensions else ""
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in more.items())
    return f'<bpmn:{kind} id="{node_id}" name="{node_id}"{attributes}>{extended}{inner}</bpmn:{kind}>'


def begin(node_id: str = "begun", **properties: str) -> str:
    return node("startEvent", node_id, properties=properties)


def end(node_id: str = "finished", inner: str = "", **properties: str) -> str:
    return node("endEvent", node_id, inner, properties=properties)


def user(node_id: str, inner: str = "", extensions: str = "", **properties: str) -> str:
    return node("userTask", node_id, inner, extensions, properties=properties)


def script(node_id: str, text: str, **properties: str) -> str:
    return node("scriptTask", node_id, f"<bpmn:script>{escape(text)}</bpmn:script>", properties=properties)


def call(node_id: str, called: str, inner: str = "", extensions: str = "", **properties: str) -> str:
    return node("callActivity", node_id, inner, extensions, properties=properties, calledElement=called)


def choice(node_id: str, default: str = "", kind: str = "exclusiveGateway", order: tuple[str, ...] = ()) -> str:
    listed = "".join(f"<bpmn:outgoing>{flow_id}</bpmn:outgoing>" for flow_id in order)
    return node(kind, node_id, listed, **({"default": default} if default else {}))


def flow(source: str, target: str, condition: str = "", flow_id: str = "") -> str:
    inner = formal("conditionExpression", condition) if condition else ""
    flow_id = flow_id or f"{source}_to_{target}"
    return f'<bpmn:sequenceFlow id="{flow_id}" sourceRef="{source}" targetRef="{target}">{inner}</bpmn:sequenceFlow>'


def formal(tag: str, expression: str) -> str:
    return f'<bpmn:{tag} xsi:type="bpmn:tFormalExpression">{escape(expression)}</bpmn:{tag}>'


def around(before: str, after: str) -> str:
    """Scripts before and after an activity."""
    pre = f"<spiffworkflow:preScript>{escape(before)}</spiffworkflow:preScript>"
    return f"{pre}<spiffworkflow:postScript>{escape(after)}</spiffworkflow:postScript>"


def path(*nodes: str) -> str:
    return "".join(flow(source, target) for source, target in pairwise(nodes))


def boundary(node_id: str, attached: str, event: str, *, cuts: bool = True, **properties: str) -> str:
    return node("boundaryEvent", node_id, event, properties=properties, attachedToRef=attached, cancelActivity=str(cuts).lower())


def timer(expression: str, kind: str = "timeDuration") -> str:
    return f"<bpmn:timerEventDefinition>{formal(kind, expression)}</bpmn:timerEventDefinition>"


def cycle(expression: str) -> str:
    return timer(expression, "timeCycle")


def condition(expression: str) -> str:
    return f"<bpmn:conditionalEventDefinition>{formal('condition', expression)}</bpmn:conditionalEventDefinition>"


def message(name: str, variable: str = "") -> str:
    inner = f"<spiffworkflow:messageVariable>{variable}</spiffworkflow:messageVariable>" if variable else ""
    extended = f"<bpmn:extensionElements>{inner}</bpmn:extensionElements>" if inner else ""
    return f'<bpmn:messageEventDefinition messageRef="{name}">{extended}</bpmn:messageEventDefinition>'


def messages(*names: str) -> str:
    return "".join(f'<bpmn:message id="{name}" name="{name}"/>' for name in names)


def items(collection: str, *, sequential: bool = False, result: str = "", item: str = "", output: str = "") -> str:
    parts = f"<bpmn:loopDataInputRef>{escape(collection)}</bpmn:loopDataInputRef>"
    parts += f"<bpmn:loopDataOutputRef>{result}</bpmn:loopDataOutputRef>" if result else ""
    parts += f'<bpmn:inputDataItem id="{item}" name="{item}"/>' if item else ""
    parts += f'<bpmn:outputDataItem id="{output}" name="{output}"/>' if output else ""
    kind = "multiInstanceLoopCharacteristics"
    return f'<bpmn:{kind} isSequential="{str(sequential).lower()}">{parts}</bpmn:{kind}>'


def times(count: str, *, sequential: bool = False, result: str = "") -> str:
    parts = f"<bpmn:loopCardinality>{escape(count)}</bpmn:loopCardinality>"
    parts += f"<bpmn:loopDataOutputRef>{result}</bpmn:loopDataOutputRef>" if result else ""
    kind = "multiInstanceLoopCharacteristics"
    return f'<bpmn:{kind} isSequential="{str(sequential).lower()}">{parts}</bpmn:{kind}>'


def table(decision_id: str, policy: str, inputs: list[str], outputs: list[str], rules: list[list[str]]) -> str:
    """A decision table; every cell is FEEL."""
    asked = "".join(
        f'<input id="i{n}"><inputExpression id="ie{n}" typeRef="Any"><text>{escape(text)}</text></inputExpression></input>'
        for n, text in enumerate(inputs)
    )
    given = "".join(f'<output id="o{n}" name="{name}"/>' for n, name in enumerate(outputs))
    rows = ""
    for number, cells in enumerate(rules):
        entries = "".join(
            f'<{kind} id="c{number}_{n}"><text>{escape(cell)}</text></{kind}>'
            for n, cell in enumerate(cells)
            for kind in ["inputEntry" if n < len(inputs) else "outputEntry"]
        )
        rows += f'<rule id="r{number}">{entries}</rule>'
    return (
        f'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m_{decision_id}" name="m" namespace="t">'
        f'<decision id="{decision_id}" name="{decision_id}"><decisionTable id="t_{decision_id}" hitPolicy="{policy}">'
        f"{asked}{given}{rows}</decisionTable></decision></definitions>"
    )
