"""The steps of a drawn process in the order in which one comes to them, and where one goes from each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from engine.domain.text import Text, named
from engine.procedure.diagrams.markup import BPMN, children, containers, flows, local, nodes, properties
from engine.procedure.diagrams.model import Diagram
from engine.procedure.findings import Findings
from engine.procedure.safe_xml import parse_xml

NOTHING = Text("", "")
_GATEWAY = "Gateway"


@dataclass(frozen=True, slots=True)
class Way:
    """One way on: what is written at its line, and the step it leads to; ``usual`` when it is taken if no other is."""

    words: Text
    to: str
    usual: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """A flow node: its id and BPMN name, what waits on its edge, what lies in it, and the ways on."""

    id: str
    kind: str
    words: Text
    marks: tuple[str, ...]
    edges: tuple[Stop, ...]
    inside: tuple[Stop, ...]
    ways: tuple[Way, ...]
    interrupting: bool


@lru_cache(maxsize=128)
def stops_of(diagram: Diagram) -> tuple[Stop, ...]:
    """The nodes of the process, those that can be reached from its start first; nothing where the file cannot be read."""
    root = parse_xml(diagram.xml, diagram.file, Findings())
    found = () if root is None else (one for one in containers(root) if one.get("id") == diagram.process_id)
    return next((_Container(one).stops() for one in found), ())


def every_stop(stops: Iterable[Stop]) -> Iterator[Stop]:
    """The stops with all that waits on their edges and lies in them."""
    for stop in stops:
        yield stop
        yield from every_stop(stop.edges)
        yield from every_stop(stop.inside)


def steps_after(diagram: Diagram, element_id: str) -> tuple[str, ...]:
    """The ids of the nearest steps to which one leads, looked for through gateways."""
    known = {stop.id: stop for stop in every_stop(stops_of(diagram))}
    found: dict[str, None] = {}
    seen, pending = {element_id}, [way.to for way in known[element_id].ways] if element_id in known else []
    while pending:
        reached = pending.pop()
        if reached in seen or reached not in known:
            continue
        seen.add(reached)
        if known[reached].kind.endswith(_GATEWAY):
            pending.extend(way.to for way in known[reached].ways)
        else:
            found[reached] = None
    return tuple(found)


class _Container:
    """What lies directly in a process or subprocess."""

    def __init__(self, element: etree._Element) -> None:
        here = [node for node in nodes(element) if node.get("id")]
        self._nodes = {str(node.get("id")): node for node in here if not node.get("attachedToRef")}
        self._edges: dict[str, list[etree._Element]] = {}
        for node in here:
            if node.get("attachedToRef"):
                self._edges.setdefault(str(node.get("attachedToRef")), []).append(node)
        self._flows: dict[str, list[etree._Element]] = {}
        for flow in flows(element):
            self._flows.setdefault(str(flow.get("sourceRef")), []).append(flow)

    def stops(self) -> tuple[Stop, ...]:
        """All of them, in the order of the walk."""
        return tuple(self._stop(node) for node in self._in_order())

    def _in_order(self) -> Iterator[etree._Element]:
        led_to = {str(flow.get("targetRef")) for some in self._flows.values() for flow in some}
        pending = sorted(self._nodes, key=lambda node_id: node_id in led_to)
        seen: set[str] = set()
        while pending:
            node_id = pending.pop(0)
            if node_id in seen or node_id not in self._nodes:
                continue
            seen.add(node_id)
            yield self._nodes[node_id]
            pending = [*self._next(node_id), *pending]

    def _next(self, node_id: str) -> list[str]:
        """Where the step itself leads, then what begins on its edge."""
        edges = [str(edge.get("id")) for edge in self._edges.get(node_id, ())]
        return [str(flow.get("targetRef")) for source in (node_id, *edges) for flow in self._flows.get(source, ())]

    def _stop(self, node: etree._Element) -> Stop:
        node_id = str(node.get("id"))
        return Stop(
            id=node_id,
            kind=local(node),
            words=_words(node),
            marks=tuple(local(child).removesuffix("EventDefinition") for child in node if _defines(child)),
            edges=tuple(self._stop(edge) for edge in self._edges.get(node_id, ())),
            inside=_Container(node).stops(),
            ways=tuple(self._way(node, flow) for flow in self._flows.get(node_id, ())),
            interrupting="false" not in (node.get("cancelActivity"), node.get("isInterrupting")),
        )

    def _way(self, node: etree._Element, flow: etree._Element) -> Way:
        usual = node.get("default") == flow.get("id") and len(children(node, "outgoing")) > 1
        return Way(_words(flow), str(flow.get("targetRef")), usual)


def _words(element: etree._Element) -> Text:
    name = " ".join((element.get("name") or "").split())
    return named(name, " ".join((properties(element).get("name_en") or name).split())) if name else NOTHING


def _defines(child: etree._Element) -> bool:
    return isinstance(child.tag, str) and child.tag.startswith(f"{{{BPMN}}}") and local(child).endswith("EventDefinition")
