"""What entering, passing and leaving an element means for the case: items, moments, limits and happenings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.util.task import TaskState

from engine.domain.values import Value
from engine.workflow import limits
from engine.workflow.case import Case, case_of, find_task, hosts, is_there
from engine.workflow.happenings import ItemCancelled, ItemCompleted, ItemOpened, OpenItem, Passed, ValuesSet

if TYPE_CHECKING:
    from engine.feel import Expression
    from engine.procedure import Element


def is_loop_item(task: Any) -> bool:
    """Whether the task is one item or iteration of a loop activity; limits and moments belong to the whole."""
    around = task.parent.task_spec if task.parent is not None else None
    return isinstance(around, LoopTask) and around.task_spec == task.task_spec.name


def entered(task: Any) -> None:
    """An activity begins: a new round, a scope of its own, its limits, and a form that starts afresh."""
    case, element = case_of(task), _element(task)
    if not is_loop_item(task):
        case.rounds[element.id] = case.rounds.get(element.id, 0) + 1
        for key in element.limit:
            limits.open_run(case, task, key, element.id)
    if element.scope and not isinstance(task.task_spec, LoopTask):
        case.scopes.setdefault(task.id, {})
    if not isinstance(task.task_spec, LoopTask):
        _clear(case, task, element)


def opened(task: Any) -> None:
    """A user task is ready for a person."""
    case, element = case_of(task), _element(task)
    item = OpenItem(
        id=task.id,
        element_id=element.id,
        process_id=element.process_id,
        role=element.role,
        department=_text(task, element.department),
        assignee=_text(task, element.assignee),
        excludes=(),
        due_at=None,
        due_key=None,
        round=case.rounds.get(element.id, 1),
        opened_at=case.occasion.now,
        loop_index=task.internal_data["key_or_index"] + 1 if "key_or_index" in task.internal_data else None,
    )
    case.items[item.id] = item
    case.happen(ItemOpened(seen(case, task, item)))


def passed(task: Any) -> None:
    """An element is complete: its item closes, its moments are set, its limits stop, then those it starts begin to run."""
    case, element = case_of(task), _element(task)
    if case.items.pop(task.id, None) is not None:
        if not case.skipping:
            case.done_by[element.id] = case.actor
        case.happen(ItemCompleted(task.id, element.id, case.actor))
    if is_loop_item(task):
        return
    case.happen(Passed(element.id))
    _set_moments(case, element)
    for key in (*element.limit, *element.stops):
        limits.stop_run(case, key)
    for key in element.opens:
        limits.open_run(case, task, key, element.id)


def reconcile(top: Any) -> None:
    """Tell the items that an interruption has taken away, however it did so."""
    case: Case = top.script_engine.case
    for item in list(case.items.values()):
        task = find_task(top, item.id)
        if task is None or not task.has_state(TaskState.READY):
            del case.items[item.id]
            case.happen(ItemCancelled(item.id, item.element_id))


def sweep(top: Any) -> None:
    """Remove subprocesses and waiting events whose host is gone, then tell the items that went with them."""
    while orphans := [host for host in top.subprocesses if find_task(top, host) is None]:
        for host in orphans:
            del top.subprocesses[host]
    waiting = top.event_manager.tasks
    for task_id in [task_id for task_id, task in waiting.items() if not is_there(top, task)]:
        del waiting[task_id]
    reconcile(top)


def seen(case: Case, task: Any, item: OpenItem) -> OpenItem:
    """The item as callers see it: who is excluded by now, and when the earliest limit it lives under is due."""
    element = case.model.procedure.element(item.element_id)
    keys = {*element.limit, *element.stops}
    for host in hosts(task):
        keys.update(_element(host).limit)
        keys.update(_element(host).drawn_limits)
    running = [run for key in keys if (run := case.runs.get(key)) is not None and run.running]
    excludes = tuple(dict.fromkeys(case.done_by[other] for other in element.excludes if other in case.done_by))
    if not running:
        return replace(item, excludes=excludes, due_at=None, due_key=None)
    first = min(running, key=lambda run: (run.due_at, run.key))
    return replace(item, excludes=excludes, due_at=first.due_at, due_key=first.key)


def _element(task: Any) -> Element:
    element: Element = case_of(task).model.procedure.element(task.task_spec.bpmn_id)
    return element


def _clear(case: Case, task: Any, element: Element) -> None:
    form = case.model.procedure.form_of(element.id)
    if form is None:
        return
    names, vocabulary = case.names(task), case.model.procedure.vocabulary
    stale = {key: None for key in sorted(form.keys) if names.get(key) is not None and not vocabulary[key].keep}
    if stale:
        case.write(task, stale)


def _set_moments(case: Case, element: Element) -> None:
    moments = case.model.procedure.moments
    changed: dict[str, Value] = {
        key: case.occasion.now for key in element.moment if not (moments[key].once and case.values.get(key) is not None)
    }
    if changed:
        case.values.update(changed)
        case.happen(ValuesSet(changed))


def _text(task: Any, expression: Expression | None) -> str | None:
    if expression is None:
        return None
    engine = task.workflow.script_engine
    value = engine.run(task, expression)
    return value if isinstance(value, str) else None
