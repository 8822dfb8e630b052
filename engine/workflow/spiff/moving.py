"""The tokens of a case put onto another version's diagrams: what is open stays, what is past is forgotten where it must be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.util.task import TaskState

from engine.domain.text import Text
from engine.errors import Incident
from engine.workflow.model import Model
from engine.workflow.spiff import specs

LIVE = TaskState.READY | TaskState.WAITING | TaskState.STARTED
AHEAD = TaskState.PREDICTED_MASK | TaskState.FUTURE
SPLIT = ".BoundaryEventSplit"

Row = list[Any]
# Places in a row as the codec writes it.
ID, PARENT, STATE, NAME, TRIGGERED = range(5)


def carry(state: dict[str, Any], old: Model, new: Model) -> dict[str, Any]:
    """The plain state with rows that the new version can hold; an Incident names what is open and has no place in it."""
    if old.procedure.main != new.procedure.main:
        raise Incident(Text("新版的主流程不是同一个", "The new version begins with another main diagram"))
    main = _Part(state["main"], old, old.main, new.main)
    hosts = dict(main.hosts())
    inner = []
    for host_id, data in state["inner"]:
        name, before, after = hosts[host_id]
        if before.spec != after.spec:
            raise _in_the_way(old, name, "改为调用另一个流程", "calls another diagram now")
        part = _Part(data, old, old.called[before.spec], new.called[after.spec])
        hosts |= dict(part.hosts())
        inner.append([host_id, part.carried()])
    return {**state, "main": main.carried(), "inner": inner}


class _Part:
    """One diagram of a case: its rows, and its specification before and after."""

    def __init__(self, data: dict[str, Any], version: Model, old: Any, new: Any) -> None:
        self._version = version
        self._data = data
        self._rows: list[Row] = data["rows"]
        self._old = old.task_specs
        self._new = new.task_specs
        self._busy = self._with_open_work()

    def hosts(self) -> Iterator[tuple[str, tuple[str, Any, Any]]]:
        """The live activities that run a diagram of their own: id -> name, specification before and after."""
        for row in self._rows:
            before = self._old[row[NAME]]
            if row[STATE] & LIVE and isinstance(before, (specs.SubWorkflowTask, specs.CallActivity)):
                self._require_place(row)
                yield row[ID], (row[NAME], before, self._new[row[NAME]])

    def carried(self) -> dict[str, Any]:
        """The rows without what was only predicted and without past elements that the new version does not have."""
        kept: list[Row] = []
        at: list[int | None] = []
        for number, row in enumerate(self._rows):
            parent = at[row[PARENT]] if row[PARENT] >= 0 else -1
            if parent is None or self._goes(number):
                at.append(None)
            elif row[NAME] not in self._new:
                # What follows a past element that is gone now follows what came before it.
                at.append(parent)
            else:
                at.append(len(kept))
                kept.append([row[ID], parent, *row[STATE:]])
        last = self._data["last"]
        return {**self._data, "rows": kept, "last": -1 if last < 0 or at[last] is None else at[last]}

    def _goes(self, number: int) -> bool:
        """Whether the row goes with everything below it."""
        row = self._rows[number]
        if row[STATE] & AHEAD and not row[TRIGGERED]:
            return True
        if row[STATE] & LIVE:
            if self._is_idle_event(number):
                return True
            self._require_place(row)
            return False
        return row[NAME] not in self._new and not row[STATE] & TaskState.COMPLETED and number not in self._busy

    def _is_idle_event(self, number: int) -> bool:
        """A boundary event that the new version does not have, that nobody has met yet and that is not the only one."""
        row = self._rows[number]
        spec = self._old[row[NAME]]
        if row[NAME] in self._new or not isinstance(spec, BoundaryEvent) or number in self._busy:
            return False
        return str(self._rows[row[PARENT]][NAME]) in self._new

    def _require_place(self, row: Row) -> None:
        name = row[NAME]
        if name + SPLIT in self._old and name + SPLIT not in self._new and name in self._new:
            raise _in_the_way(self._version, name, "唯一的边界事件被删去了", "has lost its only boundary event")
        if name.endswith(SPLIT) or name not in self._new:
            raise _in_the_way(self._version, name, "在新版里没有了", "is not part of the new version")
        if name + SPLIT in self._new and name + SPLIT not in self._old:
            raise _in_the_way(self._version, name, "第一次加上了边界事件", "has got its first boundary event")
        if type(self._old[name]) is not type(self._new[name]):
            raise _in_the_way(self._version, name, "换成了另一种元素", "has become another kind of element")

    def _with_open_work(self) -> set[int]:
        """The rows with something open below them."""
        busy: set[int] = set()
        for number in range(len(self._rows) - 1, 0, -1):
            row = self._rows[number]
            if row[STATE] & LIVE or number in busy:
                busy.add(row[PARENT])
        return busy


def look_ahead(top: Any) -> None:
    """Predict anew what may follow from everything that is open, and let new boundary events of running activities wait."""
    for workflow in (top, *top.subprocesses.values()):
        for task in [task for task in workflow.tasks.values() if task.has_state(LIVE)]:
            if isinstance(task.task_spec, BoundaryEvent) and task.has_state(TaskState.WAITING):
                _expect(task)
            else:
                task.task_spec._predict(task, mask=TaskState.NOT_FINISHED_MASK)
        for task in [task for task in workflow.tasks.values() if isinstance(task.task_spec, BoundaryEventSplit)]:
            _arm(task)


def _arm(split: Any) -> None:
    there = {child.task_spec for child in split.children}
    running = any(child.has_state(LIVE) and not isinstance(child.task_spec, BoundaryEvent) for child in split.children)
    for spec in split.task_spec.outputs if running else ():
        if isinstance(spec, BoundaryEvent) and spec not in there:
            event = split._add_child(spec, TaskState.MAYBE)
            _expect(event)
            spec._update(event)


def _expect(event: Any) -> None:
    """Let an event wait that may happen and may not: only what comes right after it is predicted, as when its activity began."""
    event._set_state(TaskState.MAYBE)
    event.task_spec._predict(event, looked_ahead=1, mask=TaskState.PREDICTED_MASK)
    event._set_state(TaskState.WAITING)


def starved(top: Any) -> dict[str, str]:
    """The joins ahead that would wait for a branch on which nothing can come any more: where -> element id."""
    found: dict[str, str] = {}
    for workflow in (top, *top.subprocesses.values()):
        tokens = [task.task_spec for task in workflow.tasks.values() if task.has_state(LIVE)]
        for join in _joins(workflow):
            arrived = _arrived(workflow, join)
            coming = _reachable([spec for spec in tokens if spec is not join], join)
            if (join in tokens or join.name in coming) and not coming.union(arrived).issuperset(join._inputs):
                found[f"{workflow.spec.name}/{join.name}"] = join.bpmn_id
    return found


def _joins(workflow: Any) -> list[Any]:
    every = workflow.spec.task_specs.values()
    return [spec for spec in every if isinstance(spec, specs.ParallelGateway) and len(spec._inputs) > 1]


def _arrived(workflow: Any, join: Any) -> set[str]:
    """The inputs of the join on which something has come in this round."""
    here = [task for task in workflow.tasks.values() if task.task_spec is join and not task.has_state(AHEAD)]
    waiting = next((task for task in here if task.has_state(LIVE)), None)
    if waiting is None:
        return set()
    earlier = waiting.find_ancestor(join.name)
    return {task.parent.task_spec.name for task in here if earlier is None or task.is_descendant_of(earlier)}


def _reachable(tokens: list[Any], stop: Any) -> set[str]:
    """The names of everything that the tokens may come to, their own places included, without going beyond ``stop``."""
    seen: set[str] = set()
    todo = list(tokens)
    while todo:
        spec = todo.pop()
        if spec.name not in seen:
            seen.add(spec.name)
            todo += [] if spec is stop else spec.outputs
    return seen


def _in_the_way(old: Model, name: str, zh: str, en: str) -> Incident:
    element_id = name.split(".")[0].split(" [")[0]
    element = old.procedure.elements.get(element_id)
    label = element.label if element else Text(element_id, element_id)
    return Incident(Text(f"“{label.zh}”正在办理，{zh}。", f"“{label.en}” is open and {en}."), element_id)
