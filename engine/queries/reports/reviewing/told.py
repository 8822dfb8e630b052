"""What the journal of a period tells of the ways that its complaints went: steps reached, branches taken, rows that decided."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

import sqlalchemy as sa

from engine.domain import events as ev
from engine.domain.codec import from_plain
from engine.procedure import Procedure
from engine.procedure.diagrams.ways import every_stop, stops_of
from engine.queries.reports.asking import Asked, within
from engine.queries.reports.measuring import DONE, WAIVED
from engine.storage.tables import cases, journal, register_entry, work_item

_entry, _item = register_entry.c, work_item.c
#: The complaints of a quarter of a large company, the newest first; more would keep the page waiting. Read so many at once.
MOST_CASES, PORTION = 20_000, 500
_PASSED = (DONE, WAIVED)
_RESOLVED, _MIGRATED, _EXCLUSION = (
    f'"type":"{kind.__name__}"' for kind in (ev.IncidentResolved, ev.CaseMigrated, ev.WorkItemExclusionWaived)
)
# An entry is canonical JSON with its keys in order: a step is cut out of it, which is ten times as fast as reading it all.
_STEPS = re.compile(r'\{"decisions":\[.*?"type":"' + ev.StepTaken.__name__ + r'"\}')
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
    decided: set[str] = field(default_factory=set)
    by_hand: Counter[str] = field(default_factory=Counter)
    cases: int = 0
    #: The elements to which a single way leads.
    sole: frozenset[str] = frozenset()

    def times(self, element_id: str) -> int:
        """How often complaints came to an element, whether or not they went on from there."""
        return max(self.passed[element_id], self.opened[element_id], int(element_id in self.entered))

    def is_taken(self, element_id: str, target: str) -> bool:
        """Whether a branch was taken; what has no other way in was reached by this one."""
        return bool(self.ways[element_id, target] or (target in self.sole and self.times(target)))

    @property
    def is_all(self) -> bool:
        """Whether the whole period was looked at."""
        return self.cases < MOST_CASES


def told(asked: Asked) -> Told:
    """Over the complaints that the actor may read; ways are those of the version in force."""
    in_force = asked.complaint
    branches = Branches(in_force.procedure)
    sums = Told(sole=branches.sole)
    waiting = _left(asked, sums)
    walks: Counter[tuple[tuple[str, ...], tuple[str, ...]]] = Counter()
    for case_id, entries in groupby(_entries(asked), key=itemgetter(0)):
        steps: list[str] = []
        for _, events, version_id in entries:
            _count(sums, events)
            found = _STEPS.findall(events)
            steps += found
            if version_id == in_force.version_id:
                sums.decided.update(found)
        sums.cases += 1
        walks[tuple(steps), tuple(waiting.get(case_id, ()))] += 1
    # Many complaints went the same way, which is followed once.
    for (steps_taken, left), times in walks.items():
        walk = Walk(branches, sums, times)
        for step in steps_taken:
            walk.go(_passed(step))
        walk.reach(left)
    for step in sums.decided:
        for decision in from_plain(json.loads(step)["decisions"]):
            sums.rows[decision["decision"]].update(int(row) for row in decision["rows"])
    return sums


def _entries(asked: Asked) -> Iterator[tuple[str, str, str]]:
    """Case by case in the order in which they happened: read by case, so that the database need not sort whole entries."""
    joined = register_entry.join(cases, cases.c.id == _entry.case_id)
    closed_before = sa.and_(_entry.closed_at.is_not(None), _entry.closed_at < asked.period.start)
    query = sa.select(_entry.case_id, cases.c.version_id).select_from(joined)
    query = query.where(asked.complaints(), _entry.registered_at < asked.period.end, sa.not_(closed_before))
    versions = {row.case_id: row.version_id for row in asked.rows(query.order_by(_entry.registered_at.desc()).limit(MOST_CASES))}
    listed = sorted(versions)
    row = journal.c
    for start in range(0, len(listed), PORTION):
        some = listed[start : start + PORTION]
        of_some = sa.select(row.stream_id, row.events).where(row.stream_kind == "case", row.stream_id.in_(some))
        for found in asked.rows(of_some.where(within(row.at, asked.period)).order_by(row.stream_id, row.seq)):
            yield found.stream_id, found.events, versions[found.stream_id]


def _left(asked: Asked, sums: Told) -> dict[str, list[str]]:
    """How often each task was opened, and by case the tasks that nobody has passed: they have been reached all the same."""
    of_period = (asked.complaints(), within(_item.opened_at, asked.period))
    joined = work_item.join(register_entry, _entry.case_id == _item.case_id)
    counted = sa.select(_item.element_id, sa.func.count()).select_from(joined).where(*of_period).group_by(_item.element_id)
    sums.opened.update({element_id: int(times) for element_id, times in asked.rows(counted)})
    query = sa.select(_item.case_id, _item.element_id).select_from(joined).where(*of_period, _item.status.not_in(_PASSED))
    found: dict[str, list[str]] = defaultdict(list)
    for case_id, element_id in asked.rows(query.order_by(_item.case_id, _item.opened_at)):
        found[case_id].append(element_id)
    return found


def _count(sums: Told, events: str) -> None:
    for name, key in ((_MIGRATED, MOVED), (_EXCLUSION, EXCLUSION)):
        sums.by_hand[key] += events.count(name)
    if _RESOLVED in events:
        sums.by_hand.update(str(one.get("resolution")) for one in json.loads(events) if f'"type":"{one["type"]}"' == _RESOLVED)


@lru_cache(maxsize=20_000)
def _passed(step: str) -> tuple[str, ...]:
    return tuple(json.loads(step)["passed"])


class Branches:
    """Where ways part in a procedure: by element the targets, and the elements by whose passing an element is entered too."""

    def __init__(self, procedure: Procedure) -> None:
        self.stops = {stop.id: stop for diagram in procedure.diagrams.values() for stop in every_stop(stops_of(diagram))}
        self.targets = {own: {way.to for way in stop.ways} for own, stop in self.stops.items() if len(stop.ways) > 1}
        ways = Counter(way.to for stop in self.stops.values() for way in stop.ways)
        self.sole = frozenset(target for target, times in ways.items() if times == 1)
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
    """The way of so many cases: after a gateway is passed, the first of its targets that is reached tells which way was taken."""

    def __init__(self, branches: Branches, sums: Told, times: int) -> None:
        self._branches, self._sums, self._times = branches, sums, times
        self._awaited: dict[str, set[str]] = {}

    def go(self, passed: Iterable[str]) -> None:
        """Elements that were passed, in order."""
        for element_id in passed:
            self._sums.passed[element_id] += self._times
            self._see(element_id)
            targets = self._branches.targets.get(element_id)
            if targets is not None:
                self._awaited[element_id] = set(targets)

    def reach(self, opened: Iterable[str]) -> None:
        """Elements that were come to."""
        for element_id in opened:
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
        self._sums.ways[gateway, target] += self._times
        self._awaited[gateway].discard(target)
        if gateway in self._branches.one_way or not self._awaited[gateway]:
            del self._awaited[gateway]
