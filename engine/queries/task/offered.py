"""The actions that the procedure offers beside a task: those whose message is waited for on an edge around it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from engine.domain.actor import Actor
from engine.queries.task.permissions import may_act

if TYPE_CHECKING:
    from engine.queries.task.page import Item

_BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


def offered(actor: Actor, procedure: Any, item: Item) -> tuple[Any, ...]:
    """What the actor may do beside completing an open item, in the order of procedure.yaml."""
    marked = [action for action in procedure.actions.values() if action.on_tasks and action.message]
    if item.status != "open" or not marked:
        return ()
    waiting = _waited_for(tuple(diagram.xml for diagram in procedure.diagrams.values()))
    heard = {message for element_id in _around(procedure, item.element_id) for message in waiting.get(element_id, ())}
    place = (item.estate_id, item.case_department)
    return tuple(action for action in marked if action.message in heard and may_act(actor, procedure, action.key, *place))


def _around(procedure: Any, element_id: str) -> Iterator[str]:
    """The element, the subprocess it lies in, and whoever calls its diagram, and so on outwards."""
    seen: set[str] = set()
    pending = [element_id]
    while pending:
        reached = pending.pop()
        element = procedure.elements.get(reached)
        if element is None or reached in seen:
            continue
        seen.add(reached)
        yield reached
        callers = (caller.id for caller in procedure.elements.values() if caller.called == element.process_id)
        pending += [element.host] if element.host else callers


@lru_cache(maxsize=64)
def _waited_for(diagrams: tuple[bytes, ...]) -> dict[str, tuple[str, ...]]:
    """The names of the messages that are waited for on an element's edge, by the element's id."""
    found: dict[str, tuple[str, ...]] = {}
    for xml in diagrams:
        root = ElementTree.fromstring(xml)
        names = {message.get("id"): str(message.get("name")) for message in root.iter(f"{_BPMN}message")}
        for event in root.iter(f"{_BPMN}boundaryEvent"):
            for definition in event.iter(f"{_BPMN}messageEventDefinition"):
                host, name = str(event.get("attachedToRef")), names.get(definition.get("messageRef"))
                found[host] = (*found.get(host, ()), *([name] if name else []))
    return found
