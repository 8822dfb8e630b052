"""Event definitions whose payloads go to the case and whose conditions are FEEL."""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.event_definitions.conditional import ConditionalEventDefinition as StockConditional
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.bpmn.util import BpmnEvent
from SpiffWorkflow.spiff.specs import event_definitions as spiff

from engine.domain.text import Text
from engine.workflow.case import case_of, find_task
from engine.workflow.spiff.script_engine import incident


class ConditionalEventDefinition(StockConditional):
    """Fires as soon as its condition is true."""

    def has_fired(self, my_task: Any) -> bool:
        """Whether the condition holds now."""
        return bool(my_task.workflow.script_engine.holds(my_task, self.expression))


class _Payload:
    """What came with an event is written to the case under the event's variable."""

    name: str

    def update_task_data(self, my_task: Any) -> None:
        """Take the payload to the case."""
        payload = my_task.internal_data.pop(self.name, None)
        key = getattr(self, "message_var", None) or getattr(self, "variable", None)
        if key:
            case_of(my_task).write(my_task, {key: payload})


class MessageEventDefinition(_Payload, spiff.MessageEventDefinition):
    """A message; the case is addressed by its id, so nothing is correlated."""

    def calculate_correlations(self, script_engine: Any, cp: Any, ctx: Any) -> dict[str, Any]:
        """Nothing."""
        return {}


class SignalEventDefinition(_Payload, spiff.SignalEventDefinition):
    """A signal within the case."""


class _Outward(_Payload):
    """Goes to the enclosing activities, the nearest first; stock would also reach sibling activities."""

    def throw(self, my_task: Any) -> None:
        """Hand the event to the nearest host that has a boundary for it."""
        engine = my_task.workflow.script_engine
        payload = engine.evaluate(my_task, self.expression) if self.expression else None  # type: ignore[attr-defined]
        event = BpmnEvent(self, payload=payload)
        workflow = my_task.workflow
        while workflow.parent_task_id:
            host = find_task(workflow.top_workflow, workflow.parent_task_id)
            workflow = host.workflow
            catching = _boundaries(host, event)
            for boundary in catching:
                boundary.task_spec.catch(boundary, event)
                boundary.task_spec._update(boundary)
            if catching:
                return
        self.uncaught(my_task)

    def uncaught(self, my_task: Any) -> None:
        """Nobody listens: nothing happens."""


class EscalationEventDefinition(_Outward, spiff.EscalationEventDefinition):
    """Tells an enclosing activity; the thrower goes on unless it is interrupted."""


class ErrorEventDefinition(_Outward, spiff.ErrorEventDefinition):
    """Ends an enclosing activity."""

    def uncaught(self, my_task: Any) -> None:
        """Nobody catches the error: the case cannot go on."""
        raise incident(my_task, Text(f"没有环节处理错误“{self.name}”", f"Expected an event that catches the error “{self.name}”"))


def _boundaries(host: Any, event: BpmnEvent) -> list[Any]:
    while isinstance(host.parent.task_spec, LoopTask):
        host = host.parent
    if not isinstance(host.parent.task_spec, BoundaryEventSplit):
        return []
    siblings = host.parent.children
    return [task for task in siblings if isinstance(task.task_spec, BoundaryEvent) and task.task_spec.catches(task, event)]
