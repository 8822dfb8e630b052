"""What is answered at a task: as the record says where it knows the task, else as people usually answer, which is assumed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import EngineError
from engine.procedure import Form, Procedure
from engine.rehearsal.dry_run.samples import sample_answer
from engine.rehearsal.replay.customs import Customs, Pace
from engine.rehearsal.replay.record import Record, Task
from engine.rehearsal.values import usual_answers
from engine.workflow import OpenItem

#: ``recorded``: done when it was done; ``moved``: opened at another time, took as long; ``assumed``: not in the record;
#: ``waits``: nobody had done it yet when the record ends.
Basis = Literal["recorded", "moved", "assumed", "waits"]


class Unanswered(EngineError):
    """The record cannot answer what the task asks; ``element_id`` is the task."""

    def __init__(self, text: Text, element_id: str) -> None:
        super().__init__(text)
        self.element_id = element_id


@dataclass(frozen=True, slots=True)
class Plan:
    """When a task will be done and on what basis; ``task`` is the one of the record, if it knows the task."""

    item: OpenItem
    basis: Basis
    at: datetime | None
    task: Task | None = None
    order: int = 10**9

    @property
    def waived(self) -> bool:
        """Whether it is passed over, as it was."""
        return self.task is not None and self.task.how == "waived" and self.basis != "assumed"


class Answers:
    """The answers of one record, given to the tasks of a procedure in the order in which tasks of the same name open.

    ``asked_anew`` are, by form, the keys that are asked otherwise than when the record was made; ``renamed`` says what a task
    was called then.
    """

    def __init__(
        self,
        procedure: Procedure,
        record: Record,
        customs: Customs,
        pace: Pace,
        asked_anew: Mapping[str, frozenset[str]],
        renamed: Mapping[str, str],
    ) -> None:
        self._procedure, self._record, self._customs, self._pace = procedure, record, customs, pace
        self._asked_anew, self._renamed = asked_anew, renamed
        self._known: dict[str, list[Task]] = defaultdict(list)
        for task in record.tasks:
            self._known[task.element_id].append(task)
        self._met: dict[str, int] = defaultdict(int)

    def plan(self, item: OpenItem) -> Plan:
        """When the task that has just opened will be done."""
        named = self._renamed.get(item.element_id, item.element_id)
        known, place = self._known[named], self._met[named]
        self._met[named] += 1
        if place >= len(known):
            return self._assumed(item, known[-1] if known else None)
        task = known[place]
        if task.ended_at is None:
            return Plan(item, "waits", None, task)
        if task.how == "cancelled":
            return self._outlived(item, task)
        at = self._moved(task, task.ended_at, item)
        return Plan(item, "recorded" if at == task.ended_at else "moved", at, task, task.order)

    def values(self, plan: Plan, scope: Mapping[str, Value], now: datetime) -> dict[str, Value]:
        """What completing the task enters; ``Unanswered`` when it asks for what the record does not say."""
        form = self._procedure.form_of(plan.item.element_id)
        answers = plan.task.answers if plan.task is not None and plan.task.how == "done" else None
        if form is None:
            return dict(answers or {})
        anew = self._asked_anew.get(form.name, frozenset())
        whole = plan.task is None or plan.task.whole
        if answers is None or not whole or (anew and plan.basis == "assumed"):
            return self._supposed(form, answers or {}, scope, now)
        given = {**dict.fromkeys(form.keys), **answers}
        return {**given, **self._anew(form, plan.item.element_id, anew, answers, scope, now)} if anew else given

    def unused(self) -> list[Task]:
        """The tasks that people did and that never came up."""
        left = (task for named, tasks in self._known.items() for task in tasks[self._met[named] :])
        return [task for task in left if task.how == "done"]

    def _assumed(self, item: OpenItem, like: Task | None) -> Plan:
        # Another round of what the record knows ends as the last one did.
        done = like if like is not None and like.how == "done" else None
        if item.element_id in self._record.told_of:
            closed = self._record.closed
            return Plan(item, "assumed" if closed else "waits", max(self._record.until, item.opened_at) if closed else None, done)
        working = self._customs.usual(item.element_id, item.role)
        return Plan(item, "assumed", self._pace.after(item.opened_at, working), done)

    def _moved(self, task: Task, ended_at: datetime, item: OpenItem) -> datetime:
        """When a task that has opened now ends, as it did then; where nobody knows how long it took, by then."""
        moved = ended_at if task.opened_at is None else self._pace.moved(task.opened_at, ended_at, item.opened_at)
        return max(moved, item.opened_at)

    def _outlived(self, item: OpenItem, task: Task) -> Plan:
        """Nobody had done the task when it was taken away: until then it stays open, and is done after its usual time."""
        taken = self._moved(task, task.ended_at or item.opened_at, item)
        usual = self._pace.after(item.opened_at, self._customs.usual(item.element_id, item.role))
        return Plan(item, "assumed", max(taken, usual))

    def _supposed(self, form: Form, like: Mapping[str, Value], scope: Mapping[str, Value], now: datetime) -> dict[str, Value]:
        """What people usually answer, save what the record says about the same question somewhere else."""
        said = {key: value for task in self._record.tasks for key, value in _said(task.answers).items()} | _said(like)
        told = {key: said[key] for key in form.keys if key in said and not self._procedure.vocabulary[key].personal}
        return sample_answer(self._procedure, form, scope, told, now)

    def _anew(
        self,
        form: Form,
        element_id: str,
        anew: frozenset[str],
        answers: Mapping[str, Value],
        scope: Mapping[str, Value],
        now: datetime,
    ) -> dict[str, Value]:
        """What the questions that were asked otherwise, or not at all, are answered with."""
        usual = usual_answers(self._procedure, form.name, {**scope, **answers}, now)
        plain = {key: value for key, value in answers.items() if key in form.keys and not self._is_personal(key)}
        given = {**{key: usual[key] for key in anew if key in usual and plain.get(key) is None}, **_said(plain)}
        read = form.read(given, scope, zone=self._procedure.day_rules.tz)
        wrong = [key for key in read.errors if re.split(r"[\[.]", key)[0] in anew and not self._is_personal(key)]
        if wrong:
            raise self._refusal(element_id, wrong[0], read.errors[wrong[0]])
        return {key: read.values[key] for key in anew if key in read.values and not self._is_personal(key)}

    def _is_personal(self, key: str) -> bool:
        field = self._procedure.vocabulary.get(re.split(r"[\[.]", key)[0])
        return field is not None and field.personal

    def _refusal(self, element_id: str, key: str, said: Text) -> Unanswered:
        name = self._procedure.vocabulary[re.split(r"[\[.]", key)[0]].label
        return Unanswered(
            Text(
                f"记录里没有“{name.zh}”的答案：{said.zh}可在“通常的答案”里给这一项写一个。",
                f"The record has no answer to “{name.en}”: {said.en} A usual answer for it would be assumed.",
            ),
            element_id,
        )


def _said(answers: Mapping[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in answers.items() if value is not None}
