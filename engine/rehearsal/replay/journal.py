"""A case of the record from its journal: the entries hold what people did, what followed, and which facts were known."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from engine.domain import events as ev
from engine.domain.calendar_events import LimitRecounted
from engine.domain.codec import loads
from engine.domain.events import Event
from engine.domain.values import Value
from engine.rehearsal.replay.record import Deed, Known, Record, Run, Task

#: The events that a replay asks for; the others are never put together.
_ASKED = frozenset(
    kind.__name__
    for kind in (
        ev.CaseRegistered, ev.ValuesChanged, ev.StepTaken, ev.WorkItemOpened, ev.WorkItemCompleted, ev.WorkItemWaived,
        ev.WorkItemCancelled, ev.WorkItemPassedOn, ev.LimitOpened, ev.LimitBreached, ev.LimitStopped, LimitRecounted,
        ev.ActionTaken, ev.ContactLogged, ev.CaseLinked, ev.CaseClosed,
    )
)  # fmt: skip
#: What each of these adds to the facts that the engine counts.
_COUNTED: Mapping[type[Event], tuple[str, ...]] = {
    ev.ContactLogged: ("contact_count", "raised_count"),
    ev.CaseLinked: ("linked_count", "raised_count"),
    ev.WorkItemPassedOn: ("passing_on_count",),
}


def recorded(
    entries: Sequence[Mapping[str, Any]], submissions: Mapping[str, Mapping[str, Any]], until: datetime
) -> Record | None:
    """The record of a case: its journal rows in order and its submissions by id; None for a case that no procedure led."""
    gathered = _Gathered(submissions)
    for entry in entries:
        gathered.take(entry)
    return gathered.record(until)


class _Gathered:
    """What is known of a case so far, entry by entry."""

    def __init__(self, submissions: Mapping[str, Mapping[str, Any]]) -> None:
        self._submissions = submissions
        self._registered: ev.CaseRegistered | None = None
        self._first: dict[str, Value] | None = None
        self._tasks: dict[str, Task] = {}
        self._runs: dict[str, Run] = {}
        self._deeds: list[Deed] = []
        self._facts: list[Known] = []
        self._path: list[str] = []
        self._closed_at: datetime | None = None
        self._at = datetime.max
        self._order = 0
        self._acting: str | None = None
        self._stepped = False

    def take(self, entry: Mapping[str, Any]) -> None:
        """Add one row of the journal."""
        self._at, self._order, self._stepped, self._acting = entry["at"], int(entry["seq"]), False, None
        for event in _events(entry["events"]):
            getattr(self, f"_{type(event).__name__}")(event)
        self._act()

    def record(self, until: datetime) -> Record | None:
        """The whole of it."""
        begun = self._registered
        if begun is None or begun.version_id is None or self._first is None:
            return None
        return Record(
            case_id=begun.case_id,
            number=begun.number,
            estate=begun.estate_id,
            version=begun.version_id,
            begun_at=begun.registered_at,
            until=self._closed_at or until,
            closed=self._closed_at is not None,
            begins_at=self._path[0] if self._path else None,
            first=self._first,
            tasks=tuple(self._tasks.values()),
            deeds=tuple(self._deeds),
            facts=tuple(self._facts),
            path=tuple(self._path),
            runs=tuple(self._runs.values()),
        )

    def _CaseRegistered(self, event: ev.CaseRegistered) -> None:
        self._registered = event

    def _ValuesChanged(self, event: ev.ValuesChanged) -> None:
        # What the diagram itself has set stands after the step, and comes about again by itself.
        if self._stepped:
            return
        if self._first is None:
            self._first, self._acting = dict(event.values), None
        else:
            self._deeds.append(Deed(self._at, self._order, event.values, self._acting))
            self._acting = None

    def _ActionTaken(self, event: ev.ActionTaken) -> None:
        self._act()
        self._acting = event.action

    def _act(self) -> None:
        if self._acting is not None and self._first is not None:
            self._deeds.append(Deed(self._at, self._order, {}, self._acting))
        self._acting = None

    def _StepTaken(self, event: ev.StepTaken) -> None:
        self._act()
        self._stepped = True
        self._path += event.passed
        if event.facts:
            self._facts.append(Known(self._at, self._order, event.facts))

    def _WorkItemOpened(self, event: ev.WorkItemOpened) -> None:
        self._tasks[event.item_id] = Task(event.element_id, event.role, self._at)

    def _WorkItemCompleted(self, event: ev.WorkItemCompleted) -> None:
        self._end(event.item_id, how="done", by=event.by, answers=self._answers(event))

    def _WorkItemWaived(self, event: ev.WorkItemWaived) -> None:
        self._end(event.item_id, how="waived", by=event.by)

    def _WorkItemCancelled(self, event: ev.WorkItemCancelled) -> None:
        self._end(event.item_id, how="cancelled")

    def _end(self, item_id: str, **changes: Any) -> None:
        if item_id in self._tasks:
            self._tasks[item_id] = replace(self._tasks[item_id], ended_at=self._at, order=self._order, **changes)

    def _answers(self, event: ev.WorkItemCompleted) -> dict[str, Value]:
        row = self._submissions.get(event.submission_id or "")
        if row is None:
            return {}
        plain = loads(row["plain"])
        # The case is told of a personal value only that there is one.
        answers = {**dict(plain), **dict.fromkeys(loads(row["personal"]), True)}
        begun = self._first or {}
        # What recording itself added stands in the values with which the case began.
        return {**answers, **{key: value for key, value in begun.items() if key not in plain}} if self._order == 1 else answers

    def _WorkItemPassedOn(self, event: ev.WorkItemPassedOn) -> None:
        self._count(event)

    def _ContactLogged(self, event: ev.ContactLogged) -> None:
        self._count(event)

    def _CaseLinked(self, event: ev.CaseLinked) -> None:
        self._count(event)

    def _count(self, event: Event) -> None:
        if self._facts:
            facts = dict(self._facts[-1].facts)
            more = {name: Decimal(str(facts[name])) + 1 for name in _COUNTED[type(event)] if name in facts}
            self._facts.append(Known(self._at, self._order, {**facts, **more}))

    def _LimitOpened(self, event: ev.LimitOpened) -> None:
        self._runs[event.run_id] = Run(event.key, self._at, event.due_at)

    def _LimitRecounted(self, event: LimitRecounted) -> None:
        self._change(event.run_id, due_at=event.due_at)

    def _LimitBreached(self, event: ev.LimitBreached) -> None:
        self._change(event.run_id, breached_at=event.at)

    def _LimitStopped(self, event: ev.LimitStopped) -> None:
        self._change(event.run_id, stopped_at=event.at)

    def _change(self, run_id: str, **changes: Any) -> None:
        if run_id in self._runs:
            self._runs[run_id] = replace(self._runs[run_id], **changes)

    def _CaseClosed(self, event: ev.CaseClosed) -> None:
        self._closed_at = event.at


def _events(text: str) -> Iterator[Event]:
    for item in json.loads(text):
        if item["type"] in _ASKED:
            yield Event.from_data({key: value for key, value in item.items() if key != "derivation"} | _derived(item))


def _derived(item: Mapping[str, Any]) -> dict[str, Any]:
    """An explanation that nobody will read is not put together."""
    return {"derivation": {}} if "derivation" in item else {}
