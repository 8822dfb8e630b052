"""One step of a sample case: load, do one thing, save, load again and compare; what goes wrong is noted, never raised."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from engine.calendar import Calendar
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import EngineError, Incident
from engine.procedure import evaluate_all
from engine.rehearsal.dry_run.samples import sample_answer
from engine.rehearsal.stage import FIRST_FACTS
from engine.workflow import Due, Instance, ItemOpened, Model, Occasion, OpenItem, Passed

_LOG = logging.getLogger(__name__)
Kind = Literal["incident", "crash", "state"]
#: What a fault in the engine or the workflow library shows itself as; an EngineError is an answer, not a fault.
CRASHES = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
STATE_CHANGED = Text("存盘后再读出来，状态不一样", "saved and loaded again, the state differs")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong in a step: the element, the sentence, and whether it was an incident, a crash or a state not kept."""

    kind: Kind
    element_id: str | None
    text: Text


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done to a case: entering it, completing a task, firing a timer, handing over a message, or only values.

    ``values`` come on top: those of the task's form are entered there, the others are set before.
    """

    kind: Literal["start", "complete", "fire", "deliver", "put"]
    element_id: str | None = None
    message: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Moment:
    """A saved sample case: how it came about, where it stands, and the elements that the step has passed or opened."""

    before: Moment | None
    act: Act
    number: int
    blob: bytes
    now: datetime
    values: Mapping[str, Value]
    open: tuple[OpenItem, ...]
    due: tuple[Due, ...]
    active: frozenset[str]
    passed: frozenset[str]
    ended: bool
    forced: bool

    def due_at(self, element_id: str | None) -> Due | None:
        """The timer of an event that waits."""
        return next((row for row in self.due if row.element_id == element_id), None)


class Walker:
    """Moves sample cases of one model; counts the steps, keeps the troubles."""

    def __init__(self, model: Model, starts: datetime) -> None:
        self.procedure = model.procedure
        self.steps = 0
        self.troubles: list[Trouble] = []
        self._at_hand: tuple[Moment, Instance] | None = None
        self._model, self._starts = model, starts
        self._calendar = Calendar(self.procedure.day_rules)
        self._actions = {action.message: action for action in self.procedure.actions.values() if action.message}
        raised = {action.field for action in self.procedure.actions.values()}
        self._settable = raised.union(*(action.sets for action in self.procedure.actions.values()))

    def do(self, before: Moment | None, act: Act) -> Moment | None:
        """The case after the act; None after noting why there is none."""
        self.steps += 1
        forced = self._is_forced(before, act)
        try:
            return self._saved(before, act, self._done(before, act), forced)
        except Incident as problem:
            self._note("incident", problem.element_id or act.element_id, problem.text, forced)
        except EngineError as problem:
            self._note("incident", act.element_id, problem.text, forced)
        except CRASHES as problem:
            kind = type(problem).__name__
            # What it says is English alone; sample cases hold nothing that people wrote.
            _LOG.warning("a dry run fails at %s: %s", act.element_id, problem)
            self._note("crash", act.element_id, Text(f"程序出错（{kind}）。", f"{kind}: {problem}"))
        return None

    def scope(self, moment: Moment | None) -> dict[str, Value]:
        """Everything that an expression on the case may read."""
        return {**dict.fromkeys(self.procedure.names), **FIRST_FACTS, **(moment.values if moment else {})}

    def now(self, before: Moment | None, act: Act) -> datetime:
        """When the act happens: at once, or when the timer is due."""
        if before is None:
            return self._starts
        due = before.due_at(act.element_id) if act.kind == "fire" else None
        return max(before.now, due.due_at) if due else before.now

    def _done(self, before: Moment | None, act: Act) -> Instance:
        now = self.now(before, act)
        occasion = Occasion(now, self._calendar, FIRST_FACTS)
        if before is None:
            return Instance.start(self._model, occasion, act.values, {}, act.element_id)
        case = self._loaded(before, occasion)
        entered = {key: value for key, value in act.values.items() if key in self._entered_at(act)}
        if aside := {key: value for key, value in act.values.items() if key not in entered}:
            case.set_values(aside)
        # Values set aside may have taken away what the act is about.
        item = next((item for item in case.open_items if item.element_id == act.element_id), None)
        if act.kind == "complete" and item is not None:
            self._complete(case, item, entered, now)
        elif act.kind == "fire":
            _fire(case, str(act.element_id), now)
        elif act.kind == "deliver" and case.waits_for(act.message):
            self._deliver(case, before, act.message)
        return case

    def _loaded(self, before: Moment, occasion: Occasion) -> Instance:
        """The case at that moment; the one read back for comparison serves once, since nothing has changed it."""
        at_hand, self._at_hand = self._at_hand, None
        if at_hand is not None and at_hand[0] is before and before.now == occasion.now:
            return at_hand[1]
        return Instance.load(self._model, before.blob, occasion)

    def _entered_at(self, act: Act) -> frozenset[str]:
        form = self.procedure.form_of(act.element_id) if act.kind == "complete" and act.element_id else None
        return form.keys if form else frozenset()

    def _is_forced(self, before: Moment | None, act: Act) -> bool:
        """Whether values stand on the case that no person or action could have put there."""
        aside = act.values.keys() - self._entered_at(act) - self._settable
        return before is not None and (before.forced or bool(aside))

    def _complete(self, case: Instance, item: OpenItem, entered: Mapping[str, Value], now: datetime) -> None:
        form = self.procedure.form_of(item.element_id)
        scope = {**dict.fromkeys(self.procedure.names), **FIRST_FACTS, **case.values_at(item.id)}
        answer = {} if form is None else sample_answer(self.procedure, form, scope, entered, now)
        people = (f"{item.role} {number}" for number in range(1, len(item.excludes) + 2))
        case.complete(item.id, answer, item.assignee or next(person for person in people if person not in item.excludes))

    def _deliver(self, case: Instance, before: Moment, message: str) -> None:
        action = self._actions.get(message)
        sets = evaluate_all(action.sets if action else {}, self.scope(before), before.now, self.procedure.day_rules.tz)
        if sets:
            case.set_values(sets)
        case.deliver(message)

    def _saved(self, before: Moment | None, act: Act, case: Instance, forced: bool) -> Moment:
        now, happened, blob = self.now(before, act), case.drain(), case.dump()
        again = Instance.load(self._model, blob, Occasion(now, self._calendar, FIRST_FACTS))
        if again.dump() != blob:
            self._note("state", act.element_id, STATE_CHANGED)
        passed = [one.element_id for one in happened if isinstance(one, Passed)]
        opened = [one.item.element_id for one in happened if isinstance(one, ItemOpened)]
        # Task ids are drawn anew in every run, so nothing may depend on their order.
        items = sorted(again.open_items, key=lambda item: (item.opened_at, item.element_id, item.loop_index or 0))
        due = sorted((row for row in again.due() if row.kind == "event"), key=lambda row: (row.due_at, str(row.element_id)))
        where = (dict(again.values), tuple(items), tuple(due), again.active, frozenset([*passed, *opened]), again.ended)
        moment = Moment(before, act, self.steps, blob, now, *where, forced)
        self._at_hand = moment, again
        return moment

    def _note(self, kind: Kind, element_id: str | None, text: Text, forced: bool = False) -> None:
        if not forced:
            self.troubles.append(Trouble(kind, element_id, text))


def _fire(case: Instance, element_id: str, now: datetime) -> None:
    """Fire one timer if it still waits; limits that fall due before it warn and are breached on the way."""
    for row in case.due():
        if row.due_at <= now and (row.kind != "event" or row.element_id == element_id):
            if any(one.id == row.id for one in case.due()):
                case.fire(row.id)
            if row.kind == "event":
                return
