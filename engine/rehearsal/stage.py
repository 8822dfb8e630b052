"""One case on a virtual clock: everything a story can do to it, and what has happened since it was last looked at."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from engine.calendar import Calendar, DayRules
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import InvalidState, InvalidValues, Rejection
from engine.procedure import Form, FormAnswer, Procedure, evaluate_all
from engine.procedure.answers import as_value
from engine.rehearsal.absence import NOTHING_GONE, Absence, Ghosts
from engine.rehearsal.hands import ANOTHER, ANYBODY, Hands, Who
from engine.rehearsal.scenario import Scenario
from engine.rehearsal.seen import Seen
from engine.rehearsal.values import story_values, usual_answers
from engine.workflow import Happening, Instance, ItemOpened, Model, Occasion, OpenItem, Passed

#: What the engine counts for a case that nobody has come back about.
FIRST_FACTS: Mapping[str, Value] = {"contact_count": 0, "linked_count": 0, "raised_count": 1, "passing_on_count": 0}
MOST_FIRED = 5_000
MOST_COMPLETED = 300
#: Where each of several alike finds its number.
LOOP_INDEX = "loop_index"
#: The moment that registering itself sets.
REGISTERED_AT = "registered_at"
#: What the engine counts when one of these actions is taken, and when a task is passed on.
COUNTED: Mapping[str, tuple[str, ...]] = {
    "log_contact": ("contact_count", "raised_count"),
    "link": ("linked_count", "raised_count"),
}
PASSED_ON = "passing_on_count"
#: The action of those who may let a task pass undone.
WAIVE = "waive"
#: One of several open tasks of one name: its place among them, or its department or person.
Which = int | str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A form as it opens: over which values of the case, and with which answers in it."""

    form: Form
    scope: Mapping[str, Value]
    given: Mapping[str, Value]


