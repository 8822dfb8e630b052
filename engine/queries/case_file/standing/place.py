"""Where a case stands in its diagrams: what was passed, what is open now, and how often a step was done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import NotFound
from engine.procedure.beside.restricted import kept_apart
from engine.queries.case_file.head import Head
from engine.queries.case_file.standing.history import Time, Told, history
from engine.queries.task.afterwards import NextItem, open_items
from engine.storage.tables import timer, work_item

if TYPE_CHECKING:
    from engine.queries.reader import Reader

NO_SUCH_DIAGRAM = Text("这一版规程里没有这张图。", "This version of the procedure has no such diagram.")
_BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
_SPIFF = "{http://spiffworkflow.org/bpmn/schema/1.0/core}"


@dataclass(frozen=True, slots=True)
class Passed:
    """A step that was passed with its history, the newest first; gateways are not told."""

    element_id: str
    process_id: str
    label: Text
    history: tuple[Time, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One diagram; ``is_active`` when the case stands in it now."""

    process_id: str
    name: Text
    is_active: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """The diagrams the case has been in, all elements passed and active, and the open items by element, enclosing ones too.

    ``breached`` names the elements at which a deadline was missed, with what it was called. Restricted steps of which the reader
    is not told are left out; the activity that leads to them stays.
    """

    sheets: tuple[Sheet, ...]
    done: frozenset[str]
    active: tuple[str, ...]
    items: dict[str, tuple[NextItem, ...]]
    steps: tuple[Passed, ...]
    breached: dict[str, tuple[Text, ...]]


def standing(reader: Reader, actor: Actor, case: Head) -> Standing:
    """Where a case that the actor was shown stands; nothing for a historic record."""
    if case.version_id is None:
        return Standing((), frozenset(), (), {}, (), {})
    told = history(reader, actor, case)
    hidden = kept_apart(actor, case.procedure, case.estate_id)
    passed = [key for key, _ in told.order]
    held = _held(reader, actor, case)
    items: dict[str, tuple[NextItem, ...]] = {}
    for element_id, item in held:
        for enclosing in (element_id, *_enclosing(case.procedure, element_id, passed)):
            items[enclosing] = (*items.get(enclosing, ()), item)
    waiting = [
        place for element_id in _waits(reader, case) for place in (element_id, *_enclosing(case.procedure, element_id, passed))
    ]
    told = told.without(hidden)
    passed = [key for key, _ in told.order]
    active = tuple(key for key in dict.fromkeys([*items, *waiting]) if key not in hidden) if case.is_open else ()
    sheets = _sheets(case.procedure, passed, active)
    return Standing(sheets, frozenset(passed), active, items, _steps(case.procedure, told), told.breached)


def source(reader: Reader, actor: Actor, case: Head, process_id: str) -> bytes:
    """A diagram of the case's own version as drawn."""
    return bytes(drawn(case.procedure, process_id).xml)


def drawn(procedure: Any, process_id: str) -> Any:
    """A diagram of a procedure; NotFound for an unknown one."""
    found = procedure.diagrams.get(process_id)
    if found is None:
        raise NotFound(NO_SUCH_DIAGRAM)
    return found


def other_names(procedure: Any, xml: bytes, said: Callable[[Text], str]) -> dict[str, str]:
    """What ``said`` calls otherwise than a diagram draws it, by id: of steps, lanes and arrows; lanes by the company's names."""
    given = {lane: procedure.role_names.get(role) for lane, role in _properties(xml, "role").items() if lane in _lanes(xml)}
    called = {**_names(xml), **{lane: text for lane, text in given.items() if text}}
    drawn = _names(xml)
    return {key: words for key, text in called.items() if (words := said(text)) != (drawn[key].zh if key in drawn else None)}


@lru_cache(maxsize=64)
def _names(xml: bytes) -> dict[str, Text]:
    english = _properties(xml, "name_en")
    written = ((str(element.get("id")), str(element.get("name") or "")) for element in ElementTree.fromstring(xml).iter())
    return {key: Text(name, english.get(key) or name) for key, name in written if name}


