"""Timer events that know their due moment and fire only when they are told to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions import timer as stock
from SpiffWorkflow.util.task import TaskState

from engine.calendar import Unit
from engine.domain.durations import YearsMonths
from engine.domain.text import Text
from engine.domain.values import Value
from engine.workflow import iso, lifecycle
from engine.workflow.case import Case, case_of
from engine.workflow.functions import as_moment
from engine.workflow.spiff.script_engine import incident, unfit

VALUE, FIRED = "event_value", "event_fired"


class _Timer:
    """The due moment is kept with the task; ``has_fired`` is true only for the one timer that is being fired."""

    expression: str

    def has_fired(self, my_task: Any) -> bool:
        """Whether it fires now, or has; the first question arms it."""
        if VALUE not in my_task.internal_data:
            arm(my_task, self.expression)
        if my_task.workflow.script_engine.firing == my_task.id:
            my_task.internal_data[FIRED] = True
        return bool(my_task.internal_data.get(FIRED, False))


class TimeDateEventDefinition(_Timer, stock.TimeDateEventDefinition):
    """A timer drawn as a date."""


class DurationTimerEventDefinition(_Timer, stock.DurationTimerEventDefinition):
    """A timer drawn as a duration; FEEL may give a moment here too."""


class CycleTimerEventDefinition(stock.CycleTimerEventDefinition):
    """A timer that opens its branch again and again; rounds that were missed are one."""

    def cycle_complete(self, my_task: Any) -> bool:
        """Whether a round begins now; the next one is then set after now."""
        if VALUE not in my_task.internal_data:
            my_task.internal_data[VALUE] = _first_round(my_task, self.expression)
        cycle = my_task.internal_data[VALUE]
        if my_task.workflow.script_engine.firing != my_task.id or cycle["at"] is None:
            return False
        lifecycle.passed(my_task)
        _next_round(my_task, cycle)
        return True


def arm(task: Any, expression: str) -> None:
    """Compute the due moment; one that asks for a limit may stay open until that limit runs."""
    engine, case = task.workflow.script_engine, case_of(task)
    engine.functions.asked.clear()
    moment = _moment(task, _value(task, expression))
    asked = sorted(engine.functions.asked)
    if moment is None and not asked:
        raise incident(task, Text(f"定时“{expression}”没有得出时刻", f"Expected a moment of “{expression}”, but found none"))
    runs = [case.runs[key] for key in asked if key in case.runs and case.runs[key].running]
    if any(run.timer_fired for run in runs):
        moment = None
    task.internal_data[VALUE] = {"at": moment and moment.isoformat(), "runs": [run.id for run in runs], "asks": asked}


def refresh(task: Any, expression: str) -> None:
    """A timer made from limits follows them: it loses its moment when the run stops or was used, and takes the next one."""
    value = task.internal_data.get(VALUE)
    if not value or not value.get("asks") or task.internal_data.get(FIRED):
        return
    running = {run.id for run in case_of(task).runs.values() if run.running and not run.timer_fired}
    if value["at"] is None or not running.issuperset(value["runs"]):
        arm(task, expression)


def due_at(task: Any) -> datetime | None:
    """When a waiting timer is due, None when it is not armed."""
    value = task.internal_data.get(VALUE)
    if not value or value["at"] is None or task.internal_data.get(FIRED) or task.state != TaskState.WAITING:
        return None
    return datetime.fromisoformat(value["at"])


def run_ids(task: Any) -> list[str]:
    """The limit runs that a timer was made from."""
    return list((task.internal_data.get(VALUE) or {}).get("runs", ()))


def forget_moment(task: Any) -> None:
    """The moment is asked for again; one that has fired stays fired."""
    task.internal_data[VALUE]["at"] = None


def _value(task: Any, expression: str) -> Value:
    engine, text = task.workflow.script_engine, expression.strip()
    value = text if iso.is_written(text) else engine.evaluate(task, text)
    return engine.guard(task, text, partial(iso.read, value)) if isinstance(value, str) and iso.is_written(value) else value


def _moment(task: Any, value: Value) -> datetime | None:
    case = case_of(task)
    if isinstance(value, (timedelta, YearsMonths)):
        return iso.later(case.occasion.now, value, 1, case.occasion.calendar.rules.tz)
    if isinstance(value, date) or value is None:
        return as_moment(value, case)
    raise incident(task, unfit("定时应得出时刻或时长", "Expected a moment or a duration of a timer", value))


def _first_round(task: Any, expression: str) -> dict[str, Any]:
    cycle = _cycle(task, _value(task, expression))
    _seek(task, cycle, 1)
    return cycle


def _cycle(task: Any, value: Value) -> dict[str, Any]:
    case = case_of(task)
    if isinstance(value, (timedelta, YearsMonths)):
        value = {"step": value, "anchor": case.occasion.now}
    if not isinstance(value, dict):
        raise incident(task, unfit("循环定时应得出周期", "Expected a cycle such as every(days(3))", value))
    anchor = as_moment(value.get("anchor") or case.occasion.now, case)
    step = value.get("step")
    amount, unit = (value["amount"], value["unit"]) if step is None else iso.measured(step)
    if anchor is None or amount <= 0:
        raise incident(task, Text("循环定时的周期应大于零", "Expected a cycle longer than nothing"))
    return {"anchor": anchor.isoformat(), "amount": str(amount), "unit": str(unit), "left": int(value.get("times", -1))}


def _next_round(task: Any, cycle: dict[str, Any]) -> None:
    if cycle["left"] > 0:
        cycle["left"] -= 1
    if cycle["left"] == 0:
        cycle["at"] = None
        task.internal_data[FIRED] = True
    else:
        _seek(task, cycle, cycle["number"] + 1)


def _seek(task: Any, cycle: dict[str, Any], number: int) -> None:
    """The first round from this number on that lies after now; rounds get later with their number, so halving finds it."""
    case = case_of(task)
    moment = _rounds(case, cycle)
    low = high = number
    while moment(high) <= case.occasion.now:
        low, high = high + 1, high * 2
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if moment(middle) > case.occasion.now else (middle + 1, high)
    cycle["number"], cycle["at"] = high, moment(high).isoformat()


def _rounds(case: Case, cycle: dict[str, Any]) -> Callable[[int], datetime]:
    anchor, amount, unit = datetime.fromisoformat(cycle["anchor"]), Decimal(cycle["amount"]), cycle["unit"]
    calendar = case.occasion.calendar
    if unit in iso.PLAIN:
        return lambda number: iso.later(anchor, iso.step(amount, unit), number, calendar.rules.tz)
    return lambda number: calendar.due(anchor, amount * number, Unit(unit)).due_at
