"""Forgetting completed rounds, so that the hundredth costs what the first did."""

from __future__ import annotations

from collections import Counter
from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, _EndJoin
from SpiffWorkflow.bpmn.specs.event_definitions.timer import CycleTimerEventDefinition
from SpiffWorkflow.util.task import TaskState

from engine.workflow.tokens import below

LIVE = TaskState.READY | TaskState.STARTED | TaskState.WAITING


def prune(top: Any) -> None:
    """Drop finished branches of cycles, and splice out rounds of a loop that a later round has replaced."""
    _drop_ended_subprocesses(top)
    for workflow in (top, *top.subprocesses.values()):
        _drop_finished_cycles(workflow)
        while _splice(workflow):
            pass


def _drop_ended_subprocesses(top: Any) -> None:
    tasks = {task.id: task for workflow in (top, *top.subprocesses.values()) for task in workflow.tasks.values()}
    # The host of a subprocess may have been forgotten with its whole branch.
    for host in [host for host in top.subprocesses if host not in tasks or tasks[host].has_state(TaskState.FINISHED_MASK)]:
        del top.subprocesses[host]


def _drop_finished_cycles(workflow: Any) -> None:
    waiting = [task for task in workflow.tasks.values() if task.state == TaskState.WAITING]
    for timer in waiting:
        if not isinstance(getattr(timer.task_spec, "event_definition", None), CycleTimerEventDefinition):
            continue
        for child in timer.children:
            if not has_work(child):
                forget_branch(child)


def has_work(task: Any) -> bool:
    """Whether anything at or below the task still waits for people, time or events; joins that wait for others do not count."""
    return any(each.has_state(LIVE) and not isinstance(each.task_spec, (_EndJoin, BoundaryEventJoin)) for each in below(task))


def forget_branch(task: Any) -> None:
    """Remove the task and everything below it."""
    task.parent._children.remove(task.id)
    _forget(task.workflow, task, keep=frozenset())


def _splice(workflow: Any) -> bool:
    """Replace one completed task by a later completed one of the same element that holds all its unfinished work."""
    done = Counter(task.task_spec.name for task in workflow.tasks.values() if task.state == TaskState.COMPLETED)
    if max(done.values(), default=0) < 2:
        return False
    unfinished = _unfinished_counts(workflow)
    for earlier in below(workflow.task_tree):
        if earlier.state != TaskState.COMPLETED or earlier.parent is None or done[earlier.task_spec.name] < 2:
            continue
        later = _last_round(earlier, unfinished)
        if later is not None:
            parent = earlier.parent
            parent._children[parent._children.index(earlier.id)] = later.id
            later._parent = parent.id
            _forget(workflow, earlier, keep=frozenset(task.id for task in below(later)))
            if workflow.last_task is not None and workflow.last_task.id not in workflow.tasks:
                workflow.last_task = later
            return True
    return False


def _last_round(earlier: Any, unfinished: Counter[Any]) -> Any:
    """The deepest completed task of the same element below, as long as all unfinished tasks lie below it."""
    found, at = None, earlier
    while True:
        ways = [child for child in at.children if unfinished[child.id] == unfinished[earlier.id]]
        if unfinished[earlier.id] == 0 or not ways:
            return found
        at = ways[0]
        if at.state != TaskState.COMPLETED:
            return found
        if at.task_spec is earlier.task_spec:
            found = at


def _unfinished_counts(workflow: Any) -> Counter[Any]:
    counts: Counter[Any] = Counter()
    for task in reversed(list(below(workflow.task_tree))):
        counts[task.id] += task.has_state(TaskState.NOT_FINISHED_MASK)
        if task._parent is not None:
            counts[task._parent] += counts[task.id]
    return counts


def _forget(workflow: Any, task: Any, keep: frozenset[Any]) -> None:
    for gone in [each for each in below(task) if each.id not in keep]:
        del workflow.tasks[gone.id]
        workflow.top_workflow.event_manager.tasks.pop(gone.id, None)
    if workflow.last_task is not None and workflow.last_task.id not in workflow.tasks and not keep:
        workflow.last_task = None
