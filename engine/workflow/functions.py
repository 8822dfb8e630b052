"""The functions that diagrams may call beside FEEL's own: moments counted by the calendar, limits, cycles, open tasks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from engine.calendar import Unit
from engine.domain.durations import YearsMonths
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import Incident
from engine.feel.values import in_chinese, kind
from engine.workflow.case import Case

COUNTED = (Unit.MINUTES, Unit.HOURS, Unit.DAYS, Unit.MONTHS, Unit.WORKING_DAYS, Unit.WORKING_HOURS)


class Functions:
    """The functions of one command; ``asked`` collects which limits an evaluation has asked for."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._counts: dict[datetime, tuple[Decimal, Unit]] = {}
        self.asked: set[str] = set()

    def table(self) -> Mapping[str, Callable[..., Any]]:
        """The functions by the name that an expression calls."""
        counted = {unit.value: self._counter(unit) for unit in COUNTED}
        return {**counted, "end_of_day": self._end_of_day, "limit": self._limit, "every": self._every, "is_open": self._is_open}

    def _counter(self, unit: Unit) -> Callable[..., datetime]:
        def count(amount: Any, anchor: Any = None) -> datetime:
            if isinstance(amount, bool) or not isinstance(amount, (Decimal, int)):
                raise _wrong(unit.value, amount)
            found = self._case.occasion.calendar.due(self._anchor(unit.value, anchor), amount, unit).due_at
            self._counts[found] = (Decimal(amount), unit)
            return found

        return count

    def _end_of_day(self, anchor: Any = None) -> datetime:
        return self._case.occasion.calendar.due(self._anchor("end_of_day", anchor), 0, Unit.END_OF_DAY).due_at

    def _anchor(self, name: str, anchor: Any) -> datetime:
        if anchor is None:
            return self._case.occasion.now
        moment = as_moment(anchor, self._case)
        if moment is None:
            raise _wrong(name, anchor)
        return moment

    def _limit(self, key: Any) -> datetime | None:
        if key not in self._case.model.procedure.limits:
            raise _wrong("limit", key)
        self.asked.add(key)
        run = self._case.runs.get(key)
        return run.due_at if run is not None and run.running else None

    def _every(self, step: Any, anchor: Any = None) -> dict[str, Value]:
        """A cycle as a context: the step as counted by the calendar or as a duration, and where it starts."""
        start = self._anchor("every", anchor)
        if isinstance(step, (timedelta, YearsMonths)):
            return {"step": step, "anchor": start}
        if step not in self._counts:
            raise _wrong("every", step)
        amount, unit = self._counts[step]
        return {"amount": amount, "unit": unit.value, "anchor": start}

    def _is_open(self, element_id: Any) -> bool:
        return any(item.element_id == element_id for item in self._case.items.values())


def as_moment(value: Value, case: Case) -> datetime | None:
    """A date-time with its zone, or the start of a date in the procedure's zone; None for anything else."""
    zone = case.occasion.calendar.rules.tz
    if isinstance(value, datetime):
        return value if value.tzinfo is not None else value.replace(tzinfo=zone)
    if hasattr(value, "year"):
        return datetime(value.year, value.month, value.day, tzinfo=zone)
    return None


def _wrong(name: str, argument: Value) -> Incident:
    zh, en = in_chinese(argument), kind(argument)
    return Incident(Text(f"函数 {name} 不能用于{zh}", f"Expected another argument of {name}(), but found a value of kind {en}"))
