"""Multi-instance and loop activities whose items, results and locals live on the case."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from SpiffWorkflow.spiff.specs import defaults as spiff
from SpiffWorkflow.spiff.specs.spiff_task import SpiffBpmnTask
from SpiffWorkflow.util.task import TaskState

from engine.domain.values import Value
from engine.workflow import lifecycle
from engine.workflow.case import Loop, case_of
from engine.workflow.spiff.script_engine import incident, unfit
from engine.workflow.spiff.specs import Activity

INDEX = "loop_index"


class StandardLoopTask(Activity, spiff.StandardLoopTask):
    """Repeats while its condition holds, every iteration with the values of the case."""

    def loop_complete(self, my_task: Any) -> bool:
        """Whether the maximum is reached or the condition no longer holds."""
        done = len(my_task.internal_data.get("merged", []))
        if self.maximum is not None and done >= self.maximum:
            return True
        return self.condition is not None and not my_task.workflow.script_engine.holds(my_task, self.condition)

    def _on_cancel(self, my_task: Any) -> None:
        super()._on_cancel(my_task)
        lifecycle.sweep(my_task.workflow.top_workflow)


class Items(Activity):
    """Items are a snapshot, writes inside an item are local, and only the list of results leaves, in item order."""

    sequential = False

    def _update_hook(self, my_task: Any) -> Any:
        lifecycle.entered(my_task)
        SpiffBpmnTask._update_hook(self, my_task)
        loop = Loop(self._items(my_task))
        case_of(my_task).loops[my_task.id] = loop
        self._publish(my_task, loop)
        if not loop.items:
            return True
        my_task._set_state(TaskState.STARTED)
        for position in range(1 if self.sequential else len(loop.items)):
            self._open(my_task, loop, position)
        return None

    def merge_child(self, workflow: Any, child: Any) -> None:
        """Take one item's result; open the next one, or end when all are there."""
        my_task, case = child.parent, case_of(child)
        loop, position = case.loops[my_task.id], child.internal_data["key_or_index"]
        loop.results[position] = self._result(case.scopes.pop(child.id))
        self._publish(my_task, loop)
        if len(loop.results) == len(loop.items):
            del case.loops[my_task.id]
            my_task._set_state(TaskState.READY)
        elif self.sequential:
            self._open(my_task, loop, position + 1)

    def _items(self, my_task: Any) -> list[Value]:
        engine = my_task.workflow.script_engine
        if self.data_input is not None:  # type: ignore[attr-defined]
            items = engine.evaluate(my_task, self.data_input.bpmn_id)  # type: ignore[attr-defined]
            if isinstance(items, list):
                return list(items)
            raise incident(my_task, unfit("多实例的集合应是列表", "Expected a list to go through", items))
        count = engine.evaluate(my_task, self.cardinality)  # type: ignore[attr-defined]
        if isinstance(count, Decimal) and count >= 0 and count == int(count):
            return [Decimal(number) for number in range(1, int(count) + 1)]
        raise incident(my_task, unfit("多实例的次数应是整数", "Expected a whole number of instances", count))

    def _open(self, my_task: Any, loop: Loop, position: int) -> None:
        spec = my_task.workflow.spec.task_specs[self.task_spec]  # type: ignore[attr-defined]
        child = my_task._add_child(spec, TaskState.WAITING)
        child.triggered = True
        child.internal_data["key_or_index"] = position
        local: dict[str, Value] = {INDEX: Decimal(position + 1)}
        if self.input_item is not None:  # type: ignore[attr-defined]
            local[self.input_item.bpmn_id] = loop.items[position]  # type: ignore[attr-defined]
        case_of(my_task).scopes[child.id] = local
        spec._update(child)

    def _result(self, local: dict[str, Value]) -> Value:
        if self.output_item is not None:  # type: ignore[attr-defined]
            return local.get(self.output_item.bpmn_id)  # type: ignore[attr-defined]
        return {key: value for key, value in local.items() if key != INDEX}

    def _publish(self, my_task: Any, loop: Loop) -> None:
        if self.data_output is not None:  # type: ignore[attr-defined]
            results = [loop.results[position] for position in sorted(loop.results)]
            case_of(my_task).write(my_task, {self.data_output.bpmn_id: results})  # type: ignore[attr-defined]

    def _on_cancel(self, my_task: Any) -> None:
        SpiffBpmnTask._on_cancel(self, my_task)
        case_of(my_task).loops.pop(my_task.id, None)
        # Stock drops the items without telling their subprocesses.
        lifecycle.sweep(my_task.workflow.top_workflow)


class ParallelMultiInstanceTask(Items, spiff.ParallelMultiInstanceTask):
    """All items at once."""


class SequentialMultiInstanceTask(Items, spiff.SequentialMultiInstanceTask):
    """One item after the other."""

    sequential = True
