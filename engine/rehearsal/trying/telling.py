"""A story told as it goes: each step with who took it and when, and below it what then happened, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from engine.domain.text import Text
from engine.procedure import Procedure
from engine.rehearsal.hands import ALLOW, ANOTHER, CLAIM, DELEGATE, PASS_ON, RELEASE, SEND_BACK, TO_DEPARTMENT
from engine.rehearsal.scenario import EXPECT, Step
from engine.rehearsal.seen import DRAFT, NOTIFY
from engine.rehearsal.stage import Stage
from engine.rehearsal.trying.naming import ABOUT, called, clock, listed
from engine.workflow import (
    Called,
    Decided,
    Ended,
    Happening,
    ItemCancelled,
    ItemCompleted,
    ItemOpened,
    LimitBreached,
    LimitOpened,
    LimitStopped,
    LimitWarned,
    TimerFired,
)

LATE, PLAIN, FINE = "late", "plain", "fine"
_BEGINS = Text("开始", "It begins")
_CHECK = Text("核对：{}", "Compared: {}")
_STEPS: Mapping[str, Text] = {
    "after": Text("时间走到 {}", "Time goes on to {}"),
    "at": Text("时间走到 {}", "Time goes on to {}"),
    "complete": Text("办完“{}”", "“{}” done"),
    "reach": Text("照常办到“{}”", "As usual up to “{}”"),
    "do": Text("{}", "{}"),
    "deliver": Text("收到消息“{}”", "The message “{}” comes in"),
    "set": Text("改动：{}", "Changed: {}"),
    "skip": Text("免办“{}”", "“{}” waived"),
    CLAIM: Text("领取“{}”", "“{}” claimed"),
    RELEASE: Text("放回“{}”", "“{}” handed back"),
    PASS_ON: Text("“{}”转给{}", "“{}” passed on to {}"),
    SEND_BACK: Text("“{}”退回原部门", "“{}” sent back"),
    DELEGATE: Text("“{}”委托给{}", "“{}” delegated to {}"),
    ALLOW: Text("“{}”准许{}办，不用回避", "“{}” may be done by {}, who was to keep out"),
}
_ONE_OF = Text("{}（{}）", "{} ({})")
_NUMBER = Text("第 {} 件", "no. {}")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that happened: when, in words, and whether it is late, fine, or neither."""

    at: datetime
    words: Text
    tone: str = PLAIN


@dataclass(slots=True)
class Entry:
    """One step: its place in the story (0: the beginning), when it was taken, by whom, what followed, and what is wrong."""

    number: int
    at: datetime
    words: Text
    who: Text | None = None
    compares: bool = False
    happened: list[Said] = field(default_factory=list)
    wrong: tuple[Text, ...] = ()


class ToldStage(Stage):
    """A stage that keeps what happened on it with its moment, until it is taken; ``places`` are the company's departments."""

    def __init__(self, *given: Any, places: Mapping[str, Text] = MappingProxyType({})) -> None:
        self.places = places
        self._told: list[tuple[datetime, Happening]] = []
        self.when: dict[str, tuple[datetime, str]] = {}
        super().__init__(*given)

    def take(self) -> Iterator[tuple[datetime, Happening]]:
        """What happened since it was last taken."""
        told, self._told = self._told, []
        yield from told

    def _note(self, happening: Happening) -> None:
        self._told.append((self.now, happening))
        if isinstance(happening, ItemCompleted):
            self.when[happening.element_id] = (self.now, happening.by)
        super()._note(happening)


def begun(stage: ToldStage) -> Entry:
    """How it begins."""
    entry = Entry(0, stage.now, _BEGINS)
    entry.happened = list(_happened(stage, ""))
    return entry


def told(step: Step, number: int, stage: ToldStage) -> Entry:
    """A step that was just taken, with what it led to."""
    entry = Entry(number, stage.now, words_of(step, stage), _who(step, stage.procedure), step.verb == EXPECT)
    entry.happened = list(_happened(stage, str(step.given) if step.verb == "complete" else ""))
    return entry


def words_of(step: Step, stage: ToldStage) -> Text:
    """What a step does, as people say it; of one that moves the clock the moment to which it has come."""
    procedure, given = stage.procedure, step.given
    if step.verb == EXPECT:
        parts = [_compared(procedure, about, wanted) for about, wanted in given.items()]
        return _filled(_CHECK, Text("；".join(part.zh for part in parts), "; ".join(part.en for part in parts)))
    words = _STEPS[step.verb]
    if step.verb in ("after", "at"):
        return _filled(words, Text(clock(procedure, stage.now), clock(procedure, stage.now)))
    if step.verb == "do":
        return procedure.actions[str(given)].name if given in procedure.actions else Text(str(given), str(given))
    if isinstance(given, dict):
        return _filled(words, listed(procedure, map(str, given)))
    name = called(procedure, str(given))
    if step.which is not None:
        name = _filled(_ONE_OF, name, which_of(stage, step.which))
    return _filled(words, name, place_or_person(stage, step.verb, step.to or ""))


def which_of(stage: ToldStage, which: int | str) -> Text:
    """One of several open tasks of one name, in words."""
    if isinstance(which, int):
        return _filled(_NUMBER, Text(str(which), str(which)))
    return stage.places.get(which) or called(stage.procedure, which)


def place_or_person(stage: ToldStage, dealing: str, to: str) -> Text:
    """To whom a task is handed, in words."""
    return (stage.places.get(to) if dealing in TO_DEPARTMENT else None) or called(stage.procedure, to)