@lru_cache(maxsize=128)
def _properties(xml: bytes, name: str) -> dict[str, str]:
    found = {}
    for element in ElementTree.fromstring(xml).iter():
        extensions = element.find(f"{_BPMN}extensionElements/{_SPIFF}properties")
        for entry in extensions if extensions is not None else ():
            if entry.get("name") == name and element.get("id"):
                found[str(element.get("id"))] = str(entry.get("value"))
    return found


@lru_cache(maxsize=64)
def _lanes(xml: bytes) -> frozenset[str]:
    return frozenset(str(lane.get("id")) for lane in ElementTree.fromstring(xml).iter(f"{_BPMN}lane"))


def _held(reader: Reader, actor: Actor, case: Head) -> list[tuple[str, NextItem]]:
    items = {item.item_id: item for item in open_items(reader, actor, case.case_id, str(case.version_id))}
    query = sa.select(work_item.c.id, work_item.c.element_id).where(work_item.c.id.in_(items))
    elements = {row.id: row.element_id for row in reader.connection.execute(query)} if items else {}
    return [(elements[item_id], item) for item_id, item in items.items() if elements[item_id] in case.procedure.elements]


def _waits(reader: Reader, case: Head) -> list[str]:
    """Events at which the case waits for time to pass; a timer on the edge of a task is no place to stand."""
    query = sa.select(timer.c.element_id).where(timer.c.case_id == case.case_id, timer.c.element_id.is_not(None))
    found = (case.procedure.elements.get(key) for key in reader.connection.execute(query).scalars())
    return [element.id for element in found if element and element.kind == "intermediateCatchEvent"]


def _enclosing(procedure: Any, element_id: str, passed: Sequence[str]) -> Iterator[str]:
    """The subprocesses and call activities around an element; among several callers the one whose way in was passed last."""
    element, seen = procedure.elements.get(element_id), {element_id}
    while element is not None:
        outer = element.host or _caller(procedure, element.process_id, passed)
        if outer is None or outer in seen:
            return
        seen.add(outer)
        yield outer
        element = procedure.elements.get(outer)


def _caller(procedure: Any, process_id: str, passed: Sequence[str]) -> str | None:
    callers = [element for element in procedure.elements.values() if element.called == process_id]
    last = {key: place for place, key in enumerate(passed)}
    entered = {caller.id: max((last.get(key, -1) for key in _ways_in(procedure, caller)), default=-1) for caller in callers}
    return max(entered, key=lambda key: entered[key], default=None)


def _ways_in(procedure: Any, element: Any) -> tuple[str, ...]:
    return _sources(procedure.diagrams[element.process_id].xml).get(element.id, ())


@lru_cache(maxsize=64)
def _sources(xml: bytes) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for flow in ElementTree.fromstring(xml).iter(f"{_BPMN}sequenceFlow"):
        target = str(flow.get("targetRef"))
        found[target] = (*found.get(target, ()), str(flow.get("sourceRef")))
    return found


def _sheets(procedure: Any, passed: Iterable[str], active: Sequence[str]) -> tuple[Sheet, ...]:
    known = [procedure.elements[key].process_id for key in (*passed, *active) if key in procedure.elements]
    here = {procedure.elements[key].process_id for key in active}
    ids = dict.fromkeys([procedure.main, *known])
    return tuple(Sheet(key, procedure.diagrams[key].name, key in here) for key in ids if key in procedure.diagrams)


def _steps(procedure: Any, told: Told) -> tuple[Passed, ...]:
    found: dict[str, list[Time]] = {}
    for key, time in told.order:
        element = procedure.elements.get(key)
        if element is not None and not element.kind.endswith("Gateway") and element.label.zh != element.id:
            # What was passed last comes last.
            found[key] = [*found.pop(key, []), time]
    elements = procedure.elements
    return tuple(
        Passed(key, elements[key].process_id, elements[key].label, tuple(reversed(times))) for key, times in found.items()
    )
