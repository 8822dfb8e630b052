"""What the journal of a period tells of the ways that its complaints went: steps reached, branches taken, rows that decided."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from engine.domain import events as ev
from engine.domain.codec import from_plain
from engine.procedure import Procedure
from engine.procedure.diagrams.ways import every_stop, stops_of
from engine.queries.reports.asking import Asked, within
from engine.storage.tables import cases, journal, register_entry

_entry = register_entry.c
#: The entries of a quarter of a large company; more would keep the page waiting.
MOST_ENTRIES, PORTION = 400_000, 2_000
_STEP, _OPENED = ev.StepTaken.__name__, ev.WorkItemOpened.__name__
_RESOLVED, _MIGRATED = ev.IncidentResolved.__name__, ev.CaseMigrated.__name__
_EXCLUSION = ev.WorkItemExclusionWaived.__name__
_KINDS = tuple(f'"type":"{name}"' for name in (_STEP, _OPENED, _RESOLVED, _MIGRATED, _EXCLUSION))
#: Of the ways on from these only one is taken at a time.
_ONE_WAY = frozenset({"exclusiveGateway", "eventBasedGateway"})
MOVED, EXCLUSION = "moved", "exclusion"


@dataclass
class Told:
    """Sums: how often an element was passed or waited at, a branch taken, which rows decided, and what was done by hand."""

    passed: Counter[str] = field(default_factory=Counter)
    opened: Counter[str] = field(default_factory=Counter)
    entered: set[str] = field(default_factory=set)
    ways: Counter[tuple[str, str]] = field(default_factory=Counter)
    rows: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_hand: Counter[str] = field(default_factory=Counter)
    entries: int = 0

    def times(self, element_id: str) -> int:
        """How often complaints came to an element, whether or not they went on from there."""
        return max(self.passed[element_id], self.opened[element_id], int(element_id in self.entered))

    @property
    def is_all(self) -> bool:
        """Whether the whole period was looked at."""
        return self.entries < MOST_ENTRIES


def told(asked: Asked) -> Told:
    """Over the complaints that the actor may read; ways are those of the version in force."""
    sums, procedure = Told(), asked.complaint.procedure
    branches, walk, of_case = Branches(procedure), None, ""
    for row in _entries(asked):
        sums.entries += 1
        if walk is None or row.stream_id != of_case:
            walk, of_case = Walk(branches, sums), row.stream_id
        _count(sums, walk, json.loads(row.events), row.version_id == asked.complaint.version_id)
    return sums


def _entries(asked: Asked) -> Iterator[Any]:
    """Case by case in the order in which they happened."""
    joined = journal.join(register_entry, _entry.case_id == journal.c.stream_id).join(cases, cases.c.id == _entry.case_id)
    kinds = sa.or_(*(journal.c.events.contains(name, autoescape=True) for name in _KINDS))
    query = sa.select(journal.c.stream_id, journal.c.events, cases.c.version_id).select_from(joined)
    query = query.where(journal.c.stream_kind == "case", asked.complaints(), within(journal.c.at, asked.period), kinds)
    query = query.order_by(journal.c.stream_id, journal.c.seq).limit(MOST_ENTRIES)
    yield from asked.reader.connection.execute(query, execution_options={"yield_per": PORTION})


def _count(sums: Told, walk: Walk, events: list[dict[str, Any]], in_force: bool) -> None:
    opened = [event["element_id"] for event in events if event["type"] == _OPENED]
    for event in events:
        if event["type"] == _STEP:
            walk.go(event["passed"])
            for decision in from_plain(event["decisions"]) if in_force else ():
                sums.rows[decision["decision"]].update(int(row) for row in decision["rows"])
        elif event["type"] == _RESOLVED:
            sums.by_hand[str(event.get("resolution"))] += 1
        elif event["type"] == _MIGRATED:
            sums.by_hand[MOVED] += 1
        elif event["type"] == _EXCLUSION:
            sums.by_hand[EXCLUSION] += 1
    # A task that waits has been reached although nobody has passed it.
    walk.reach(opened)


class Branches:
    """Where ways part in a procedure: by element the targets, and the elements by whose passing an element is entered too."""

    def __init__(self, procedure: Procedure) -> None:
        self.stops = {stop.id: stop for diagram in procedure.diagrams.values() for stop in every_stop(stops_of(diagram))}
        self.targets = {own: {way.to for way in stop.ways} for own, stop in self.stops.items() if len(stop.ways) > 1}
        self.one_way = {own for own in self.targets if self.stops[own].kind in _ONE_WAY}
        self._callers: dict[str, list[str]] = defaultdict(list)
        for element in procedure.elements.values():
            if element.called:
                self._callers[element.called].append(element.id)
        self._elements = procedure.elements
        self._around: dict[str, tuple[str, ...]] = {}

    def entered(self, element_id: str) -> tuple[str, ...]:
        """The element itself, the subprocess in which it lies and the call activities that lead into its process."""
        known = self._around.get(element_id)
        if known is None:
            element = self._elements.get(element_id)
            around = () if element is None else (element.host, *self._callers.get(element.process_id, ()))
            known = self._around[element_id] = (element_id, *(one for one in around if one))
        return known

    def sole_caller(self, element_id: str) -> str | None:
        """The call activity that must have led to an element, where there is but one."""
        element = self._elements.get(element_id)
        callers = self._callers.get(element.process_id, []) if element is not None else []
        return callers[0] if len(callers) == 1 else None


class Walk:
    """One case under way: after a gateway is passed, the first of its targets that is reached tells which way was taken."""

    def __init__(self, branches: Branches, sums: Told) -> None:
        self._branches, self._sums = branches, sums
        self._awaited: dict[str, set[str]] = {}

    def go(self, passed: list[str]) -> None:
        """Elements that were passed, in order."""
        for element_id in passed:
            self._sums.passed[element_id] += 1
            self._see(element_id)
            targets = self._branches.targets.get(element_id)
            if targets is not None:
                self._awaited[element_id] = set(targets)

    def reach(self, opened: list[str]) -> None:
        """Elements that were come to."""
        for element_id in opened:
            self._sums.opened[element_id] += 1
            self._see(element_id)

    def _see(self, element_id: str) -> None:
        if caller := self._branches.sole_caller(element_id):
            self._sums.entered.add(caller)
        if not self._awaited:
            return
        for entered in self._branches.entered(element_id):
            for gateway in [one for one, targets in self._awaited.items() if entered in targets]:
                self._take(gateway, entered)

    def _take(self, gateway: str, target: str) -> None:
        self._sums.entered.add(target)
        self._sums.ways[gateway, target] += 1
        self._awaited[gateway].discard(target)
        if gateway in self._branches.one_way or not self._awaited[gateway]:
            del self._awaited[gateway]
