"""Task classes under SpiffWorkflow's own type names: they tell the case what happens and keep token data empty."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from SpiffWorkflow.bpmn.specs import control
from SpiffWorkflow.bpmn.specs import defaults as bpmn
from SpiffWorkflow.bpmn.specs.bpmn_task_spec import _BpmnCondition
from SpiffWorkflow.bpmn.specs.event_definitions.simple import NoneEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import CycleTimerEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.spiff.specs import defaults as spiff
from SpiffWorkflow.spiff.specs.spiff_task import SpiffBpmnTask
from SpiffWorkflow.util.task import TaskState

from engine.domain.text import Text
from engine.workflow import lifecycle
from engine.workflow.case import case_of
from engine.workflow.spiff.script_engine import incident
from engine.workflow.tokens import below

#: How many calls may lie within each other.
DEEPEST = 30


class Condition(_BpmnCondition):
    """The condition of a flow: true, or false, or null for false."""

    def _matches(self, task: Any) -> bool:
        return bool(task.workflow.script_engine.holds(task, self.args[0]))


class Node:
    """A drawn event or gateway: tells that it was passed before what follows is entered."""

    def _on_complete_hook(self, my_task: Any) -> None:
        lifecycle.passed(my_task)
        super()._on_complete_hook(my_task)  # type: ignore[misc]


class Activity(Node):
    """A drawn activity: tells that it was entered, and runs its postScript before it counts as passed."""

    def _update_hook(self, my_task: Any) -> Any:
        lifecycle.entered(my_task)
        return super()._update_hook(my_task)  # type: ignore[misc]

    def _on_complete_hook(self, my_task: Any) -> None:
        if self.postscript is not None:  # type: ignore[attr-defined]
            my_task.workflow.script_engine.execute(my_task, self.postscript, outward=True)  # type: ignore[attr-defined]
        lifecycle.passed(my_task)
        # The stock hook would run the postScript a second time.
        super(SpiffBpmnTask, self)._on_complete_hook(my_task)


def _ours(base: type, *stock: Any) -> tuple[Any, ...]:
    return tuple(type(one.__name__, (base, one), {"__doc__": base.__doc__}) for one in stock)


#: The classes that need nothing else.
PLAIN = (
    *_ours(
        Node, bpmn.EndEvent, bpmn.IntermediateThrowEvent, bpmn.ExclusiveGateway,
    ),
    *_ours(Activity, spiff.NoneTask, spiff.ManualTask, spiff.ScriptTask, spiff.SendTask, spiff.ReceiveTask),
)  # fmt: skip


class StartEvent(Node, bpmn.StartEvent):
    """Where a case begins: whoever starts it has waited for the schedule or message already, and of several one is chosen."""

    def _predict_hook(self, my_task: Any) -> None:
        # Stock would not look beyond a cycle, which comes round in the schedules and not here.
        super(CatchingEvent, self)._predict_hook(my_task)

    def _update_hook(self, my_task: Any) -> bool:
        if self.bpmn_id == self._chosen(my_task):
            return True
        my_task._set_state(TaskState.WAITING)
        return False

    def _chosen(self, my_task: Any) -> str:
        """The start event that the caller named, else the first plain one, else the first."""
        events = self._wf_spec.bpmn_start_events
        ids = [event.bpmn_id for event in events]
        plain = [event.bpmn_id for event in events if type(event.event_definition) is NoneEventDefinition]
        named = case_of(my_task).begins_at
        return str(named if named in ids else [*plain, *ids][0])


class Waiting(Node):
    """A drawn event that is waited for; stock would begin its wait anew whenever any other element has ended."""

    def _update_hook(self, my_task: Any) -> Any:
        if my_task._state != TaskState.WAITING or my_task.id not in my_task.workflow.top_workflow.event_manager.tasks:
            return super()._update_hook(my_task)  # type: ignore[misc]
        definition = self.event_definition  # type: ignore[attr-defined]
        if definition.has_fired(my_task):
            return True
        definition.update_task(my_task)
        return False


class IntermediateCatchEvent(Waiting, bpmn.IntermediateCatchEvent):
    """See Waiting."""


class EventBasedGateway(Waiting, bpmn.EventBasedGateway):
    """See Waiting."""


class BoundaryEvent(Waiting, bpmn.BoundaryEvent):
    """An event at an activity; a cycle is passed whenever it comes round, so its end is not told again."""

    def _on_complete_hook(self, my_task: Any) -> None:
        if isinstance(self.event_definition, CycleTimerEventDefinition):
            super(Node, self)._on_complete_hook(my_task)
        else:
            super()._on_complete_hook(my_task)


class ParallelGateway(Node, bpmn.ParallelGateway):
    """Waits for its own round only; stock would count branches of earlier rounds as arrived."""

    def _check_threshold_unstructured(self, my_task: Any) -> bool:
        earlier = my_task.find_ancestor(self.name)
        if earlier is None:
            return bool(super()._check_threshold_unstructured(my_task))
        here = [task for task in _round_after(earlier, self.name) if task.task_spec is self]
        arrived = {task.parent.task_spec.name for task in here if task.parent.state == TaskState.COMPLETED}
        return arrived.issuperset(self._inputs)


class InclusiveGateway(Node, bpmn.InclusiveGateway):
    """Looks at its own round only; stock would stop looking at the first round."""

    def _check_threshold_unstructured(self, my_task: Any) -> bool:
        earlier = my_task.find_ancestor(self.name)
        at = my_task if earlier is None else SimpleNamespace(workflow=_Round(earlier))
        return bool(super()._check_threshold_unstructured(at))


class _EndJoin(control._EndJoin):
    """The end of a diagram waits for everything else in it."""

    def _check_threshold_unstructured(self, my_task: Any) -> bool:
        tasks = below(my_task.workflow.task_tree, self.name)
        return not any(task._state & TaskState.NOT_FINISHED_MASK and task is not my_task for task in tasks)


class _Round:
    """What a joining gateway sees of its workflow: the tasks since it was passed last."""

    def __init__(self, earlier: Any) -> None:
        self._earlier = earlier

    def get_tasks(self, *, end_at_spec: str) -> list[Any]:
        """Everything below the earlier passing, down to the gateway."""
        return _round_after(self._earlier, end_at_spec)


def _round_after(earlier: Any, end_at_spec: str) -> list[Any]:
    return [task for child in earlier.children for task in earlier.workflow.get_tasks(child, end_at_spec=end_at_spec)]


class UserTask(Activity, spiff.UserTask):
    """A form for a person: an open item from ready to completed or cancelled."""

    def _on_ready_hook(self, my_task: Any) -> None:
        super()._on_ready_hook(my_task)
        lifecycle.opened(my_task)

    def _on_cancel(self, my_task: Any) -> None:
        super()._on_cancel(my_task)
        lifecycle.reconcile(my_task.workflow.top_workflow)


class ServiceTask(Activity, spiff.ServiceTask):
    """A call that the caller carries out after the step; it has no result."""

    def _execute(self, task: Any) -> bool:
        engine = task.workflow.script_engine
        parameters = self.evaluate_params(task)
        engine.call_service(task, operation_name=self.operation_name, operation_params=parameters)
        return True


class DecisionTask(Activity, SpiffBpmnTask):
    """A business rule task that asks the procedure's decisions."""

    def __init__(self, wf_spec: Any, name: str, decision: str | None = None, result: str | None = None, **more: Any) -> None:
        super().__init__(wf_spec, name, **more)
        self.decision = decision
        self.result = result

    def _run_hook(self, my_task: Any) -> Any:
        my_task.workflow.script_engine.decide(my_task, self.decision, self.result or None)
        return super()._run_hook(my_task)


