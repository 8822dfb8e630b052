"""Finding one's way in BPMN XML: tags, containers, flow nodes, properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"
NS = {"b": BPMN, "s": SPIFF}
SUBPROCESSES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
TASKS = frozenset({"task", "userTask", "manualTask", "scriptTask", "serviceTask", "businessRuleTask", "sendTask", "receiveTask"})
GATEWAYS = frozenset({"exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway", "complexGateway"})
EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})
NODES = TASKS | GATEWAYS | EVENTS | SUBPROCESSES | {"callActivity"}
ACTIVITIES = TASKS | SUBPROCESSES | {"callActivity"}
TIMER_PARTS = ("timeDate", "timeDuration", "timeCycle")
LIMIT_ASKED = re.compile(r'\blimit\(\s*"([^"]+)"')
LISTS = frozenset({"excludes", "limit", "opens", "stops", "moment", "clause"})
#: The closed list of extension properties; instructions_en is the English beside instructions.
PROPERTIES = LISTS | frozenset(
    {"form", "role", "department", "assignee", "name_en", "instructions", "instructions_en", "scope", "sensitivity", "operator"}
)


def local(element: etree._Element) -> str:
    """The tag without its namespace."""
    return _split(element.tag)[1]


def without_prefix(reference: str) -> str:
    """The id to which a reference points, without the prefix that some tools write before it."""
    return reference.rpartition(":")[2]


def is_bpmn(element: etree._Element) -> bool:
    """Whether the element belongs to BPMN itself."""
    return _split(element.tag)[0] == BPMN


def children(element: etree._Element, *names: str) -> list[etree._Element]:
    """The direct BPMN children with one of these names."""
    tags = _tags(names)
    return [child for child in element if child.tag in tags]


# The check asks for the same few names tens of thousands of times.
@lru_cache(maxsize=4096)
def _split(tag: str) -> tuple[str | None, str]:
    name = etree.QName(tag)
    return name.namespace, name.localname


@lru_cache(maxsize=512)
def _tags(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(f"{{{BPMN}}}{name}" for name in names)


@lru_cache(maxsize=128)
def _path(path: str) -> etree.XPath:
    return etree.XPath(path, namespaces=NS)


def containers(root: etree._Element) -> Iterator[etree._Element]:
    """Every process and embedded subprocess, outermost first."""
    for element in root.iter(f"{{{BPMN}}}*"):
        if local(element) == "process" or local(element) in SUBPROCESSES:
            yield element


def nodes(container: etree._Element) -> list[etree._Element]:
    """The flow nodes that lie directly in a process or subprocess."""
    return children(container, *NODES)


def flows(container: etree._Element) -> list[etree._Element]:
    """The sequence flows that lie directly in a process or subprocess."""
    return children(container, "sequenceFlow")


def limits_drawn_on(node: etree._Element) -> tuple[str, ...]:
    """The limit keys that the timers on a node's edge ask for, in the order of the file."""
    around = node.getparent()
    events = [] if around is None else children(around, "boundaryEvent")
    edge = [event for event in events if event.get("attachedToRef") == node.get("id")]
    timers = [timer for event in edge for timer in children(event, "timerEventDefinition")]
    asked = [key for timer in timers for part in children(timer, *TIMER_PARTS) for key in LIMIT_ASKED.findall(text_of(part))]
    return tuple(dict.fromkeys(asked))


def properties(element: etree._Element) -> dict[str, str]:
    """The extension properties of an element, as written."""
    written = (
        entry
        for extensions in element.iterchildren(f"{{{BPMN}}}extensionElements")
        for holder in extensions.iterchildren(f"{{{SPIFF}}}properties")
        for entry in holder.iterchildren(f"{{{SPIFF}}}property")
    )
    return {str(entry.get("name") or ""): str(entry.get("value") or "").strip() for entry in written}


def find(element: etree._Element, path: str) -> list[etree._Element]:
    """The elements at an XPath with the prefixes ``b`` (BPMN) and ``s`` (spiffworkflow)."""
    return _elements(_path(path)(element))


def line_of(element: etree._Element) -> int | None:
    """The line on which the element begins."""
    line: object = element.sourceline
    return line if isinstance(line, int) else None


def text_of(element: etree._Element | None) -> str:
    """The text of an element without the space around it."""
    return "" if element is None else "".join(str(part) for part in element.itertext()).strip()


def operator_of(element: etree._Element) -> str | None:
    """The operator of a service task: the id of its ``serviceTaskOperator``, else its property."""
    found = find(element, "./b:extensionElements/s:serviceTaskOperator")
    return (found[0].get("id") if found else None) or properties(element).get("operator") or None


def parameters_of(element: etree._Element) -> dict[str, str]:
    """The parameters of a service task: name and FEEL."""
    path = "./b:extensionElements/s:serviceTaskOperator/s:parameters/s:parameter"
    return {str(entry.get("id") or ""): str(entry.get("value") or "") for entry in find(element, path)}


def decision_of(element: etree._Element) -> str | None:
    """The decision that a business rule task calls."""
    found = find(element, "./b:extensionElements/s:calledDecisionId")
    return (text_of(found[0]) if found else "") or None


def _elements(found: object) -> list[etree._Element]:
    return [element for element in found if isinstance(element, etree._Element)] if isinstance(found, list) else []
