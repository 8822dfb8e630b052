"""One case of the record played through a procedure: what is recorded happens then, timers when they are due."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from engine.calendar import Calendar
from engine.domain.text import Text
from engine.errors import EngineError, Incident
from engine.feel import FeelError
from engine.procedure import Procedure
from engine.rehearsal.dry_run.walking import CRASHES
from engine.rehearsal.replay.answering import Answers, Basis, Plan, Unanswered
from engine.rehearsal.replay.customs import Customs, Pace
from engine.rehearsal.replay.record import Record, Run
from engine.workflow import (
    Happening,
    Instance,
    ItemCancelled,
    ItemCompleted,
    ItemOpened,
    LimitBreached,
    LimitOpened,
    LimitStopped,
    Model,
    Occasion,
    Passed,
)

#: A closed case that is still open so long after it was closed is said not to end.
GRACE = timedelta(days=183)
MOST_STEPS = 2_000
#: Every so many steps completed rounds are dropped.
_FORGET_EVERY = 15
Kind = Literal["answer", "route", "error", "waits", "circles"]


@dataclass(frozen=True, slots=True)
class Stuck:
    """Where a case cannot go on, and why: an answer is missing, no way leads on, something fails, or it never ends."""

    kind: Kind
    element_id: str | None
    text: Text
    at: datetime


@dataclass(slots=True)
class Played:
    """One task as it was played: its end is None while it waits, ``cut`` when it was taken away."""

    element_id: str
    role: str | None
    opened_at: datetime
    basis: Basis
    ended_at: datetime | None = None
    cut: bool = False


@dataclass
class Replayed:
    """What became of a case: the elements it passed, its tasks, its limit runs, where it got stuck, and what found no place."""

    until: datetime
    path: list[str] = field(default_factory=list)
    tasks: list[Played] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    ended_at: datetime | None = None
    stuck: Stuck | None = None
    unused: list[tuple[str, datetime]] = field(default_factory=list)

    @property
    def assumed(self) -> bool:
        """Whether anything was done of which the record says nothing."""
        return any(task.basis == "assumed" and task.ended_at is not None for task in self.tasks)


@dataclass(frozen=True, slots=True)
class Course:
    """Through what records are played: a model over the company's days, with what is known of people and of what has changed.

    ``asked_anew`` are, by version and form, the keys that are asked otherwise now; ``renamed`` says what elements were called.
    """

    model: Model
    calendar: Calendar
    customs: Customs = field(default_factory=Customs)
    asked_anew: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)


def replay(course: Course, record: Record) -> Replayed:
    """The case as it would have gone; nothing is raised for what cannot go on."""
    return _Play(course, record).played()


class _Play:
    """One record under way."""

    def __init__(self, course: Course, record: Record) -> None:
        self._course, self._record = course, record
        self._procedure: Procedure = course.model.procedure
        asked_anew = course.asked_anew.get(record.version, {})
        pace = Pace(course.calendar)
        self._answers = Answers(self._procedure, record, course.customs, pace, asked_anew, course.renamed)
        self._deeds = list(reversed(record.deeds))
        self._plans: dict[str, Plan] = {}
        self._shown: dict[str, Played] = {}
        self._running: dict[str, int] = {}
        self._now = record.begun_at
        self._horizon = record.until + GRACE if record.closed else record.until
        self._result = Replayed(record.until)
        self._instance: Instance | None = None

    def played(self) -> Replayed:
        """All of it."""
        try:
            self._instance = Instance.start(self._course.model, self._occasion(), self._record.first, {}, self._begins_at())
            self._drain()
            self._go_on(self._instance)
        except Unanswered as problem:
            self._stick("answer", problem.element_id, problem.text)
        except Incident as problem:
            self._stick(self._kind(problem), problem.element_id, problem.text)
        except (EngineError, FeelError) as problem:
            self._stick("error", getattr(problem, "element_id", None), problem.text)
        except CRASHES as problem:
            # What it says may name a value of the case.
            kind = type(problem).__name__
            self._stick("error", None, Text(f"程序出错（{kind}）。", f"The program failed ({kind})."))
        self._result.unused += [(task.element_id, task.ended_at) for task in self._answers.unused() if task.ended_at]
        return self._result

    def _begins_at(self) -> str | None:
        named = self._record.begins_at
        return named if named is not None and named in self._procedure.elements else None

    def _go_on(self, instance: Instance) -> None:
        for step in range(MOST_STEPS):
            if instance.ended:
                self._result.ended_at = self._now
                return
            following = self._following(instance)
            if following is None:
                self._rest(instance)
                return
            moment, act = following
            self._move(instance, moment, act[0])
            act[1]()
            self._drain()
            if step % _FORGET_EVERY == _FORGET_EVERY - 1:
                instance.forget_rounds()
        said = Text("这件投诉一直在转圈。", "The case goes round in circles.")
        self._stick("circles", next((plan.item.element_id for plan in self._plans.values()), None), said)

    def _following(self, instance: Instance) -> tuple[datetime, tuple[int, Callable[[], None]]] | None:
        """What happens next and when; what is due comes before what people do at the same moment."""
        found: list[tuple[datetime, int, int, Callable[[], None]]] = []
        dues = instance.due()
        if dues:
            found.append((max(self._now, dues[0].due_at), 0, 0, lambda: instance.fire(dues[0].id)))
        if self._deeds:
            deed = self._deeds[-1]
            found.append((max(self._now, deed.at), 1, deed.order, lambda: self._do(instance)))
        plans = [(max(self._now, plan.at), plan.order, plan) for plan in self._plans.values() if plan.at is not None]
        if plans:
            at, order, plan = min(plans, key=lambda each: each[:2])
            found.append((at, 1, order, lambda: self._complete(instance, plan)))
        if not found:
            return None
        at, rank, order, act = min(found, key=lambda each: each[:3])
        return None if at > self._horizon else (at, (order if rank else 10**9, act))

    def _move(self, instance: Instance, moment: datetime, order: int) -> None:
        self._now = moment
        instance.go_on_at(self._occasion(order))

    def _occasion(self, order: int = 1) -> Occasion:
        record = self._record
        return Occasion(self._now, self._course.calendar, record.facts_at(self._now, order), record.estate)

    def _complete(self, instance: Instance, plan: Plan) -> None:
        item = plan.item
        if plan.waived:
            instance.skip(item.id, plan.task.by if plan.task else "")
            return
        answers = self._answers.values(plan, instance.values_at(item.id), self._now)
        by = plan.task.by if plan.task is not None and plan.task.by else item.assignee or str(item.role or "")
        instance.complete(item.id, answers, by)

    def _do(self, instance: Instance) -> None:
        deed = self._deeds.pop()
        action = self._procedure.actions.get(deed.action or "")
        message = action.message if action is not None else None
        if deed.action is not None and (action is None or (message and not instance.waits_for(message))):
            self._result.unused.append((deed.action, deed.at))
            return
        known = {key: value for key, value in deed.values.items() if key in self._procedure.names}
        if known:
            instance.set_values(known)
        if message:
            instance.deliver(message)

    def _rest(self, instance: Instance) -> None:
        """Nothing more happens: fine for a case under way, which waits as the record does; else it will never end."""
        if not self._record.closed and (self._plans or instance.due()):
            return
        waiting = next((plan.item.element_id for plan in self._plans.values()), None)
        place = waiting or next(iter(sorted(instance.active)), None)
        self._stick("waits", place, _NEVER_ENDS if self._record.closed else _NOTHING_COMES)

    def _kind(self, problem: Incident) -> Kind:
        element = self._procedure.elements.get(problem.element_id or "")
        gateway = element is not None and element.kind.endswith("Gateway")
        return "route" if gateway and not isinstance(problem.__cause__, FeelError) else "error"

    def _stick(self, kind: Kind, element_id: str | None, text: Text) -> None:
        if self._instance is not None:
            self._drain()
        self._result.stuck = Stuck(kind, element_id, text, self._now)

    def _drain(self) -> None:
        for happening in self._instance.drain() if self._instance is not None else ():
            self._note(happening)

    def _note(self, happening: Happening) -> None:
        if isinstance(happening, Passed):
            self._result.path.append(happening.element_id)
        elif isinstance(happening, ItemOpened):
            self._open(happening)
        elif isinstance(happening, ItemCompleted | ItemCancelled):
            self._plans.pop(happening.item_id, None)
            task = self._shown[happening.item_id]
            task.ended_at, task.cut = self._now, isinstance(happening, ItemCancelled)
        elif isinstance(happening, LimitOpened | LimitBreached | LimitStopped):
            self._note_run(happening)

    def _open(self, happening: ItemOpened) -> None:
        item = happening.item
        plan = self._plans[item.id] = self._answers.plan(item)
        task = self._shown[item.id] = Played(item.element_id, item.role, self._now, plan.basis)
        self._result.tasks.append(task)

    def _note_run(self, happening: LimitOpened | LimitBreached | LimitStopped) -> None:
        run = happening.run
        told = Run(run.key, run.opened_at, run.due_at, run.breached_at, run.stopped_at)
        if isinstance(happening, LimitOpened):
            self._running[run.id] = len(self._result.runs)
            self._result.runs.append(told)
        else:
            self._result.runs[self._running[run.id]] = told


_NEVER_ENDS = Text("记录里已经关闭，按这份草稿却一直没有结束。", "It is closed in the record, but under the draft it never ends.")
_NOTHING_COMES = Text("没有人、也没有时间能让它继续。", "Nobody and no moment can make it go on.")
