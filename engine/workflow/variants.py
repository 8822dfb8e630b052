"""A model with one drawn thing different, for trying what depends on it: an element taken away, a condition replaced."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from engine.domain.values import Value
from engine.feel import EvaluationContext, Expression
from engine.workflow.model import Model
from engine.workflow.spiff.registry import serializer

if TYPE_CHECKING:
    from engine.procedure import Element, Procedure

Spec = dict[str, Any]
COMMON = (
    "name", "description", "lookahead", "inputs", "outputs", "bpmn_id", "bpmn_name", "lane", "documentation",
    "data_input_associations", "data_output_associations", "io_specification",
)  # fmt: skip
SPLIT, JOIN = ".BoundaryEventSplit", ".BoundaryEventJoin"
NOTHING: Mapping[str, Any] = MappingProxyType({"description": None, "name": None, "typename": "NoneEventDefinition"})
CHOOSING = frozenset({"exclusiveGateway", "inclusiveGateway"})
WAITING = frozenset({"boundaryEvent", "intermediateCatchEvent"})
PASSING = frozenset({"startEvent", "endEvent", "intermediateThrowEvent"})


@dataclass(frozen=True, slots=True)
class DrawnCondition:
    """A condition as drawn: at a gateway with the element that it leads to, or of a conditional event."""

    element_id: str
    target: str | None
    source: str


def with_procedure(model: Model, procedure: Procedure) -> Model:
    """The model over another procedure whose diagrams are the same."""
    varied = copy.copy(model)
    varied.procedure = procedure
    return varied


def overheard(model: Model, hear: Callable[[str, Value], object]) -> Model:
    """The same model, which tells every expression of its diagrams that is asked, and its value."""
    return _Overheard(model, hear)


class _Overheard(Model):
    def __init__(self, model: Model, hear: Callable[[str, Value], object]) -> None:
        self.__dict__.update(vars(model))
        self._hear = hear

    def expression(self, source: str) -> Expression:
        """The compiled expression, which tells its values."""
        return _Telling(super().expression(source), self._hear)


class _Telling(Expression):
    def __init__(self, expression: Expression, hear: Callable[[str, Value], object]) -> None:
        self.__dict__.update(vars(expression))
        self._hear = hear

    def evaluate(self, scope: Mapping[str, Any], context: EvaluationContext | None = None) -> Value:
        """The value, told before it is given."""
        value: Value = super().evaluate(scope, context)
        self._hear(self.source, value)
        return value


class Variants:
    """Makes variants of one model; what is not different is shared with it."""

    def __init__(self, model: Model) -> None:
        self._model = model
        plain = json.loads(model.to_json())
        self._plain: dict[str | None, Spec] = {None: plain["main"], **plain["called"]}

    def without(self, element_id: str) -> Model | None:
        """The model without an element; None where nothing can be taken away.

        An activity becomes a straight flow, an event that waits never comes, a gateway always takes its default (of a
        parallel one the first branch stays), and any other event opens, stops and sets nothing.
        """
        element = self._model.procedure.elements.get(element_id)
        change = None if element is None else _taking(element.kind)
        if element is None or change is None:
            return None
        return self._varied(element_id, change, _bare(element))

    def conditions(self) -> list[DrawnCondition]:
        """Every condition drawn at a flow or an event, in the order of the diagrams."""
        return [found for spec in self._plain.values() for task in spec["task_specs"].values() for found in _conditions(task)]

    def with_condition(self, condition: DrawnCondition, source: str) -> Model:
        """The model with other FEEL in place of a condition."""
        return self._varied(condition.element_id, lambda tasks, name: _replace_condition(tasks[name], condition, source))

    def _varied(self, element_id: str, change: Callable[[dict[str, Spec], str], object], element: Element | None = None) -> Model:
        place = next(place for place, spec in self._plain.items() if _named(spec, element_id))
        spec = copy.deepcopy(self._plain[place])
        change(spec["task_specs"], _named(spec, element_id))
        procedure = self._model.procedure
        changed = procedure if element is None else replace(procedure, elements={**procedure.elements, element_id: element})
        varied = with_procedure(self._model, changed)
        if place is None:
            varied.main = serializer.from_dict(spec)
        else:
            varied.called = {**varied.called, place: serializer.from_dict(spec)}
        return varied


def _named(spec: Spec, element_id: str) -> str:
    """The name of the element's task; that of the whole, where a multi-instance activity has one for its items too."""
    names = [name for name, task in spec["task_specs"].items() if task.get("bpmn_id") == element_id]
    return min(names, key=len, default="")