class Hosting(Activity):
    """An activity with a subprocess, which works on the same case."""

    def _update_hook(self, my_task: Any) -> Any:
        subprocess = my_task.workflow.top_workflow.subprocesses.get(my_task.id)
        if subprocess is not None:
            return subprocess.completed
        return super()._update_hook(my_task)

    def start_workflow(self, my_task: Any) -> None:
        """Begin the subprocess, unless so many lie around it already that it must be calling itself."""
        if my_task.workflow.depth >= DEEPEST:
            text = Text("调用层数过多，流程可能在调用自己", "Expected fewer calls within calls: it seems to call itself")
            raise incident(my_task, text)
        super().start_workflow(my_task)  # type: ignore[misc]

    def copy_data(self, my_task: Any, subworkflow: Any) -> None:
        """Nothing: values live on the case."""

    def update_data(self, my_task: Any, subworkflow: Any) -> None:
        """Nothing: values live on the case."""

    def _on_complete_hook(self, my_task: Any) -> None:
        super()._on_complete_hook(my_task)
        if not lifecycle.is_loop_item(my_task):
            case_of(my_task).scopes.pop(my_task.id, None)


class SubWorkflowTask(Hosting, spiff.SubWorkflowTask):
    """See Hosting."""


class CallActivity(Hosting, spiff.CallActivity):
    """See Hosting."""
