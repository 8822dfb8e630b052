"""Running diagrams and their tokens: SpiffWorkflow's own, without what it does for readers that nobody here is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from secrets import token_hex
from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

#: Stock joins take what has changed in its order; the machine's clock is nobody's to read here.
_changes = count(1)


class Token(Task):
    """A task of a running diagram; its id is hex text, its data stays empty, and it writes no log of its own."""

    _state: int

    def __init__(self, workflow: Any, task_spec: Any, parent: Token | None = None, state: int = TaskState.MAYBE) -> None:
        super().__init__(workflow, task_spec, parent, state, new_id())
        self.last_state_change = next(_changes)

    def _add_child(self, task_spec: Any, state: int = TaskState.MAYBE) -> Token:
        child = Token(self.workflow, task_spec, self, state)
        child.thread_id = self.thread_id
        if state == TaskState.READY:
            child._ready()
        return child

    def _set_state(self, value: int) -> None:
        # Stock gathers all that it knows for a line of log before it asks whether anybody reads it.
        if value != self._state:
            self._state, self.last_state_change = value, next(_changes)

    def _inherit_data(self) -> None:
        """Nothing: values live on the case."""


class _Diagram:
    """What the diagram of a case and those within it have in common."""

    spec: Any
    task_tree: Any

    def put_first_token(self) -> None:
        """Let it set out."""
        self.task_tree = Token(self, self.spec.start, state=TaskState.FUTURE)
        self.task_tree.task_spec._predict(self.task_tree, mask=TaskState.NOT_FINISHED_MASK)
        self.task_tree._ready()

    def update_waiting_tasks(self) -> None:
        """Ask whatever waits whether it still does, in the order of the tree; below what is only predicted nothing waits."""
        for task in below(self.task_tree, least=TaskState.FUTURE):
            if task._state == TaskState.WAITING:
                task.task_spec._update(task)

    def collect_log_extras(self, dct: Any = None) -> dict[str, Any]:
        """Nothing: stock would list every task for a line of log."""
        return {}


class Diagram(_Diagram, BpmnWorkflow):
    """The diagram that a case runs in; without tokens until it is given its first, or those that were saved."""

    def __init__(self, spec: Any, called: dict[str, Any], script_engine: Any) -> None:
        super().__init__(spec, called, script_engine=script_engine, deserializing=True)

    def create_subprocess(self, my_task: Any, spec_name: str) -> InnerDiagram:
        """A diagram within this one, which has set out for the task."""
        inner = InnerDiagram(self.subprocess_specs[spec_name], my_task.id, self)
        inner.put_first_token()
        self.subprocesses[my_task.id] = inner
        return inner


class InnerDiagram(_Diagram, BpmnSubWorkflow):
    """A diagram that runs for one task of another."""

    def __init__(self, spec: Any, parent_task_id: str, top_workflow: Diagram) -> None:
        super().__init__(spec, parent_task_id, top_workflow, deserializing=True)


def new_id() -> str:
    """The id of a new token."""
    return token_hex(16)


def below(task: Any, end_at: str | None = None, least: int = TaskState.MAYBE) -> Iterator[Any]:
    """The task and everything under it, parents before children.

    What lies under a task of the name ``end_at`` or in an earlier state than ``least`` is left out.
    """
    tasks, stack = task.workflow.tasks, [task]
    while stack:
        at = stack.pop()
        if at._children and at._state >= least and at.task_spec.name != end_at:
            stack.extend([tasks[child] for child in reversed(at._children)])
        yield at
