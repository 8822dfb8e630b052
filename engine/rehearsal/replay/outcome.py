"""A case as it was beside the case as it would have gone: path, deadlines, tasks, as plain data that can be kept and shown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from engine.rehearsal.replay.playing import Replayed
from engine.rehearsal.replay.record import Record, Run, Task

Data = dict[str, Any]
KEPT, MISSED, RUNNING = "kept", "missed", "running"
#: What became of a deadline.
NEWLY_MISSED, NEWLY_KEPT, ADDED, GONE, MOVED, SAME = "newly_missed", "newly_kept", "added", "gone", "moved", "same"
#: It was missed, and would still lie ahead: whether it would be kept nobody knows yet.
EASED = "eased"
#: A case that got stuck before the deadline says nothing about it.
UNDECIDED = "undecided"


def outcome(record: Record, replayed: Replayed, renamed: Mapping[str, str]) -> Data:
    """Everything that one case's page tells; ``renamed`` says by its present id what an element was called in the record."""
    now_called = {was: now for now, was in renamed.items()}
    path = None if record.path is None else [now_called.get(element, element) for element in record.path]
    limits = _limits(record, replayed)
    tasks = _tasks(record, replayed, now_called)
    same = None if path is None else Counter(path) == Counter(replayed.path) and replayed.stuck is None
    return {
        "case_id": record.case_id,
        "number": record.number,
        "version": record.version,
        "closed": record.closed,
        "begun_at": _text(record.begun_at),
        "until": _text(record.until),
        "same": same,
        "assumed": replayed.assumed,
        "stuck": _stuck(replayed),
        "path": {"before": path, "after": replayed.path},
        "ended": {"before": _text(record.until) if record.closed else None, "after": _text(replayed.ended_at)},
        "limits": limits,
        "tasks": tasks,
        "work": {"before": [_was(task, now_called) for task in record.tasks], "after": list(map(_played, replayed.tasks))},
        "unused": [{"what": what, "at": _text(at)} for what, at in replayed.unused],
    }


def as_record(record: Record, replayed: Replayed) -> Record:
    """What a case would have been, as the record that another replay is held against."""
    tasks = tuple(
        Task(task.element_id, task.role, task.opened_at, "done" if task.ended_at else "open", task.ended_at)
        for task in replayed.tasks
    )
    return replace(record, path=tuple(replayed.path), runs=tuple(replayed.runs), tasks=tasks)


def _limits(record: Record, replayed: Replayed) -> list[Data]:
    before, after = _by_key(record.runs or ()), _by_key(replayed.runs)
    until = replayed.stuck.at if replayed.stuck else replayed.ended_at or record.until
    found = []
    for key in dict.fromkeys((*before, *after)):
        for place in range(max(len(before[key]), len(after[key]))):
            old, new = _at(before[key], place), _at(after[key], place)
            if new is None and replayed.stuck is not None:
                continue
            sides = {"before": _side(old, record.until), "after": _side(new, until)}
            change = _change(sides["before"], sides["after"], record.runs is not None, replayed.stuck is not None)
            found.append({"key": key, "round": place + 1, **sides, "change": change, "assumed": _rests(new, replayed)})
    return found


def _change(before: Data | None, after: Data | None, compared: bool, stuck: bool) -> str:
    if not compared:
        return SAME
    was, now = before["standing"] if before else None, after["standing"] if after else None
    if now == MISSED and was != MISSED:
        return NEWLY_MISSED
    if stuck and now == RUNNING and was in (KEPT, MISSED):
        return UNDECIDED
    if was == MISSED and now in (KEPT, RUNNING):
        return NEWLY_KEPT if now == KEPT else EASED
    if before is None or after is None:
        return GONE if after is None else ADDED
    return MOVED if before["due_at"] != after["due_at"] else SAME


def _by_key(runs: Sequence[Run]) -> defaultdict[str, list[Run]]:
    found: defaultdict[str, list[Run]] = defaultdict(list)
    for run in runs:
        found[run.key].append(run)
    return found


def _at(runs: list[Run], place: int) -> Run | None:
    return runs[place] if place < len(runs) else None


def _side(run: Run | None, until: datetime) -> Data | None:
    if run is None:
        return None
    missed = run.missed(until)
    standing = RUNNING if missed is None else MISSED if missed else KEPT
    moments = {"opened_at": _text(run.opened_at), "due_at": _text(run.due_at), "stopped_at": _text(run.stopped_at)}
    return {**moments, "standing": standing}


def _rests(run: Run | None, replayed: Replayed) -> bool:
    """Whether the run stopped where it did because of something that was assumed."""
    if run is None or run.stopped_at is None:
        return False
    moments = [task.ended_at for task in replayed.tasks if task.basis == "assumed" and task.ended_at is not None]
    return any(run.opened_at <= moment <= run.stopped_at for moment in moments)


def _tasks(record: Record, replayed: Replayed, now_called: Mapping[str, str]) -> list[Data]:
    """The tasks that there are more of, or fewer, by element and role; of a stuck case only as far as it has come."""
    until = replayed.stuck.at if replayed.stuck else None
    counts: Counter[tuple[str, str]] = Counter((task.element_id, task.role or "") for task in replayed.tasks)
    for task in record.tasks:
        key = (now_called.get(task.element_id, task.element_id), task.role or "")
        # What the record goes on with at the moment in which the case gets stuck is not gone: nobody came to it.
        if until is None or task.opened_at is None or task.opened_at < until or (task.opened_at == until and counts[key] > 0):
            counts[key] -= 1
    compared = record.path is not None
    return [{"element": element, "role": role, "more": more} for (element, role), more in counts.items() if more and compared]


def _stuck(replayed: Replayed) -> Data | None:
    stuck = replayed.stuck
    if stuck is None:
        return None
    return {"kind": stuck.kind, "element": stuck.element_id, "zh": stuck.text.zh, "en": stuck.text.en, "at": _text(stuck.at)}


def _was(task: Task, now_called: Mapping[str, str]) -> Data:
    named = now_called.get(task.element_id, task.element_id)
    return _work(named, task.role, task.opened_at, task.ended_at, task.how)


def _played(task: Any) -> Data:
    return _work(task.element_id, task.role, task.opened_at, task.ended_at, "cancelled" if task.cut else task.basis)


def _work(element: str, role: str | None, opened_at: datetime | None, ended_at: datetime | None, how: str) -> Data:
    return {"element": element, "role": role or "", "opened_at": _text(opened_at), "ended_at": _text(ended_at), "how": how}


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
