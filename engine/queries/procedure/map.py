"""A diagram told as a list of steps, for those who read rather than look: who, what, how long, by which clause, and then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.procedure.diagrams.ways import Stop, stops_of
from engine.queries.procedure.steps import Step, step_of

if TYPE_CHECKING:
    from engine.queries.reader import Reader

_TASK = "userTask"
_BEGINS, _ENDS = Text("开始", "Begins"), Text("结束", "Ends")
_KINDS = {
    "startEvent": _BEGINS,
    "endEvent": _ENDS,
    "exclusiveGateway": Text("判断", "Decision"),
    "inclusiveGateway": Text("按条件分几路", "Several ways by condition"),
    "parallelGateway": Text("几路同时进行，或等各路到齐", "Ways side by side, or waiting for all of them"),
    "eventBasedGateway": Text("看哪件事先发生", "Whatever happens first"),
    "intermediateCatchEvent": Text("等待", "Waits"),
    "intermediateThrowEvent": Text("发出", "Tells"),
    "boundaryEvent": Text("其间", "Meanwhile"),
    _TASK: Text("人来做", "Done by people"),
    "scriptTask": Text("系统记下", "Noted by the system"),
    "serviceTask": Text("系统办理", "Done by the system"),
    "businessRuleTask": Text("查决策表", "Looked up in a table"),
    "callActivity": Text("进入流程", "Goes into"),
    "subProcess": Text("分步进行", "In steps of its own"),
}
_OTHER = Text("步骤", "Step")


@dataclass(frozen=True, slots=True)
class Told:
    """A step in words; ``number`` is its place in the list, ``within`` the number of the step that it lies in.

    ``ways`` are what is written at each way on, with the number and name of the step it leads to.
    """

    id: str
    number: int
    within: int | None
    kind: Text
    name: Text
    role: Text | None
    step: Step | None
    clauses: tuple[tuple[str, Text | None], ...]
    called: str | None
    ways: tuple[tuple[Text, int, Text], ...]
    meanwhile: tuple[Meanwhile, ...]


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What may happen while a step lasts: its name, whether time brings it, whether it ends the step, and where it leads."""

    id: str
    name: Text
    timed: bool
    ends: bool
    ways: tuple[tuple[Text, int, Text], ...]


def step_by_step(reader: Reader, actor: Actor, procedure: Any, process_id: str) -> tuple[Told, ...]:
    """The steps of a diagram in the order in which one comes to them; all staff may read them."""
    flat = list(_flattened(stops_of(procedure.diagrams[process_id]), None))
    numbers = {stop.id: number for number, (stop, _) in enumerate(flat, 1)}
    names = {stop.id: _name(procedure, stop) for stop, _ in flat}
    return tuple(_told(procedure, stop, host, numbers, names) for stop, host in flat)


def notes(steps: Iterable[Told], said: Callable[[Text], str]) -> dict[str, str]:
    """What pointing at an element says in the reader's language: who does it, within what time, by which clauses in full."""
    return {one.id: "\n".join(lines) for one in steps if (lines := list(_lines(one, said)))}


def _lines(one: Told, said: Callable[[Text], str]) -> Iterator[str]:
    if one.role:
        yield said(one.role)
    for name, amounts in one.step.limits if one.step else ():
        yield " ".join(said(part) for part in (name, *amounts[:3]))
    for clause, words in one.clauses:
        yield f"{clause} {said(words)}" if words else clause


def _flattened(stops: Iterable[Stop], host: str | None) -> Iterator[tuple[Stop, str | None]]:
    for stop in stops:
        yield stop, host
        yield from _flattened(stop.inside, stop.id)


def _told(procedure: Any, stop: Stop, host: str | None, numbers: Mapping[str, int], names: Mapping[str, Text]) -> Told:
    element = procedure.elements.get(stop.id)
    task = element if stop.kind == _TASK else None
    role = procedure.roles.get(task.role) if task else None
    return Told(
        id=stop.id,
        number=numbers[stop.id],
        within=numbers.get(host or ""),
        kind=_KINDS.get(stop.kind, _OTHER),
        name=names[stop.id],
        role=role.label if role else None,
        step=step_of(procedure, task) if task else None,
        clauses=tuple(_clauses(procedure, element)),
        called=element.called if element and element.called in procedure.diagrams else None,
        ways=_ways(stop, numbers, names),
        meanwhile=tuple(_meanwhile(edge, numbers, names) for edge in stop.edges),
    )


def _meanwhile(edge: Stop, numbers: Mapping[str, int], names: Mapping[str, Text]) -> Meanwhile:
    return Meanwhile(edge.id, edge.words, "timer" in edge.marks, edge.interrupting, _ways(edge, numbers, names))


def _ways(stop: Stop, numbers: Mapping[str, int], names: Mapping[str, Text]) -> tuple[tuple[Text, int, Text], ...]:
    return tuple((way.words, numbers[way.to], names[way.to]) for way in stop.ways if way.to in numbers)


def _name(procedure: Any, stop: Stop) -> Text:
    element = procedure.elements.get(stop.id)
    return stop.words if stop.words.zh else element.label if element and element.label.zh != stop.id else Text("", "")


def _clauses(procedure: Any, element: Any) -> Iterator[tuple[str, Text | None]]:
    for key in element.clauses if element else ():
        clause = procedure.clauses.get(key)
        yield key, clause.text if clause else None
