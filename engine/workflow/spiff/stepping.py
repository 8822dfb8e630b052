"""Running what runs by itself until people or time are needed, and waking one waiting event."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.conditional import ConditionalEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import CycleTimerEventDefinition, TimerEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.util import BpmnEvent
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.specs.MultiChoice import MultiChoice
from SpiffWorkflow.util.task import TaskState

from engine.domain.text import Text
from engine.workflow import lifecycle, limits
from engine.workflow.case import Case, find_task, is_there
from engine.workflow.happenings import Due, Ended, TimerFired
from engine.workflow.spiff import pruning, timers
from engine.workflow.spiff.script_engine import element_of, incident

_LOG = logging.getLogger(__name__)
#: What the library says is English alone, and may name values of the case.
STUCK = Text("流程在此处无法继续。", "The diagram cannot go on here.")
_NO_WAY = Text("此处没有一条出路的条件成立。", "No way leads on here: no condition holds.")
FINISHED = TaskState.FINISHED_MASK
LIVE = TaskState.READY | TaskState.WAITING | TaskState.STARTED
#: How often one element of one diagram may run by itself in one step before it counts as going in circles.
ROUNDS = 100


def settle(top: Any) -> None:
    """Run automatic elements, conditional events and limit timers until only people and time can go on."""
    case: Case = top.script_engine.case
    runs: Counter[tuple[int, str]] = Counter()
    lifecycle.sweep(top)
    while True:
        ready = [task for task in _in_state(top, TaskState.READY) if not task.task_spec.manual]
        if not ready and not _poll(top):
            break
        for task in ready:
            runs[id(task.workflow), task.task_spec.name] += 1
            if runs[id(task.workflow), task.task_spec.name] > ROUNDS:
                raise incident(task, Text("流程在此循环不止", "Expected the diagram to settle, but it goes in circles here"))
            run(top, task)
    top.get_events()
    _wait_again(top)
    if top.completed and not case.ended:
        for key in list(case.runs):
            limits.stop_run(case, key)
        case.ended = True
        case.happen(Ended())


def run(top: Any, task: Any) -> None:
    """Run a ready task, then tell what it has taken away; one that is not ready any more is left alone."""
    if task._state != TaskState.READY or not is_there(top, task):
        return
    try:
        task.run()
    except SpiffWorkflowException as problem:
        _LOG.warning("%s stops with %s", element_of(task), type(problem).__name__)
        raise incident(task, _NO_WAY if isinstance(task.task_spec, MultiChoice) else STUCK) from problem
    lifecycle.sweep(top)


def active(top: Any) -> frozenset[str]:
    """The elements with a task that is ready, waiting or begun."""
    return frozenset(element_of(task) for task in _in_state(top, LIVE))


def waiting_for(top: Any, message_name: str) -> list[Any]:
    """The tasks that wait for a message of this name."""
    return [task for task in _waiting(top) if _message(task, message_name) is not None]


def catch(task: Any, message_name: str, payload: Any) -> None:
    """Hand a message to a waiting task; its own definition is used, so that classes always match."""
    task.task_spec.catch(task, BpmnEvent(_message(task, message_name), payload=payload))
    task.task_spec._update(task)


def due_events(top: Any) -> Iterator[Due]:
    """The armed timers."""
    for task in _waiting(top):
        moment = timers.due_at(task)
        if moment is not None:
            cuts = bool(getattr(task.task_spec, "cancel_activity", False))
            yield Due(task.id, "event", _timer_element(task), None, moment, cuts)


def rearm(top: Any, run_ids: frozenset[str]) -> None:
    """Let the timers that were made from these limit runs ask for their moment again when the case settles."""
    for task in _waiting(top):
        if run_ids & set(timers.run_ids(task)):
            timers.forget_moment(task)


def fire(top: Any, task_id: str, row: Due) -> None:
    """Fire one timer; the limit runs it was made from have then been used."""
    engine, task = top.script_engine, find_task(top, task_id)
    case: Case = engine.case
    case.happen(TimerFired(row.element_id or "", row.due_at))
    for key, run in list(case.runs.items()):
        if run.id in timers.run_ids(task):
            case.runs[key] = replace(run, timer_fired=True)
    engine.firing = task_id
    try:
        task.task_spec._update(task)
    finally:
        engine.firing = None


def _poll(top: Any) -> bool:
    """Ask conditional events again, stock does so only where a task has just ended; let timers follow their limits."""
    moved = False
    for task in _waiting(top):
        definition = task.task_spec.event_definition
        if isinstance(definition, ConditionalEventDefinition):
            task.task_spec._update(task)
            moved = moved or task._state != TaskState.WAITING
        for timer in _timers(definition):
            if not isinstance(timer, CycleTimerEventDefinition):
                timers.refresh(task, timer.expression)
    return moved


def _wait_again(top: Any) -> None:
    """Let a message that interrupts nothing be taken once more as soon as the branch it has opened is done."""
    for boundary in [task for task in _in_state(top, TaskState.COMPLETED) if _rings_again(task.task_spec)]:
        split = boundary.parent
        running = any(not isinstance(task.task_spec, BoundaryEvent) and not task.has_state(FINISHED) for task in split.children)
        if running and not pruning.has_work(boundary):
            pruning.forget_branch(boundary)
            again = split._add_child(boundary.task_spec, TaskState.WAITING)
            again.task_spec._predict(again, mask=TaskState.NOT_FINISHED_MASK)
            again.task_spec._update(again)


def _rings_again(spec: Any) -> bool:
    rings = isinstance(spec, BoundaryEvent) and not spec.cancel_activity
    return rings and isinstance(spec.event_definition, MessageEventDefinition)


def _in_state(top: Any, states: int) -> list[Any]:
    """The tasks in one of the states, those of the innermost diagrams first."""
    inner = sorted(top.subprocesses.values(), key=lambda each: each.depth, reverse=True)
    return [task for diagram in (*inner, top) for task in diagram.tasks.values() if task._state & states]


def _waiting(top: Any) -> list[Any]:
    return [task for task in top.event_manager.tasks.values() if task._state == TaskState.WAITING]


def _definitions(definition: Any) -> list[Any]:
    return list(definition.event_definitions) if isinstance(definition, MultipleEventDefinition) else [definition]


def _timers(definition: Any) -> list[Any]:
    return [each for each in _definitions(definition) if isinstance(each, TimerEventDefinition)]


def _message(task: Any, name: str) -> Any:
    definitions = _definitions(task.task_spec.event_definition)
    return next((each for each in definitions if isinstance(each, MessageEventDefinition) and each.name == name), None)


def _timer_element(task: Any) -> str:
    """The timer's element; an event gateway holds the definitions of the events that follow it, in their order."""
    definition = task.task_spec.event_definition
    if isinstance(definition, MultipleEventDefinition):
        for position, each in enumerate(definition.event_definitions):
            if isinstance(each, TimerEventDefinition):
                return str(task.task_spec.outputs[position].bpmn_id)
    return element_of(task)
