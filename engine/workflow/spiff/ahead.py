"""What may still come in a case: the elements ahead of its tokens, what they look up, and what they set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.procedure.decisions.model import Decision
from engine.procedure.forms import Component
from engine.workflow.model import Model
from engine.workflow.spiff import specs

_LIVE = TaskState.READY | TaskState.WAITING | TaskState.STARTED


@dataclass(frozen=True, slots=True)
class Ahead:
    """``reads`` says of each name the elements that look it up, the nearest first; ``sets`` which elements set it."""

    reads: Mapping[str, tuple[str, ...]]
    sets: Mapping[str, frozenset[str]]


def ahead(top: Any) -> Ahead:
    """Of a settled case; what an event has still to begin counts as ahead, what is past does not unless it may come again."""
    model: Model = top.script_engine.case.model
    reads: dict[str, dict[str, None]] = {}
    sets: dict[str, set[str]] = {}
    for spec in _specs(top, model):
        if not spec.bpmn_id:
            continue
        for name in _read(spec, model):
            reads.setdefault(name, {})[spec.bpmn_id] = None
        for name in _set(spec, model):
            sets.setdefault(name, set()).add(spec.bpmn_id)
    return Ahead({name: tuple(ids) for name, ids in reads.items()}, {name: frozenset(ids) for name, ids in sets.items()})


def _specs(top: Any, model: Model) -> Iterator[Any]:
    """Everything that a token may come to, nearer things first, with all that lies within what is entered."""
    todo = [task.task_spec for flow in (top, *top.subprocesses.values()) for task in flow.tasks.values() if task.has_state(_LIVE)]
    begun, seen = {id(spec) for spec in todo}, set[int]()
    while todo:
        spec = todo.pop(0)
        if id(spec) in seen:
            continue
        seen.add(id(spec))
        yield spec
        inside = model.called.get(spec.spec) if isinstance(spec, specs.SubWorkflowTask | specs.CallActivity) else None
        if inside is not None and id(spec) not in begun:
            todo += inside.task_specs.values()
        todo += spec.outputs


def _read(spec: Any, model: Model) -> Iterator[str]:
    element = model.procedure.elements.get(spec.bpmn_id)
    decision = model.procedure.decisions.get(getattr(spec, "decision", None) or "")
    if decision is not None:
        yield from _asked(decision)
    for condition, _ in getattr(spec, "cond_task_specs", ()):
        if condition is not None:
            yield from model.expression(condition.args[0]).variables
    for script in _scripts(spec):
        yield from model.assignments(script).variables
    for expression in (element.department, element.assignee) if element else ():
        yield from expression.variables if expression is not None else ()
    form = model.procedure.form_of(spec.bpmn_id)
    if form is not None:
        yield from _shown(form.components)


def _set(spec: Any, model: Model) -> Iterator[str]:
    element, form = model.procedure.elements.get(spec.bpmn_id), model.procedure.form_of(spec.bpmn_id)
    yield from form.keys if form is not None else ()
    yield from element.moment if element is not None else ()
    decision = model.procedure.decisions.get(getattr(spec, "decision", None) or "")
    if decision is not None:
        yield from [spec.result] if spec.result else [column.name for column in decision.outputs if column.name]
    for script in _scripts(spec):
        yield from model.assignments(script).targets


def _asked(decision: Decision) -> Iterator[str]:
    for column in decision.inputs:
        yield from column.reads
    for other in decision.requires:
        yield from _asked(other)


def _scripts(spec: Any) -> Iterator[str]:
    for name in ("prescript", "script", "postscript"):
        script = getattr(spec, name, None)
        if script:
            yield script


def _shown(components: tuple[Component, ...]) -> Iterator[str]:
    """The keys that a form only shows."""
    for component in components:
        if component.readonly and component.key:
            yield component.key
        yield from _shown(component.children)
