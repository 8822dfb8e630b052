"""The case inside a running instance: its values, scopes, items, limit runs and what has happened to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.domain.values import Value
from engine.workflow.happenings import Happening, LimitRun, Occasion, OpenItem, ValuesSet

if TYPE_CHECKING:
    from engine.workflow.model import Model


@dataclass
class Loop:
    """A multi-instance activity in progress: a snapshot of its items, and the results by position."""

    items: list[Value]
    results: dict[int, Value] = field(default_factory=dict)


@dataclass
class Case:
    """Everything an instance knows beside its tokens; task ids are hex text."""

    model: Model
    occasion: Occasion
    values: dict[str, Value] = field(default_factory=dict)
    scopes: dict[str, dict[str, Value]] = field(default_factory=dict)
    loops: dict[str, Loop] = field(default_factory=dict)
    runs: dict[str, LimitRun] = field(default_factory=dict)
    items: dict[str, OpenItem] = field(default_factory=dict)
    rounds: dict[str, int] = field(default_factory=dict)
    done_by: dict[str, str] = field(default_factory=dict)
    happenings: list[Happening] = field(default_factory=list)
    begins_at: str | None = None
    actor: str = ""
    skipping: bool = False
    ended: bool = False

    def happen(self, happening: Happening) -> None:
        """Append to what the caller will drain."""
        self.happenings.append(happening)

    def names(self, task: Any) -> dict[str, Value]:
        """What an expression at this task sees: its scopes from the inside out, the case, the facts, and null for the rest."""
        seen = {**self.model.nulls, "estate": self.occasion.estate, **self.occasion.facts, **self.values}
        for scope in reversed(list(self.scopes_of(task))):
            seen.update(scope)
        return seen

    def scopes_of(self, task: Any, *, own: bool = True) -> Iterator[dict[str, Value]]:
        """The scopes around a task, innermost first, found by walking its hosts; ``own`` includes the one it opens itself."""
        if self.scopes:
            for at in hosts(task):
                scope = self.scopes.get(at.id)
                if scope is not None and (own or at is not task):
                    yield scope

    def write(self, task: Any, values: Mapping[str, Value], *, outward: bool = False, told: bool = True) -> None:
        """Set values in the nearest scope, else on the case; only changes of the case are told."""
        scope = next(self.scopes_of(task, own=not outward), None)
        if scope is not None:
            scope.update(values)
            return
        changed = {key: value for key, value in values.items() if key not in self.values or self.values[key] != value}
        self.values.update(values)
        if changed and told:
            self.happen(ValuesSet(changed))


def hosts(task: Any) -> Iterator[Any]:
    """The task, then the activity whose subprocess it runs in, and so on outward."""
    top = task.workflow.top_workflow
    while task is not None:
        yield task
        host = task.workflow.parent_task_id
        task = find_task(top, host) if host else None


def find_task(top: Any, task_id: str) -> Any:
    """The task anywhere in the instance, or None."""
    for workflow in (top, *top.subprocesses.values()):
        if task_id in workflow.tasks:
            return workflow.tasks[task_id]
    return None


def is_there(top: Any, task: Any) -> bool:
    """Whether the task is still part of the instance: asked of its own diagram, without looking through all of them."""
    own = task.workflow
    return own.tasks.get(task.id) is task and (own is top or top.subprocesses.get(own.parent_task_id) is own)


def case_of(task: Any) -> Case:
    """The case that a task belongs to."""
    case: Case = task.workflow.script_engine.case
    return case
