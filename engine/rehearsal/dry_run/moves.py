"""What may lead a sample case to an element that nothing has reached yet, the surest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from engine.domain.values import Value
from engine.feel import EvaluationContext
from engine.rehearsal.dry_run.deciding import Choice, Trigger
from engine.rehearsal.dry_run.routes import Routes
from engine.rehearsal.dry_run.samples import other_samples
from engine.rehearsal.dry_run.walking import Act, Moment, Walker

Asked = Callable[[], Choice]
EVENTS = frozenset({"fire", "deliver"})


@dataclass(frozen=True, slots=True)
class Move:
    """One thing to try: by what it is known again, from where, the act, and the element to which the walk then goes on."""

    sign: tuple[object, ...]
    before: Moment | None
    act: Act
    target: str | None = None


class Moves:
    """The moves from the moments that were saved so far."""

    def __init__(self, walker: Walker, routes: Routes, usual: Callable[[Moment, str], Act | None]) -> None:
        self.moments: list[Moment] = []
        self._found: dict[tuple[str, Moment], list[Mapping[str, Value]]] = {}
        self._walker, self._routes, self._usual = walker, routes, usual
        self._procedure = walker.procedure

    def towards(self, missing: tuple[str, ...]) -> Iterator[Move]:
        """Every move that may reach one of these elements."""
        for family in (self._events, self._onward, self._choices, self._while_open, self._limits, self._likes):
            for own in missing:
                yield from family(own)

    def _events(self, own: str) -> Iterator[Move]:
        """Where an event waits that has never come: let it come."""
        trigger, waits_at = self._routes.trigger_of(own), self._routes.waits_at(own)
        for moment in _plainest(self.moments) if trigger else ():
            if moment.due_at(own) is not None:
                yield Move((own, moment), moment, Act("fire", own))
            elif trigger and waits_at in moment.active:
                yield from self._caught(own, moment, trigger)

    def _caught(self, own: str, moment: Moment, trigger: Trigger) -> Iterator[Move]:
        if trigger.message:
            yield Move((own, moment), moment, Act("deliver", own, trigger.message))
        for values in self._values(own, moment, partial(_same, trigger.choice)) if trigger.choice else ():
            yield Move((own, moment, repr(values)), moment, Act("put", own, values=values))

    def _onward(self, own: str) -> Iterator[Move]:
        """Where a call or subprocess has begun that nothing has come out of: see it through."""
        before = self._routes.activities_before(own)
        for moment in _plainest(self.moments) if before else ():
            act = None if before.isdisjoint(moment.active) else self._usual(moment, own)
            if act is not None:
                yield Move((own, *(item.element_id for item in moment.open)), moment, act, own)

    def _choices(self, own: str) -> Iterator[Move]:
        """Where a gateway has never let a case through: come to it again with other values."""
        for gateway in self._routes.gateways_before[own]:
            for moment in _plainest(moment for moment in self.moments if gateway in moment.passed):
                yield from self._again(own, moment, partial(self._routes.choice, gateway, own, moment.passed), gateway)

    def _while_open(self, own: str) -> Iterator[Move]:
        """Where a gateway asks whether a task is open: do what led to it while one of those tasks is."""
        for gateway in self._routes.gateways_before[own]:
            asked = self._routes.tasks_asked(gateway, own)
            came = [moment for moment in self.moments if gateway in moment.passed] if asked else []
            events = dict.fromkeys((one.act.kind, one.act.element_id, one.act.message) for one in came if one.act.kind in EVENTS)
            for act in events:
                for moment in _plainest(self.moments):
                    tasks = frozenset(item.element_id for item in moment.open)
                    if not asked.isdisjoint(tasks) and self._can(moment, str(act[1])):
                        yield Move((own, act, tasks), moment, Act(*act), gateway)

    def _can(self, moment: Moment, element_id: str) -> bool:
        """Whether the case stands where the act is possible."""
        return moment.due_at(element_id) is not None or self._routes.waits_at(element_id) in moment.active

    def _limits(self, own: str) -> Iterator[Move]:
        """Where a timer has never had a moment to wait for: let its limit be counted for other values."""
        host = self._procedure.elements[own].attached_to
        for limit in self._routes.limits_of(own):
            opening, choice = self._routes.opening(limit), partial(self._routes.rows_of, limit)
            for moment in _plainest(moment for moment in self.moments if not opening.isdisjoint(moment.passed)):
                yield from self._again(own, moment, choice, host)

    def _likes(self, own: str) -> Iterator[Move]:
        """What has led to a gateway once, tried where other values stand on the case."""
        for gateway in self._routes.gateways_before[own]:
            act = _answer_before(next((moment for moment in reversed(self.moments) if gateway in moment.passed), None))
            keys = self._routes.choice(gateway, own, self._routes.everything).keys
            for moment in _plainest(self.moments) if act else ():
                if act and any(item.element_id == act.element_id for item in moment.open):
                    sign = (own, act.element_id, repr([moment.values.get(key) for key in keys]))
                    yield Move(sign, moment, act, gateway)

    def _again(self, own: str, moment: Moment, choice: Asked, target: str | None) -> Iterator[Move]:
        """The step that led to the moment once more, with other values."""
        for values in self._values(own, moment, choice):
            act = replace(moment.act, values={**moment.act.values, **values})
            yield Move((own, moment.act.element_id, repr(values)), moment.before, act, target)

    def _values(self, own: str, moment: Moment, asked: Asked) -> list[Mapping[str, Value]]:
        """What one of the keys may be changed to; what makes the choice hold comes first, and alone where that is sure."""
        if (own, moment) not in self._found:
            choice, scope, vocabulary = asked(), self._walker.scope(moment), self._procedure.vocabulary
            others = [scope[key] for key in choice.keys if scope.get(key) is not None]
            values = [
                {key: value}
                for key in choice.keys
                if key in vocabulary or key in self._procedure.moments
                for value in other_samples(vocabulary.get(key), choice.source, others, moment.now)
                if scope.get(key) != value
            ]
            context = EvaluationContext(now=moment.now, zone=self._procedure.day_rules.tz)
            holding = [one for one in values if choice.holds({**scope, **one}, context)]
            rest = [] if choice.sure else [one for one in values if one not in holding]
            self._found[own, moment] = [*holding, *rest]
        return self._found[own, moment]


def _same(choice: Choice) -> Choice:
    return choice


def _plainest(moments: Iterable[Moment]) -> list[Moment]:
    """Moments with nothing put aside and few tasks beside first, then the latest."""
    return sorted(moments, key=lambda moment: (len(moment.act.values), len(moment.open), -moment.number))


def _answer_before(moment: Moment | None) -> Act | None:
    """The last task before the moment that was completed in an unusual way."""
    while moment is not None and not (moment.act.kind == "complete" and moment.act.values):
        moment = moment.before
    return None if moment is None else moment.act
