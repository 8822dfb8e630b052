"""One running case as its callers see it: start, load, complete, fire, and what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType
from typing import Any

from SpiffWorkflow.exceptions import SpiffWorkflowException

from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import Incident, InvalidState
from engine.workflow import lifecycle, limits
from engine.workflow.case import Case, find_task
from engine.workflow.happenings import Due, Happening, LimitRun, Occasion, OpenItem
from engine.workflow.model import Model
from engine.workflow.spiff import codec, stepping
from engine.workflow.spiff.ahead import Ahead, ahead
from engine.workflow.spiff.pruning import prune
from engine.workflow.spiff.script_engine import ScriptEngine
from engine.workflow.tokens import Diagram


class Instance:
    """A case at one moment; every method that changes it leaves it settled, and after an Incident it must be thrown away."""

    def __init__(self, workflow: Any) -> None:
        self._workflow = workflow
        self._case: Case = workflow.script_engine.case

    @classmethod
    def start(
        cls,
        model: Model,
        occasion: Occasion,
        values: Mapping[str, Value],
        moments: Mapping[str, datetime] = MappingProxyType({}),
        begins_at: str | None = None,
    ) -> Instance:
        """A new case run to its first open items; ``begins_at`` names the start event where there are several."""
        case = Case(model, occasion, {**values, **moments}, begins_at=begins_at)
        with _as_incident():
            diagram = Diagram(model.main, model.called, ScriptEngine(case))
            diagram.put_first_token()
        instance = cls(diagram)
        instance._step()
        return instance

    @classmethod
    def load(cls, model: Model, blob: bytes, occasion: Occasion) -> Instance:
        """The case that ``dump`` was given, at another occasion."""
        return cls(codec.load(model, blob, occasion))

    def dump(self) -> bytes:
        """The state without specifications, completed rounds forgotten; loading and dumping it again gives the same bytes."""
        prune(self._workflow)
        return codec.dump(self._workflow)

    @property
    def values(self) -> Mapping[str, Value]:
        """The current values of the case; a key without a value may be missing."""
        return MappingProxyType(self._case.values)

    def values_at(self, item_id: str) -> dict[str, Value]:
        """The values as one open item sees them, its own scopes included."""
        return {key: value for key, value in self._case.names(self._open_task(item_id)).items() if value is not None}

    @property
    def limit_runs(self) -> tuple[LimitRun, ...]:
        """The latest run of every limit that has run."""
        return tuple(self._case.runs.values())

    @property
    def open_items(self) -> tuple[OpenItem, ...]:
        """The open user tasks, in the order in which they were opened."""
        items = self._case.items.values()
        return tuple(lifecycle.seen(self._case, find_task(self._workflow, item.id), item) for item in items)

    @property
    def done_by(self) -> Mapping[str, str]:
        """Who completed each user task last, by element id; a skipped task was done by nobody."""
        return MappingProxyType(self._case.done_by)

    @property
    def active(self) -> frozenset[str]:
        """The elements at which the case stands: open tasks, waiting events, and the activities around them."""
        return stepping.active(self._workflow)

    @property
    def ahead(self) -> Ahead:
        """What may still come, by what it looks up and what it sets."""
        return ahead(self._workflow)

    @property
    def ended(self) -> bool:
        """Whether nothing is open and nothing will be."""
        return self._case.ended

    def complete(self, item_id: str, values: Mapping[str, Value], by: str) -> None:
        """Submit an open item; InvalidState when it is not open."""
        task = self._open_task(item_id)
        self._case.actor = by
        self._case.write(task, values, told=False)
        self._step(lambda: stepping.run(self._workflow, task))

    def skip(self, item_id: str, by: str) -> None:
        """Let an open item pass without an answer: its form's values stay null, and nobody has done it."""
        task = self._open_task(item_id)
        self._case.actor, self._case.skipping = by, True
        try:
            self._step(lambda: stepping.run(self._workflow, task))
        finally:
            self._case.skipping = False

    def set_values(self, values: Mapping[str, Value]) -> None:
        """Change values of the case; conditional events then have their say."""
        self._case.values.update(values)
        self._step()

    def recount(self) -> list[LimitRun]:
        """Count every running limit anew by the calendar of the occasion, timers included; the answer is the runs that moved."""
        moved = limits.recount_runs(self._case)
        if moved:
            ids = frozenset(run.id for run in moved)
            self._step(lambda: stepping.rearm(self._workflow, ids))
        return moved

    def waits_for(self, message_name: str) -> bool:
        """Whether exactly one event waits for the message."""
        return len(stepping.waiting_for(self._workflow, message_name)) == 1

    def deliver(self, message_name: str, payload: Value = None) -> None:
        """Hand a message to the one event that waits for it; InvalidState when none does, or several."""
        waiting = stepping.waiting_for(self._workflow, message_name)
        if len(waiting) != 1:
            raise InvalidState(
                Text(f"当前没有环节接收“{message_name}”", f"Expected one event to wait for “{message_name}”, not {len(waiting)}")
            )
        self._step(lambda: stepping.catch(waiting[0], message_name, payload))

    def due(self) -> list[Due]:
        """All moments at which it wants to be fired, in firing order; on a tie an interrupting event comes last."""
        if self._case.ended:
            return []
        rows = [*limits.due_rows(self._case), *stepping.due_events(self._workflow)]
        return sorted(rows, key=lambda row: (row.due_at, row.interrupting, RANKS[row.kind], row.element_id or "", row.id))

    def fire(self, due_id: str) -> None:
        """Fire exactly this one, then settle; InvalidState when it is not due, or not any more."""
        row = next((row for row in self.due() if row.id == due_id), None)
        if row is None or row.due_at > self._case.occasion.now:
            raise InvalidState(Text("该定时未到期或已失效", f"Expected “{due_id}” to be due, but it is not"))
        if row.kind == "event":
            self._step(lambda: stepping.fire(self._workflow, row.id, row))
        else:
            run = self._case.runs[row.limit_key or ""]
            limits.warn(self._case, run) if row.kind == "warn" else limits.breach(self._case, run)

    def go_on_at(self, occasion: Occasion) -> None:
        """The same case at another occasion, as if saved and loaded; for whoever plays a case through and keeps nothing."""
        self._case.occasion, self._case.actor = occasion, ""
        self._workflow.script_engine = ScriptEngine(self._case)

    def forget_rounds(self) -> None:
        """Drop completed rounds, as saving does, so that a long case costs no more at its end than at its beginning."""
        prune(self._workflow)

    def drain(self) -> list[Happening]:
        """What happened since the last drain, in order."""
        happened, self._case.happenings = self._case.happenings, []
        return happened

    def _open_task(self, item_id: str) -> Any:
        if item_id not in self._case.items:
            raise InvalidState(Text("该任务已不在办理中", "Expected an open task, but it is not open any more"))
        return find_task(self._workflow, item_id)

    def _step(self, begin: Callable[[], Any] | None = None) -> None:
        with _as_incident():
            if begin is not None:
                begin()
            stepping.settle(self._workflow)


@contextmanager
def _as_incident() -> Iterator[None]:
    try:
        yield
    except RecursionError as problem:
        raise Incident(Text("流程嵌套过深", "Expected the diagram to settle, but it nests too deeply")) from problem
    except SpiffWorkflowException as problem:
        raise Incident(stepping.STUCK) from problem


RANKS = {"warn": 0, "breach": 1, "event": 2}
