"""The walks: along the usual answers to the end first, then by whatever leads to an element that nothing has reached yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from engine.domain.values import Value
from engine.procedure import evaluate_all
from engine.procedure.diagrams.markup import ACTIVITIES
from engine.rehearsal.dry_run.moves import Move, Moves
from engine.rehearsal.dry_run.routes import Routes
from engine.rehearsal.dry_run.walking import Act, Moment, Trouble, Walker
from engine.rehearsal.stage import REGISTERED_AT
from engine.workflow import Model

#: Steps for each diagram that a start may come to, and moves for each element that nothing has reached.
MOST_STEPS, MOST_TRIES = 200, 20
#: So many steps in a row without anything new end a walk; on the way to a certain element it may be more.
PATIENCE, FAR = 4, 12
#: A working day, mid-morning: the dry run must not depend on the day on which it is made.
STARTS_AT = datetime(2026, 9, 2, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class DryRun:
    """How far sample cases came: the steps taken, the elements never reached, and what went wrong."""

    steps: int
    unreached: tuple[str, ...]
    troubles: tuple[Trouble, ...]


def dry_run(model: Model, routes: Routes) -> DryRun:
    """Walk sample cases through every start of the main process; the same files always give the same walks."""
    search = _Search(model, routes)
    for begins_at in routes.starts or (None,):
        search.enter(begins_at)
    return DryRun(search.walker.steps, search.unreached, tuple(search.walker.troubles))


class _Search:
    """What has been reached, and where walks have been."""

    def __init__(self, model: Model, routes: Routes) -> None:
        self.walker = Walker(model, STARTS_AT)
        self._routes, self._procedure = routes, model.procedure
        self._moves = Moves(self.walker, routes, lambda moment, target: self._usual(moment, target, ()))
        self._activities = frozenset(own for own, element in self._procedure.elements.items() if element.kind in ACTIVITIES)
        self._reached: set[str] = set()
        self._completed: set[str | None] = set()
        self._tried: set[tuple[object, ...]] = set()
        self._tries: Counter[object] = Counter()
        self._seen: set[tuple[object, ...]] = set()
        self._useful: tuple[tuple[str, ...], list[str]] = (), []
        self._budget = 0

    @property
    def unreached(self) -> tuple[str, ...]:
        """The elements that no sample has reached, in the order of the files."""
        return tuple(own for own in self._routes.ids if own not in self._reached)

    def enter(self, begins_at: str | None) -> None:
        """One start event: the usual way first, then what is missing."""
        diagrams = {graph.process_id for graph in self._routes.graphs}
        self._budget = self.walker.steps + MOST_STEPS * len(diagrams)
        for values in self._first_values():
            self._follow(Move((), None, Act("start", begins_at, values=values)))
        while self.walker.steps < self._budget:
            moves = self._moves.towards(tuple(own for own in self.unreached if self._tries[own] < MOST_TRIES))
            move = next((move for move in moves if move.sign not in self._tried), None)
            if move is None:
                return
            self._tried.add(move.sign)
            self._tries[move.sign[0]] += 1
            self._follow(move)

    def _first_values(self) -> Iterator[Mapping[str, Value]]:
        procedure = self._procedure
        keys = (procedure.register.get("heard_at", ""), REGISTERED_AT)
        moments: dict[str, Value] = {key: STARTS_AT for key in keys if key in procedure.moments}
        yield moments
        urgent = evaluate_all(procedure.intake.emergency_sets, {}, STARTS_AT, procedure.day_rules.tz)
        if urgent:
            yield {**moments, **urgent}

    def _follow(self, move: Move) -> None:
        """The act, then usual answers: to the element it is meant for, and as long as something new can be expected."""
        idle, target, before, act, fired = 0, move.target, move.before, move.act, set[str | None]()
        while self.walker.steps < self._budget and (moment := self.walker.do(before, act)) is not None:
            self._moves.moments.append(moment)
            idle = 0 if self._reach(moment) else idle + 1
            target = None if target in moment.passed else target
            place, fired = self._place(moment), fired | {act.element_id}
            if moment.ended or idle > (FAR if target else PATIENCE) or (target is None and place in self._seen):
                return
            self._seen.add(place)
            following = self._usual(moment, target, fired)
            if following is None or (target is None and not self._leads_on(moment)):
                return
            before, act = moment, following

    def _reach(self, moment: Moment) -> bool:
        """Whether the moment has something new, which is noted."""
        before = len(self._reached)
        self._reached.update(moment.passed, moment.active & self._activities)
        return len(self._reached) > before

    def _leads_on(self, moment: Moment) -> bool:
        return self._routes.lead_on(moment.active & self._activities, self._reached)

    def _usual(self, moment: Moment, target: str | None, fired: Collection[str | None]) -> Act | None:
        """The task to be completed next, one on the way to the target or never completed first; without tasks the next timer."""
        if moment.open:
            near = self._routes.processes_before(target) if target else frozenset()
            item = min(moment.open, key=lambda item: (item.process_id not in near, item.element_id in self._completed))
            self._completed.add(item.element_id)
            return Act("complete", item.element_id)
        if moment.due:
            return Act("fire", min(moment.due, key=lambda row: row.element_id in fired).element_id)
        return None

    def _place(self, moment: Moment) -> tuple[object, ...]:
        """Where a case stands, as far as it matters for what is still missing."""
        missing = self.unreached
        if self._useful[0] != missing:
            self._useful = missing, sorted({key for own in missing for key in self._keys_before[own]})
        opened = sorted(item.element_id for item in moment.open)
        timers = tuple(row.element_id for row in moment.due if row.element_id not in self._reached)
        return (*opened, timers, repr([moment.values.get(key) for key in self._useful[1]]))

    @cached_property
    def _keys_before(self) -> Mapping[str, frozenset[str]]:
        """The keys on which it may depend whether an element is entered."""
        choice, everything = self._routes.choice, self._routes.everything
        return {
            own: frozenset(key for gateway in gateways for key in choice(gateway, own, everything).keys)
            for own, gateways in self._routes.gateways_before.items()
        }