class Stage:
    """A running case; every change also fires what is due by then, one at a time, at its own moment."""

    def __init__(self, model: Model, story: Scenario, absence: Absence = NOTHING_GONE) -> None:
        self.procedure: Procedure = model.procedure
        self.now = story.starts.astimezone(UTC)
        self.seen = Seen()
        self.path: list[str] = []
        self.touched: set[str] = set()
        self.hands = Hands(model.procedure)
        self._absence, self._ghosts = absence, Ghosts(absence)
        self._model = model
        self._calendar = _calendar(self.procedure.day_rules)
        self._facts = {key: as_value(value) for key, value in {**FIRST_FACTS, **story.facts}.items()}
        self._intake = absence.left(self._form(self.procedure.intake.task), self._given(story.values, {}))
        self._personal: dict[str, Value] = {}
        self.instance = Instance.start(model, self._occasion(), self._first_values(), {}, story.begins)
        self._settle()

    @property
    def open(self) -> list[str]:
        """The element ids of the open tasks, sorted."""
        return sorted(item.element_id for item in self.instance.open_items)

    @property
    def values(self) -> dict[str, Value]:
        """The values of the case, the personal ones that were answered among them."""
        return {**self._personal, **self.instance.values}

    def shows(self, task: str, name: str, typed: Mapping[str, Any]) -> bool:
        """Whether the open task's form shows the part of this name, in words of both languages, once so much is typed."""
        form = self.procedure.form_of(task)
        item = next((item for item in self.instance.open_items if item.element_id == task), None)
        line = form.part(name) if form is not None and item is not None else None
        if form is None or item is None or not line:
            return False
        seen = {**self._scope(), **self.instance.values_at(item.id)}
        scope = {**seen, **self._given(typed, seen)}
        return line[-1].says_something and all(form.visible(part, scope) for part in line)

    def go_to(self, moment: datetime) -> None:
        """Move the clock, firing on the way whatever falls due, at the moment it does."""
        target = moment.astimezone(UTC)
        if target < self.now:
            said = Text("时钟不能倒退。", "The clock cannot go back.")
            raise InvalidState(said)
        for _ in range(MOST_FIRED):
            due = self.instance.due()
            if not due or due[0].due_at > target:
                break
            self._at(max(self.now, due[0].due_at))
            self.instance.fire(due[0].id)
            self._drain()
        else:
            said = Text(f"定时器响了 {MOST_FIRED} 次还没有停。", f"Timers fired {MOST_FIRED} times without coming to rest.")
            raise InvalidState(said)
        self._at(target)

    def complete(self, task: str, role: str | None, person: str | None, values: Mapping[str, Any], which: Which = None) -> None:
        """Complete an open task with the usual answers and these on top; ``Rejection`` when the engine would refuse it."""
        if self._ghosts.pass_over(task):
            return
        item = self.item(task, which)
        by = self.hands.doer(item, Who(role, person))
        self.instance.complete(item.id, self._answer(item, values), by)
        self._settle()

    def deal(self, dealing: str, task: str, who: Who, to: str | None = None, which: Which = None) -> None:
        """Hand an open task on, or take it in hand; ``Rejection`` when the engine would refuse it."""
        if task in self._ghosts:
            return
        department = self.hands.deal(dealing, self.item(task, which), who, to)
        if department is not None:
            self._count((PASSED_ON,))
            key = self.procedure.register.get("department")
            self.instance.set_values({key: department} if key else {})
        self._settle()

    def reach(self, task: str, leave: Collection[str] = ()) -> None:
        """Complete what is open, with usual answers, until the task is open; tasks to leave stay as they are."""
        for _ in range(MOST_COMPLETED):
            if task in self.open or task in self._ghosts:
                return
            self._ghosts.forget()
            item = next((item for item in self.instance.open_items if item.element_id not in leave), None)
            if item is None:
                break
            self.complete(item.element_id, None, self.hands.of(item).holder or item.assignee or self._free_person(item), {})
        raise InvalidState(Text(f"走不到“{task}”。", f'"{task}" was not reached.'))

    def act(self, action: str, role: str | None, values: Mapping[str, Any]) -> None:
        """Take one of the procedure's actions."""
        rule = self.procedure.actions[action]
        if role is not None and role not in rule.roles and ANYBODY not in rule.roles:
            raise InvalidState(Text(f"“{role}”不能做“{action}”。", f'"{role}" may not do "{action}".'))
        if rule.message and not self.instance.waits_for(rule.message):
            raise InvalidState(Text(f"现在没有环节在等“{rule.message}”。", f'Nothing waits for "{rule.message}" now.'))
        given = self._given(values, self._scope())
        if rule.field and rule.only_up:
            self._require_higher(rule.field, given.get(rule.field))
        self._count(COUNTED.get(action, ()))
        sets = evaluate_all(rule.sets, self._scope(), self.now, self.procedure.day_rules.tz)
        if sets or given or action in COUNTED:
            self.instance.set_values({**sets, **given})
        if rule.message:
            self.instance.deliver(rule.message)
        self._settle()

    def deliver(self, message: str) -> None:
        """Hand over a message."""
        self.instance.deliver(message)
        self._settle()

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Change values of the case."""
        self.instance.set_values(self._given(values, self._scope()))
        self._settle()

    def skip(self, task: str, role: str | None, person: str | None = None, which: Which = None) -> None:
        """Waive an open task; refused to a role to which the procedure does not give that."""
        if self._ghosts.pass_over(task):
            return
        item, rule = self.item(task, which), self.procedure.actions.get(WAIVE)
        if rule is not None and role is not None and role not in rule.roles and ANYBODY not in rule.roles:
            raise InvalidState(Text(f"“{role}”不能做“{rule.key}”。", f'"{role}" may not do "{rule.key}".'))
        self.instance.skip(item.id, person or role or "")
        self._settle()

    def _first_values(self) -> dict[str, Value]:
        procedure, register = self.procedure, self.procedure.register
        plain = {key: value for key, value in self._intake.items() if not self._is_personal(key)}
        moments = {key: self.now for key in (register.get("heard_at", ""), REGISTERED_AT) if key in procedure.moments}
        if not plain.get(register.get("emergency", "")):
            return {**moments, **plain}
        urgent = evaluate_all(procedure.intake.emergency_sets, {}, self.now, procedure.day_rules.tz)
        return {**moments, **self._absence.left(procedure.intake.emergency_form, plain), **urgent}

    def asked(self, item: OpenItem) -> Asked | None:
        """What the task's form shows by itself before anybody says more; None for a task without a form."""
        form = self.procedure.form_of(item.element_id)
        if form is None:
            return None
        scope = {**self._scope(), **self.instance.values_at(item.id)}
        first = self._intake if item.element_id == self.procedure.intake.task else {}
        kept = {key: scope[key] for key in form.keys if scope.get(key) is not None and self.procedure.vocabulary[key].keep}
        usual = usual_answers(self.procedure, form.name, {**scope, **first}, self.now)
        return Asked(form, scope, {**kept, **usual, **{key: value for key, value in first.items() if key in form.keys}})

    def _answer(self, item: OpenItem, values: Mapping[str, Any]) -> dict[str, Value]:
        asked = self.asked(item)
        if asked is None:
            return {}
        given = {**asked.given, **self._given(values, asked.scope)}
        answer = asked.form.read(self._absence.left(asked.form.name, given), asked.scope, zone=self.procedure.day_rules.tz)
        _require_accepted(answer)
        self._personal.update({key: value for key, value in answer.values.items() if self._is_personal(key)})
        return {key: value for key, value in answer.values.items() if not self._is_personal(key)}

    def _given(self, values: Mapping[str, Any], scope: Mapping[str, Value]) -> dict[str, Value]:
        return story_values(self.procedure, values, scope, self.now)

    def _form(self, task: str) -> str | None:
        form = self.procedure.form_of(task)
        return form.name if form else None

    def _is_personal(self, key: str) -> bool:
        field = self.procedure.vocabulary.get(key)
        return field is not None and field.personal

    def _scope(self) -> dict[str, Value]:
        return {**dict.fromkeys(self.procedure.names), **self._facts, **self._personal, **self.instance.values}

    def item(self, task: str, which: Which = None) -> OpenItem:
        """The open item of a task, the first of several unless told which; InvalidState when it is not open."""
        alike = [item for item in self.instance.open_items if item.element_id == task]
        found = next((item for item in alike if which is None or which in self.marks(item, alike)), None)
        if found is None:
            raise InvalidState(Text(f"任务“{task}”没有打开。", f'The task "{task}" is not open.'))
        return found

    def marks(self, item: OpenItem, alike: Sequence[OpenItem]) -> tuple[int | str, ...]:
        """By what one of several open tasks of one name may be told: its number, its department, its person."""
        number = self.instance.values_at(item.id).get(LOOP_INDEX)
        place = int(str(number)) if number is not None else alike.index(item) + 1
        hold = self.hands.of(item)
        return (place, *(mark for mark in (hold.department, hold.holder, item.assignee) if mark is not None))

    def _require_higher(self, key: str, value: Value) -> None:
        order = [choice.value for choice in self.procedure.vocabulary[key].choices]
        present = self.instance.values.get(key)
        if value not in order or (present in order and order.index(value) <= order.index(present)):
            raise InvalidState(Text(f"“{key}”只能提高。", f'"{key}" can only be raised.'))

    def _free_person(self, item: OpenItem) -> str:
        own = str(item.role)
        return own if own not in self.hands.excludes(item) else f"{ANOTHER}{own}"

    def _count(self, facts: Sequence[str]) -> None:
        """One more of each; the occasion of the case has the same facts at hand."""
        for key in facts:
            self._facts[key] = Decimal(str(self._facts.get(key) or 0)) + 1

    def _occasion(self) -> Occasion:
        return Occasion(self.now, self._calendar, self._facts)

    def _at(self, moment: datetime) -> None:
        if moment != self.now:
            self.now = moment
            self.instance = Instance.load(self._model, self.instance.dump(), self._occasion())

    def _settle(self) -> None:
        self._drain()
        self.go_to(self.now)

    def _drain(self) -> None:
        for happening in self.instance.drain():
            self._note(happening)

    def _note(self, happening: Happening) -> None:
        self.seen.note(happening)
        if isinstance(happening, Passed):
            self.touched.add(happening.element_id)
            if not self._ghosts.note(happening.element_id):
                self.path.append(happening.element_id)
        elif isinstance(happening, ItemOpened):
            self.touched.add(happening.item.element_id)


@lru_cache(maxsize=16)
def _calendar(rules: DayRules) -> Calendar:
    """The calendar of the shipped days; making one asks which edition of them is installed, which takes long."""
    return Calendar(rules)


def _require_accepted(answer: FormAnswer) -> None:
    if answer.unknown:
        names = "、".join(answer.unknown)
        raise Rejection(Text(f"表单上没有：{names}。", f"The form does not show {', '.join(answer.unknown)}."))
    if answer.errors:
        zh = "；".join(text.zh for text in answer.errors.values())
        raise InvalidValues(Text(zh, "; ".join(text.en for text in answer.errors.values())), answer.errors)
