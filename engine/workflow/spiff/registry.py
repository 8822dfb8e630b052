"""Which of our classes stands for which stock class when specifications are read back from their dictionaries."""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.config import DEFAULT_CONFIG
from SpiffWorkflow.bpmn.serializer.default.task_spec import ConditionalGatewayConverter, ExclusiveGatewayConverter
from SpiffWorkflow.spiff.serializer import DEFAULT_CONFIG as SPIFF_CONFIG
from SpiffWorkflow.spiff.serializer.task_spec import SpiffBpmnTaskConverter

from engine.workflow.spiff import events, loops, specs, timers

OURS = (
    *specs.PLAIN, specs.StartEvent, specs.IntermediateCatchEvent, specs.BoundaryEvent, specs.EventBasedGateway,
    specs._EndJoin, specs.ParallelGateway, specs.InclusiveGateway,
    specs.UserTask, specs.ServiceTask,
    specs.SubWorkflowTask, specs.CallActivity,
    loops.StandardLoopTask, loops.ParallelMultiInstanceTask, loops.SequentialMultiInstanceTask,
    events.ConditionalEventDefinition, events.MessageEventDefinition, events.SignalEventDefinition,
    events.EscalationEventDefinition, events.ErrorEventDefinition,
    timers.TimeDateEventDefinition, timers.DurationTimerEventDefinition, timers.CycleTimerEventDefinition,
)  # fmt: skip


class DecisionTaskConverter(SpiffBpmnTaskConverter):
    """Keeps the decision and the result key of a business rule task."""

    def to_dict(self, spec: Any) -> dict[str, Any]:
        """The plain form."""
        return {**super().to_dict(spec), "decision": spec.decision, "result": spec.result}


class _Conditions:
    def bpmn_condition_from_dict(self, dct: dict[str, Any]) -> tuple[Any, str]:
        """The condition in our class, and the element it leads to."""
        return (None if dct["condition"] is None else specs.Condition(dct["condition"]), dct["task_spec"])


class ExclusiveConverter(_Conditions, ExclusiveGatewayConverter):
    """See _Conditions."""


class InclusiveConverter(_Conditions, ConditionalGatewayConverter):
    """See _Conditions."""


def _registry() -> Any:
    registry = BpmnWorkflowSerializer.configure(SPIFF_CONFIG)
    stock = {cls.__name__: converter for cls, converter in {**DEFAULT_CONFIG, **SPIFF_CONFIG}.items()}
    stock |= {"ExclusiveGateway": ExclusiveConverter, "InclusiveGateway": InclusiveConverter}
    for ours in OURS:
        # Registered last under the stock name: what the stock parser made is read back as ours.
        stock[ours.__name__](ours, registry, typename=ours.__name__)
    DecisionTaskConverter(specs.DecisionTask, registry)
    return registry


serializer = BpmnWorkflowSerializer(_registry())
