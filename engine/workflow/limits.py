"""Limit runs: opened from the rows of the limits table, stopped by elements, warned and breached by moments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from engine.calendar import Derivation, Unit
from engine.calendar.recounting import AT_LEAST, recount
from engine.workflow.case import Case
from engine.workflow.functions import as_moment
from engine.workflow.happenings import Due, LimitBreached, LimitOpened, LimitRun, LimitStopped, LimitWarned


def open_run(case: Case, task: Any, key: str, element_id: str) -> None:
    """Begin a run of the limit unless one is running or no row applies; of several rows the earliest due moment wins."""
    earlier = case.runs.get(key)
    if earlier is not None and earlier.running:
        return
    engine = task.workflow.script_engine
    candidates = [
        (derivation, row) for row in engine.limit_rows(task, key) if (derivation := _count(case, task, row)) is not None
    ]
    if not candidates:
        return
    derivation, row = min(candidates, key=lambda candidate: candidate[0].due_at)
    number = 1 if earlier is None else earlier.round + 1
    before = None if row.warn_before is None else timedelta(minutes=float(row.warn_before))
    run = LimitRun(
        id=f"{key}#{number}",
        key=key,
        round=number,
        anchor=derivation.anchor,
        due_at=derivation.due_at,
        warn_at=None if before is None else derivation.due_at - before,
        derivation=_told(derivation, row),
        told_first=tuple(row.told_first),
        told_on_breach=tuple(row.told_on_breach),
        clause=row.clause,
        opened_at=case.occasion.now,
        element_id=element_id,
    )
    case.runs[key] = run
    case.happen(LimitOpened(run))


def recount_runs(case: Case) -> list[LimitRun]:
    """Count every running limit anew by the calendar of the occasion; the answer is the runs that moved, as they are now.

    One that is past due stays, and so does one that would be: a recorded breach never changes, and nobody is late by surprise.
    """
    moved = []
    for key, run in list(case.runs.items()):
        if not run.running or run.breached_at is not None or run.due_at <= case.occasion.now:
            continue
        counted = recount(run.derivation, case.occasion.calendar)
        if counted.due_at in (run.due_at, case.occasion.now) or counted.due_at < case.occasion.now:
            continue
        warn_at = None if run.warn_at is None else counted.due_at - (run.due_at - run.warn_at)
        case.runs[key] = replace(run, due_at=counted.due_at, warn_at=warn_at, derivation={**run.derivation, **counted.as_data()})
        moved.append(case.runs[key])
    return moved


def recount_by_rows(case: Case, top: Any) -> list[LimitRun]:
    """Count every running limit anew by the rows that the case's version has for it; the answer is the runs that moved.

    It is counted from where it began unless the row names another moment. As in ``recount_runs`` nobody is late by surprise.
    """
    moved = []
    for key, run in list(case.runs.items()):
        if not run.running or run.breached_at is not None or run.due_at <= case.occasion.now:
            continue
        found = _by_rows(case, top, run)
        if found is None or found[0].due_at in (run.due_at, case.occasion.now) or found[0].due_at < case.occasion.now:
            continue
        derivation, row = found
        warn_at = None if row.warn_before is None else derivation.due_at - timedelta(minutes=float(row.warn_before))
        case.runs[key] = replace(run, due_at=derivation.due_at, warn_at=warn_at, derivation=_told(derivation, row))
        moved.append(case.runs[key])
    return moved


def _by_rows(case: Case, top: Any, run: LimitRun) -> tuple[Derivation, Any] | None:
    """The earliest due moment of the rows that hold for the run, with its row; None when none does any more."""
    every = (task for workflow in (*top.subprocesses.values(), top) for task in workflow.tasks.values())
    at = next((task for task in every if task.task_spec.bpmn_id == run.element_id), top.task_tree)
    since = {str(run.derivation.get("anchor_key")): run.anchor}
    counted = [(_count(case, at, row, since), row) for row in top.script_engine.limit_rows(at, run.key)]
    return min(
        ((derivation, row) for derivation, row in counted if derivation is not None), key=lambda one: one[0].due_at, default=None
    )


def stop_run(case: Case, key: str) -> None:
    """End the running run of the limit, if there is one; a late stop is a breach if none was told yet."""
    run = case.runs.get(key)
    if run is None or not run.running:
        return
    late = case.occasion.now > run.due_at
    if late and run.breached_at is None:
        run = breach(case, run)
    run = replace(run, stopped_at=case.occasion.now)
    case.happen(LimitStopped(run, late))
    # Who keeps records has the derivation since the run was opened; the state stays small without it.
    case.runs[key] = replace(run, derivation={})


def breach(case: Case, run: LimitRun) -> LimitRun:
    """Note that the run has passed its due moment."""
    run = replace(run, breached_at=case.occasion.now)
    case.runs[run.key] = run
    case.happen(LimitBreached(run))
    return run


def warn(case: Case, run: LimitRun) -> None:
    """Note that the run's warning moment has come."""
    run = replace(run, warned_at=case.occasion.now)
    case.runs[run.key] = run
    case.happen(LimitWarned(run))


def due_rows(case: Case) -> Iterator[Due]:
    """A warning and a breach for every running run that has not had them; a run past due is not warned any more."""
    for run in case.runs.values():
        if not run.running or run.breached_at is not None:
            continue
        if run.warn_at is not None and run.warned_at is None and run.due_at > case.occasion.now:
            yield Due(f"warn:{run.id}", "warn", None, run.key, run.warn_at, False)
        yield Due(f"breach:{run.id}", "breach", None, run.key, run.due_at, False)


def _told(derivation: Derivation, row: Any) -> dict[str, Any]:
    return {**derivation.as_data(), "anchor_key": row.anchor, "row": row.row, "clause": row.clause, **_floor(row)}


def _floor(row: Any) -> dict[str, str]:
    return {AT_LEAST: str(int(row.at_least))} if row.at_least else {}


def _count(case: Case, task: Any, row: Any, since: Mapping[str, datetime] = MappingProxyType({})) -> Derivation | None:
    anchor = since.get(row.anchor) or as_moment(case.names(task).get(row.anchor), case)
    if anchor is None:
        return None
    unit = Unit(row.unit)
    return case.occasion.calendar.due(anchor, row.amount or 0, unit, at_least_minutes=int(row.at_least or 0))
