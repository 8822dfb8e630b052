"""What tokens on a diagram show otherwise than a case would go, told by element for those who watch them run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

from engine.domain.text import Text
from engine.procedure.check.drawing.unsupported import MARKED, REFUSED, is_event_subprocess, stands_alone
from engine.procedure.check.subject import title
from engine.procedure.diagrams.markup import (
    ACTIVITIES,
    BPMN,
    GATEWAYS,
    SUBPROCESSES,
    children,
    containers,
    find,
    flows,
    local,
    nodes,
    properties,
    without_prefix,
)

_SHAPE = "{http://www.omg.org/spec/BPMN/20100524/DI}BPMNShape"


class Otherwise(StrEnum):
    """How tokens differ from a case."""

    REFUSED = "refused"
    STUCK = "stuck"
    REPEATED = "repeated"
    CALLED = "called"
    UNCAUGHT = "uncaught"
    SENT = "sent"
    SIGNALLED = "signalled"
    SPLIT = "split"
    SEVERAL = "several"
    BEGINS = "begins"
    UNDRAWN = "undrawn"


@dataclass(frozen=True, slots=True)
class Misleading:
    """Where tokens differ from a case: ``what`` the engine does not run there, the process ``called``."""

    way: Otherwise
    element: str
    name: Text
    what: Text | None = None
    called: str | None = None


def otherwise(root: etree._Element) -> Iterator[Misleading]:
    """Each way in which tokens on the drawing mislead, in the order of the file."""
    drawn = {without_prefix(shape.get("bpmnElement") or "") for shape in root.iter(_SHAPE)}
    for container in containers(root):
        arriving = {flow.get("targetRef") for flow in flows(container)}
        for node in nodes(container):
            for way, differs in _WAYS.items():
                if differs(node):
                    yield _misleading(way, node)
            if node.get("id") not in drawn:
                yield _misleading(Otherwise.UNDRAWN, node)
            elif node.get("id") not in arriving and local(container) != "adHocSubProcess" and _begins(node):
                yield _misleading(Otherwise.BEGINS, node)


def _misleading(way: Otherwise, node: etree._Element) -> Misleading:
    name, what = title(node), _what_is_refused(node) if way is Otherwise.REFUSED else None
    called = without_prefix(node.get("calledElement") or "") if way is Otherwise.CALLED else None
    return Misleading(way, str(node.get("id")), Text(name, properties(node).get("name_en") or name), what, called)


def _what_is_refused(node: etree._Element) -> Text | None:
    kinds = (local(node), *(local(part) for part in node))
    found = next((REFUSED[kind][0] for kind in kinds if kind in REFUSED), None)
    return found or next((what for mark, (what, _) in MARKED.items() if node.get(mark) == "true"), None)


def _definitions(node: etree._Element, kind: str = "EventDefinition") -> list[etree._Element]:
    return [part for part in node if isinstance(part.tag, str) and local(part).endswith(kind)]


def _throws(node: etree._Element, kind: str) -> bool:
    return local(node) in ("intermediateThrowEvent", "endEvent") and bool(_definitions(node, kind))


def _stuck(node: etree._Element) -> bool:
    return local(node) == "complexGateway"


def _refused(node: etree._Element) -> bool:
    return not _stuck(node) and _what_is_refused(node) is not None


def _repeated(node: etree._Element) -> bool:
    return bool(children(node, "multiInstanceLoopCharacteristics", "standardLoopCharacteristics"))


def _uncaught(node: etree._Element) -> bool:
    """An error that nothing around it catches; a diagram that calls this one may."""
    if not _throws(node, "errorEventDefinition"):
        return False
    thrown = {part.get("errorRef") for part in _definitions(node, "errorEventDefinition")}
    return not any(_catches(host, thrown) for host in node.iterancestors() if local(host) in SUBPROCESSES)


def _catches(host: etree._Element, thrown: set[str | None]) -> bool:
    path = f"../b:boundaryEvent[@attachedToRef='{host.get('id')}']/b:errorEventDefinition"
    return any(caught.get("errorRef") in {None, "", *thrown} for caught in find(host, path))


def _sent(node: etree._Element) -> bool:
    """A message that no line carries to where it is awaited."""
    sources = {flow.get("sourceRef") for flow in node.getroottree().getroot().iter(f"{{{BPMN}}}messageFlow")}
    return _throws(node, "messageEventDefinition") and node.get("id") not in sources


def _split(node: etree._Element) -> bool:
    around = node.getparent()
    leaving = [] if around is None else [flow for flow in flows(around) if flow.get("sourceRef") == node.get("id")]
    conditional = any(children(flow, "conditionExpression") for flow in leaving)
    return local(node) not in GATEWAYS and (len(leaving) > 1 or conditional)


def _begins(node: etree._Element) -> bool:
    """Tokens begin where no line arrives, as at a start event; a case does not."""
    plain = local(node) in ACTIVITIES | GATEWAYS | {"endEvent", "intermediateCatchEvent", "intermediateThrowEvent"}
    return plain and not stands_alone(node) and not is_event_subprocess(node)


_WAYS: dict[Otherwise, Callable[[etree._Element], bool]] = {
    Otherwise.STUCK: _stuck,
    Otherwise.REFUSED: _refused,
    Otherwise.REPEATED: _repeated,
    Otherwise.CALLED: lambda node: local(node) == "callActivity",
    Otherwise.UNCAUGHT: _uncaught,
    Otherwise.SENT: _sent,
    Otherwise.SIGNALLED: lambda node: _throws(node, "signalEventDefinition"),
    Otherwise.SPLIT: _split,
    Otherwise.SEVERAL: lambda node: len(_definitions(node)) > 1,
}
