"""Where a procedure can begin: plain start events for people, timer start events for the calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from engine.calendar import Calendar
from engine.calendar.schedules import Every
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import Incident
from engine.feel import EvaluationContext, FeelError
from engine.workflow.model import Model

_Next = Callable[..., datetime]


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The next moment at which a start event is due, and the calendar period after which it comes round."""

    due_at: datetime
    every: Every


def start_events(model: Model) -> tuple[str, ...]:
    """The ids of every start event of the frame, in the order of the file."""
    return tuple(str(event.bpmn_id) for event in model.main.bpmn_start_events)


def scheduled(model: Model) -> tuple[str, ...]:
    """The ids of the start events that the calendar starts."""
    return tuple(str(event.bpmn_id) for event in model.main.bpmn_start_events if _timer(event))


def recurrence(model: Model, element_id: str, calendar: Calendar, after: datetime) -> Recurrence | None:
    """When the start event is due first after a moment; None when the calendar does not start it, or nothing does."""
    source = next((_timer(event) for event in model.main.bpmn_start_events if event.bpmn_id == element_id), None)
    return _evaluated(model, element_id, source, calendar, after) if source else None


def _timer(event: Any) -> str | None:
    """What a timer start event is written with; a date or an ISO cycle has no calendar period, and the check says so."""
    source = str(getattr(event.event_definition, "expression", None) or "").strip()
    return source if source.startswith(tuple(f"{every.function}(" for every in Every)) else None


def _evaluated(model: Model, element_id: str, source: str, calendar: Calendar, after: datetime) -> Recurrence:
    asked: list[Every] = []
    context = EvaluationContext(now=after, zone=calendar.rules.tz, functions=_functions(calendar, after, asked))
    try:
        due_at: Value = model.expression(source).evaluate(model.nulls, context)
    except FeelError as problem:
        raise Incident(problem.text, element_id) from problem
    if not isinstance(due_at, datetime) or not asked:
        text = Text(
            f"定时开始“{source}”要写成 weekly、monthly、quarterly 或 yearly",
            f"Expected weekly(…), monthly(…), quarterly(…) or yearly(…) of “{source}”",
        )
        raise Incident(text, element_id)
    return Recurrence(due_at, asked[-1])


def _functions(calendar: Calendar, after: datetime, asked: list[Every]) -> dict[str, Callable[..., Any]]:
    ways: dict[Every, _Next] = {
        Every.WEEK: calendar.next_weekly,
        Every.MONTH: calendar.next_monthly,
        Every.QUARTER: calendar.next_quarterly,
        Every.YEAR: calendar.next_yearly,
    }

    def function(every: Every) -> Callable[..., datetime]:
        def following(*given: Any) -> datetime:
            asked.append(every)
            return ways[every](after, *(int(value) if isinstance(value, Decimal) else value for value in given))

        return following

    return {every.function: function(every) for every in Every}
