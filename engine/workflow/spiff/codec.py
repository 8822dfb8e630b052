"""An instance as compressed JSON without its specifications, and back: rows of tasks, and the case with typed values."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.util.task import TaskState

from engine.domain.codec import from_plain, to_plain
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import Incident
from engine.workflow.case import Case, Loop
from engine.workflow.happenings import LimitRun, Occasion, OpenItem
from engine.workflow.model import Model
from engine.workflow.spiff.script_engine import ScriptEngine
from engine.workflow.tokens import Diagram, InnerDiagram, Token, new_id

FORMAT = 1
LIVE = TaskState.READY | TaskState.WAITING | TaskState.STARTED


def dump(workflow: Any) -> bytes:
    """The whole state; the same state gives the same bytes."""
    case: Case = workflow.script_engine.case
    inner = sorted(workflow.subprocesses.items(), key=lambda pair: (pair[1].depth, pair[0]))
    state = {
        "format": FORMAT,
        "case": _case_data(case, _live(workflow)),
        "main": _rows(workflow),
        "inner": [[host, _rows(subprocess)] for host, subprocess in inner],
    }
    return zlib.compress(json.dumps(state, ensure_ascii=False, separators=(",", ":")).encode(), 6)


def load(model: Model, blob: bytes, occasion: Occasion) -> Any:
    """The workflow that ``dump`` was given, with the model's specifications and a fresh script engine."""
    return restore(model, unpack(blob), occasion)


def unpack(blob: bytes) -> dict[str, Any]:
    """The plain state that ``dump`` has compressed."""
    state: dict[str, Any] = json.loads(zlib.decompress(blob))
    if state["format"] != FORMAT:
        raise Incident(Text("流程状态的格式未知", f"Expected state format {FORMAT}, but found {state['format']}"))
    return state


def restore(model: Model, state: dict[str, Any], occasion: Occasion) -> Any:
    """The workflow of a plain state."""
    case = _case(model, state["case"], occasion)
    workflow = Diagram(model.main, model.called, ScriptEngine(case))
    _restore(workflow, state["main"])
    tasks = dict(workflow.tasks)
    for host_id, rows in state["inner"]:
        host = tasks[host_id]
        subprocess = InnerDiagram(model.called[host.task_spec.spec], host.id, workflow)
        workflow.subprocesses[host.id] = subprocess
        _restore(subprocess, rows)
        tasks.update(subprocess.tasks)
        subprocess.completed_event.connect(host.task_spec._on_subworkflow_completed, host)
    return workflow


def read_values(blob: bytes) -> dict[str, Value]:
    """The current values of the case that ``dump`` was given, without its workflow."""
    values: dict[str, Value] = from_plain(json.loads(zlib.decompress(blob))["case"]["values"])
    return values


def _rows(workflow: Any) -> dict[str, Any]:
    rows: list[list[Any]] = []
    at: dict[str, int] = {}
    stack = [workflow.task_tree]
    while stack:
        task = stack.pop()
        at[task.id] = len(rows)
        # Only a task that is open or waiting is known by its id, or asked again for what it remembers.
        task_id, internal = (task.id, task.internal_data or 0) if task._state & LIVE else (0, 0)
        rows.append([task_id, at.get(task._parent, -1), task._state, task.task_spec.name, int(task.triggered), internal])
        stack.extend(reversed(task.children))
    last = at.get(workflow.last_task.id, -1) if workflow.last_task is not None else -1
    return {"rows": rows, "last": last, "completed": workflow.completed, "success": workflow.success}


def _restore(workflow: Any, data: dict[str, Any]) -> None:
    specs, events = workflow.spec.task_specs, workflow.top_workflow.event_manager
    tasks: list[Any] = []
    workflow.tasks = {}
    for task_id, parent, state, name, triggered, internal in data["rows"]:
        if name not in specs:
            raise Incident(Text("流程版本与状态不符", f"Expected “{name}” in this version, but found none"), name)
        # Token.__init__ would draw a new id and tell the parent; the fields it sets are set here.
        task = Token.__new__(Token)
        task.id, task.workflow, task.task_spec = task_id or new_id(), workflow, specs[name]
        task._state, task.triggered, task.last_state_change = state, bool(triggered), 0
        task._children, task.thread_id, task.data, task.internal_data = [], 0, {}, internal or {}
        task._parent = tasks[parent].id if parent >= 0 else None
        if parent >= 0:
            tasks[parent]._children.append(task.id)
        workflow.tasks[task.id] = task
        tasks.append(task)
        if state == TaskState.WAITING and isinstance(task.task_spec, CatchingEvent):
            events.add_task(task)
    workflow.task_tree, workflow.data = tasks[0], {}
    workflow.completed, workflow.success = data["completed"], data["success"]
    workflow.last_task = tasks[data["last"]] if data["last"] >= 0 else None


def _live(workflow: Any) -> set[str]:
    everywhere = (workflow, *workflow.subprocesses.values())
    return {task.id for each in everywhere for task in each.tasks.values() if task._state & LIVE}


def _case_data(case: Case, live: set[str]) -> dict[str, Any]:
    return {
        "values": to_plain(case.values),
        "scopes": {key: to_plain(scope) for key, scope in case.scopes.items() if key in live},
        "loops": {
            key: [to_plain(loop.items), [[at, to_plain(loop.results[at])] for at in sorted(loop.results)]]
            for key, loop in case.loops.items()
            if key in live
        },
        "runs": [_plain_record(run) for run in case.runs.values()],
        "items": [_plain_record(item) for item in case.items.values()],
        "rounds": case.rounds,
        "done_by": case.done_by,
        "ended": case.ended,
    }


def _case(model: Model, data: dict[str, Any], occasion: Occasion) -> Case:
    return Case(
        model=model,
        occasion=occasion,
        values=from_plain(data["values"]),
        scopes={key: from_plain(scope) for key, scope in data["scopes"].items()},
        loops={
            key: Loop(from_plain(items), {at: from_plain(value) for at, value in results})
            for key, (items, results) in data["loops"].items()
        },
        runs={row["key"]: LimitRun(**_record(LimitRun, row)) for row in data["runs"]},
        items={row["id"]: OpenItem(**_record(OpenItem, row)) for row in data["items"]},
        rounds=data["rounds"],
        done_by=data["done_by"],
        ended=data["ended"],
    )


def _plain_record(record: LimitRun | OpenItem) -> dict[str, Any]:
    plain = {field.name: getattr(record, field.name) for field in fields(record)}
    return {
        key: value.isoformat() if isinstance(value, datetime) else value
        for key, value in plain.items()
        if value not in (None, (), False)
    }


def _record(kind: type[LimitRun | OpenItem], row: dict[str, Any]) -> dict[str, Any]:
    """Every field of the record: moments read back, lists as tuples, what was left out as null."""
    return {name: read(row.get(name)) for name, read in _READERS[kind]}


def _reader(kind: str) -> Callable[[Any], Any]:
    if "datetime" in kind:
        return lambda value: None if value is None else datetime.fromisoformat(value)
    if "tuple" in kind:
        return lambda value: tuple(value or ())
    return bool if kind == "bool" else lambda value: value


#: How each field of a record is read back, looked up once by its type.
_READERS = {kind: [(field.name, _reader(str(field.type))) for field in fields(kind)] for kind in (LimitRun, OpenItem)}