def _taking(kind: str) -> Callable[[dict[str, Spec], str], object] | None:
    if kind in CHOOSING:
        return _always_default
    if kind == "parallelGateway":
        return _first_branch
    if kind == "eventBasedGateway":
        return _first_event
    if kind in WAITING:
        return _never
    return _nothing_special if kind in PASSING else None if kind.endswith("Gateway") else _straight


def _straight(tasks: dict[str, Spec], name: str) -> None:
    """An event that means nothing, with nothing at its edge: it is passed at once, where a task without a kind would wait."""
    task = tasks[name]
    tasks.pop(task.get("task_spec", ""), None)
    tasks[name] = {
        **{key: task[key] for key in COMMON},
        "manual": False, "extensions": {}, "event_definition": dict(NOTHING), "typename": "IntermediateThrowEvent",
    }  # fmt: skip
    if name + SPLIT in tasks:
        tasks[name + SPLIT]["outputs"] = [name]
        tasks[name + JOIN]["inputs"] = [name]


def _always_default(tasks: dict[str, Spec], name: str) -> None:
    gateway = tasks[name]
    default = gateway.get("default_task_spec") or gateway["cond_task_specs"][0]["task_spec"]
    gateway["default_task_spec"] = default
    for flow in gateway["cond_task_specs"]:
        flow["condition"] = None if flow["task_spec"] == default else "false"


def _first_branch(tasks: dict[str, Spec], name: str) -> None:
    tasks[name]["outputs"] = tasks[name]["outputs"][:1]


def _first_event(tasks: dict[str, Spec], name: str) -> None:
    first = tasks[name]["outputs"][0]
    _straight(tasks, name)
    tasks[name]["outputs"] = [first]
    _straight(tasks, first)


def _never(tasks: dict[str, Spec], name: str) -> None:
    """The event is not waited for; in the line of flow it waits for what nobody sends."""
    for before in tasks[name]["inputs"]:
        if before.endswith(SPLIT):
            tasks[before]["outputs"].remove(name)
            tasks[before.removesuffix(SPLIT) + JOIN]["inputs"].remove(name)
        elif tasks[before]["typename"] == "EventBasedGateway":
            place = tasks[before]["outputs"].index(name)
            del tasks[before]["outputs"][place]
            del tasks[before]["event_definition"]["event_definitions"][place]
        else:
            tasks[name]["event_definition"] = _unheard(name)


def _unheard(name: str) -> Spec:
    return {
        "description": None, "name": f"never {name}", "correlation_properties": [], "expression": None, "message_var": None,
        "process_correlations": [], "typename": "MessageEventDefinition",
    }  # fmt: skip


def _nothing_special(tasks: dict[str, Spec], name: str) -> None:
    tasks[name]["event_definition"] = dict(NOTHING)


def _bare(element: Element) -> Element:
    return replace(
        element, limit=(), opens=(), stops=(), moment=(), excludes=(), form=None, scope=False, operator=None, decision=None,
        called=None, drawn_limits=(),
    )  # fmt: skip


def _conditions(task: Spec) -> list[DrawnCondition]:
    own = str(task.get("bpmn_id") or "")
    flows = [
        DrawnCondition(own, flow["task_spec"].removesuffix(SPLIT), flow["condition"])
        for flow in task.get("cond_task_specs") or ()
        if flow["condition"] and flow["task_spec"] != task.get("default_task_spec")
    ]
    event = task.get("event_definition") or {}
    if event.get("typename") == "ConditionalEventDefinition":
        return [*flows, DrawnCondition(own, None, event["expression"])]
    return flows


def _replace_condition(task: Spec, condition: DrawnCondition, source: str) -> None:
    if condition.target is None:
        task["event_definition"]["expression"] = source
        return
    for flow in task["cond_task_specs"]:
        if flow["task_spec"].removesuffix(SPLIT) == condition.target:
            flow["condition"] = source
