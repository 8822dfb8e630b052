"""The neighbours of a step in its diagram: what came before it and what may follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

from engine.domain.text import Text

MOST = 3
STEPS = frozenset({"userTask", "manualTask", "callActivity", "subProcess"})
TASKS = frozenset({"userTask", "manualTask"})
_FLOW = "{http://www.omg.org/spec/BPMN/20100524/MODEL}sequenceFlow"
Arrows = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Strip:
    """Names of the steps before and after; several where the way forks.

    ``follows`` is the task after it when there is but one.
    """

    before: tuple[Text, ...]
    after: tuple[Text, ...]
    follows: str | None = None


def strip(procedure: Any, element_id: str) -> Strip:
    """The nearest steps on each side, looked for through gateways and, at a diagram's ends, through its callers."""
    forth, back = _arrows(tuple(diagram.xml for diagram in procedure.diagrams.values()))
    before, after = _nearest(procedure, element_id, back), _nearest(procedure, element_id, forth)
    follows = after[0].id if len(after) == 1 and after[0].kind in TASKS else None
    return Strip(_names(before), _names(after), follows)


def _names(steps: list[Any]) -> tuple[Text, ...]:
    found: dict[str, Text] = {}
    for step in steps:
        found.setdefault(step.label.zh, step.label)
    return tuple(found.values())[:MOST]


def _nearest(procedure: Any, element_id: str, arrows: Arrows) -> list[Any]:
    found: list[Any] = []
    seen, pending = {element_id}, list(_beyond(procedure, element_id, arrows))
    while pending:
        reached = pending.pop(0)
        if reached in seen:
            continue
        seen.add(reached)
        element = procedure.element(reached)
        if element.kind in STEPS:
            found.append(element)
        else:
            pending.extend(_beyond(procedure, reached, arrows))
    return found


def _beyond(procedure: Any, element_id: str, arrows: Arrows) -> Iterator[str]:
    if element_id in arrows:
        yield from arrows[element_id]
        return
    element = procedure.element(element_id)
    outer = (
        [element.host]
        if element.host
        else [caller.id for caller in procedure.elements.values() if caller.called == element.process_id]
    )
    for enclosing in outer:
        yield from arrows.get(enclosing, ())


@lru_cache(maxsize=64)
def _arrows(diagrams: tuple[bytes, ...]) -> tuple[Arrows, Arrows]:
    forth: dict[str, list[str]] = {}
    back: dict[str, list[str]] = {}
    for xml in diagrams:
        for flow in ElementTree.fromstring(xml).iter(_FLOW):
            source, target = str(flow.get("sourceRef")), str(flow.get("targetRef"))
            forth.setdefault(source, []).append(target)
            back.setdefault(target, []).append(source)
    return {key: tuple(ends) for key, ends in forth.items()}, {key: tuple(ends) for key, ends in back.items()}