def _compared(procedure: Procedure, about: str, wanted: Any) -> Text:
    if not isinstance(wanted, dict | list):
        return ABOUT[about]
    what = listed(procedure, map(str, wanted))
    return Text(f"{ABOUT[about].zh} {what.zh}", f"{ABOUT[about].en} {what.en}")


def _who(step: Step, procedure: Procedure) -> Text | None:
    role = called(procedure, step.role) if step.role else None
    if step.person is None or role is None:
        return role
    person = called(procedure, step.person)
    return person if step.person == f"{ANOTHER}{step.role}" else _filled(_ONE_OF, role, person)


def _happened(stage: ToldStage, own: str) -> Iterator[Said]:
    for at, happening in stage.take():
        tell = _TELLERS.get(type(happening))
        said = tell(happening, stage.procedure, own) if tell else None
        if said is not None:
            yield Said(at, *said)


_Told = tuple[Text, str] | None


def _opened(happening: ItemOpened, procedure: Procedure, own: str) -> _Told:
    item = happening.item
    name, role = called(procedure, item.element_id), listed(procedure, [item.role or ""])
    until = f"，{clock(procedure, item.due_at)} 到期" if item.due_at else ""
    by = f", due {clock(procedure, item.due_at)}" if item.due_at else ""
    return Text(f"开出“{name.zh}”，由{role.zh}办理{until}", f"“{name.en}” opens for {role.en}{by}"), PLAIN


def _completed(happening: ItemCompleted, procedure: Procedure, own: str) -> _Told:
    name = called(procedure, happening.element_id)
    return None if happening.element_id == own else (_filled(_STEPS["complete"], name), PLAIN)


def _cancelled(happening: ItemCancelled, procedure: Procedure, own: str) -> _Told:
    name = called(procedure, happening.element_id)
    return Text(f"“{name.zh}”撤下，不用再办", f"“{name.en}” is taken away"), PLAIN


def _fired(happening: TimerFired, procedure: Procedure, own: str) -> _Told:
    name = called(procedure, happening.element_id)
    return Text(f"到点：{name.zh}", f"The moment has come: {name.en}"), PLAIN


def _limit_opened(happening: LimitOpened, procedure: Procedure, own: str) -> _Told:
    name, due = called(procedure, happening.run.key), clock(procedure, happening.run.due_at)
    return Text(f"时限“{name.zh}”开始，{due} 到期", f"Limit “{name.en}” begins, due {due}"), PLAIN


def _warned(happening: LimitWarned, procedure: Procedure, own: str) -> _Told:
    name, whom = called(procedure, happening.run.key), listed(procedure, happening.run.told_first)
    return Text(f"时限“{name.zh}”快到了，提醒：{whom.zh}", f"Limit “{name.en}” is near; reminded: {whom.en}"), PLAIN


def _breached(happening: LimitBreached, procedure: Procedure, own: str) -> _Told:
    name, whom = called(procedure, happening.run.key), listed(procedure, happening.run.told_on_breach)
    return Text(f"时限“{name.zh}”已超时，告知：{whom.zh}", f"Limit “{name.en}” is overdue; told: {whom.en}"), LATE


def _stopped(happening: LimitStopped, procedure: Procedure, own: str) -> _Told:
    name = called(procedure, happening.run.key)
    if happening.late:
        return Text(f"时限“{name.zh}”办完，已迟", f"Limit “{name.en}” was met late"), LATE
    return Text(f"时限“{name.zh}”按期", f"Limit “{name.en}” was met"), FINE


def _decided(happening: Decided, procedure: Procedure, own: str) -> _Told:
    decision = procedure.decisions.get(happening.decision_id)
    name = decision.label if decision else Text(happening.decision_id, happening.decision_id)
    rows = ", ".join(map(str, happening.rows))
    if not rows:
        return Text(f"决策“{name.zh}”", f"Decision “{name.en}”"), PLAIN
    return Text(f"决策“{name.zh}”：第 {rows} 行", f"Decision “{name.en}”: row {rows}"), PLAIN


def _operated(happening: Called, procedure: Procedure, own: str) -> _Told:
    if happening.operator == NOTIFY:
        role = happening.parameters.get("role")
        keys = map(str, role) if isinstance(role, list) else str(role or "").replace(" ", "").split(",")
        whom = listed(procedure, keys)
        return Text(f"通知：{whom.zh}", f"Notified: {whom.en}"), PLAIN
    what = called(procedure, str(happening.parameters.get("kind")) if happening.operator == DRAFT else happening.element_id)
    return Text(f"自动：{what.zh}", f"By itself: {what.en}"), PLAIN


def _ended(happening: Ended, procedure: Procedure, own: str) -> _Told:
    return Text("全部办完", "All is done"), FINE


def _filled(words: Text, *with_: Text) -> Text:
    return Text(words.zh.format(*(one.zh for one in with_)), words.en.format(*(one.en for one in with_)))


_TELLERS: Mapping[type, Callable[[Any, Procedure, str], _Told]] = {
    ItemOpened: _opened,
    ItemCompleted: _completed,
    ItemCancelled: _cancelled,
    TimerFired: _fired,
    LimitOpened: _limit_opened,
    LimitWarned: _warned,
    LimitBreached: _breached,
    LimitStopped: _stopped,
    Decided: _decided,
    Called: _operated,
    Ended: _ended,
}
