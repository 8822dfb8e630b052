"""A case on the stage as a page shows it: on the diagram, what is open and for whom, what comes next, what happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.domain.text import Text
from engine.procedure import Action, Procedure
from engine.procedure.diagrams.picture import picture_of
from engine.rehearsal.hands import ANYBODY
from engine.rehearsal.performance import Stumble
from engine.rehearsal.scenario import EXPECT
from engine.rehearsal.stage import COUNTED, Stage
from engine.rehearsal.trying.dealing import Dealing, dealings, doers
from engine.rehearsal.trying.naming import called, listed, people
from engine.rehearsal.trying.telling import Entry, ToldStage, which_of
from engine.workflow import Due, OpenItem

_ABOUT = frozenset({"open", "includes", "not_open", "path", "not_path", "shows", "hides"})
_ABOUT_LIMITS = frozenset({"due", "breached", "not_breached"})
_STUMBLED = Text("第 {} 步不符", "Step {} does not hold")
_DUE: Mapping[str, Text] = {
    "warn": Text("提醒：“{}”快到期", "Reminder: “{}” is near"),
    "breach": Text("“{}”到期", "“{}” is due"),
    "event": Text("到点：{}", "The moment of: {}"),
}


@dataclass(frozen=True, slots=True)
class Open:
    """An open task: what, who could do it, until when; ``which`` and ``apart`` tell it from others of its name.

    ``doers`` could do it: whoever has it in hand, else everybody of its role who need not keep out, the usual person first.
    ``whose`` says who has it and in which department.
    """

    element: str
    which: int | str | None
    name: Text
    apart: Text | None
    role: str
    role_name: Text
    doers: tuple[str, ...]
    whose: Text | None
    excludes: Text | None
    due_at: datetime | None
    due_name: Text | None
    dealings: tuple[Dealing, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may be done beside the tasks, by whom; ``choices`` where a value has to be chosen for it."""

    key: str
    name: Text
    hint: Text | None
    roles: tuple[tuple[str, Text], ...]
    choices: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Running:
    """A limit that runs."""

    name: Text
    due_at: datetime
    late: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """A diagram that the case has come through; ``here`` where something is open."""

    process: str
    file: str
    name: Text
    here: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class View:
    """Everything that a page shows; ``state`` is how the chosen diagram is marked, ``names`` what its elements are called."""

    now: datetime
    ended: bool
    outcome: Text | None
    open: tuple[Open, ...]
    running: tuple[Running, ...]
    next_at: datetime | None
    next: tuple[Text, ...]
    offers: tuple[Offer, ...]
    drawings: tuple[Drawing, ...]
    state: dict[str, Any]
    names: dict[str, Text]
    entries: tuple[Entry, ...]
    people: tuple[tuple[str, Text], ...]


def shown(
    stage: ToldStage,
    entries: Sequence[Entry],
    drawing: str | None = None,
    stumbled: Stumble | None = None,
) -> View:
    """The case as it stands; ``drawing`` is the diagram asked for, ``stumbled`` where a story does not hold."""
    procedure, items, due = stage.procedure, stage.instance.open_items, stage.instance.due()
    marks = dict(_marked(stage, stumbled)) if stumbled else {}
    chosen = _chosen(stage, drawing, marks)
    drawings = tuple(_drawings(stage, chosen))
    outcome = stage.instance.values.get(procedure.register.get("outcome", ""))
    return View(
        now=stage.now,
        ended=stage.instance.ended,
        outcome=called(procedure, str(outcome)) if outcome is not None else None,
        open=tuple(_open(stage, item, items) for item in items),
        running=tuple(_running(stage)),
        next_at=max(due[0].due_at, stage.now) if due else None,
        next=tuple(dict.fromkeys(_due_words(procedure, row) for row in due if row.due_at == due[0].due_at)),
        offers=tuple(_offers(stage)),
        drawings=drawings,
        state=_state(stage, chosen, marks),
        names=_names(procedure, chosen),
        entries=tuple(entries),
        people=tuple(people(procedure)),
    )


def _names(procedure: Procedure, process: str) -> dict[str, Text]:
    """What everything on the diagram is called, lanes and branches among it."""
    picture = picture_of(procedure.diagrams[process]) if process in procedure.diagrams else None
    return picture.names if picture is not None else {}


def _open(stage: ToldStage, item: OpenItem, items: Sequence[OpenItem]) -> Open:
    procedure, excludes = stage.procedure, stage.hands.excludes(item)
    alike = [one for one in items if one.element_id == item.element_id]
    which = _which(stage, item, alike) if len(alike) > 1 else None
    role = item.role or ""
    return Open(
        element=item.element_id,
        which=which,
        name=called(procedure, item.element_id),
        apart=_apart(stage, item, which) if which is not None else None,
        role=role,
        role_name=listed(procedure, [role]),
        doers=doers(stage, item),
        whose=_whose(stage, item),
        excludes=listed(procedure, excludes) if excludes else None,
        due_at=item.due_at,
        due_name=called(procedure, item.due_key) if item.due_key else None,
        dealings=tuple(dealings(stage, item)),
    )


def _which(stage: ToldStage, item: OpenItem, alike: Sequence[OpenItem]) -> int | str:
    """The department or person that it alone has, else its number."""
    marks = stage.marks(item, alike)
    others = [mark for one in alike if one is not item for mark in stage.marks(one, alike)]
    return next((mark for mark in (*marks[1:], marks[0]) if mark not in others), marks[0])


def _apart(stage: ToldStage, item: OpenItem, which: int | str) -> Text:
    """By what people tell it: its number or whose it is, and what it alone is about."""
    names = [which_of(stage, which)]
    values, vocabulary = stage.instance.values, stage.procedure.vocabulary
    for key, value in stage.instance.values_at(item.id).items():
        if key in vocabulary and isinstance(value, str) and value not in (values.get(key), which):
            named = stage.places.get(value) or called(stage.procedure, value)
            label = vocabulary[key].label
            names.append(Text(f"{label.zh}：{named.zh}", f"{label.en}: {named.en}"))
    return Text(" · ".join(name.zh for name in names), " · ".join(name.en for name in names))


def _whose(stage: ToldStage, item: OpenItem) -> Text | None:
    hold = stage.hands.of(item)
    keys = [key for key in (hold.department, hold.holder or item.assignee) if key]
    names = [stage.places.get(key) or called(stage.procedure, key) for key in keys]
    return Text(" · ".join(name.zh for name in names), " · ".join(name.en for name in names)) if names else None


def _running(stage: Stage) -> Iterator[Running]:
    for run in sorted((run for run in stage.instance.limit_runs if run.running), key=lambda run: (run.due_at, run.key)):
        yield Running(called(stage.procedure, run.key), run.due_at, run.breached_at is not None)


def _due_words(procedure: Procedure, row: Due) -> Text:
    words, name = _DUE[row.kind], called(procedure, row.limit_key or row.element_id or "")
    return Text(words.zh.format(name.zh), words.en.format(name.en))


def _offers(stage: Stage) -> Iterator[Offer]:
    procedure = stage.procedure
    for rule in procedure.actions.values() if not stage.instance.ended else ():
        waits = stage.instance.waits_for(rule.message) if rule.message else bool(rule.field or rule.sets or rule.key in COUNTED)
        choices = _choices(stage, rule)
        if waits and (choices or not rule.field):
            keys = procedure.roles if ANYBODY in rule.roles else [role for role in rule.roles if role in procedure.roles]
            roles = tuple((key, procedure.roles[key].label) for key in keys)
            yield Offer(rule.key, rule.name, rule.hint, roles, choices)


def _choices(stage: Stage, rule: Action) -> tuple[tuple[str, Text], ...]:
    field = stage.procedure.vocabulary.get(rule.field or "")
    if field is None:
        return ()
    values = [choice.value for choice in field.choices]
    present = stage.instance.values.get(field.key)
    above = values.index(str(present)) + 1 if rule.only_up and present in values else 0
    return tuple((choice.value, choice.label) for choice in field.choices[above:])


def _chosen(stage: ToldStage, wanted: str | None, marks: Mapping[str, Text]) -> str:
    """The diagram asked for, else the one with a mark that the case came to, else where it stands, else where it was last."""
    procedure = stage.procedure
    if wanted in procedure.diagrams:
        return str(wanted)
    open_ids = [item.element_id for item in stage.instance.open_items]
    come_to = [key for key in marks if key in stage.touched]
    for element_id in (*come_to, *open_ids, *reversed(stage.path)):
        if element_id in procedure.elements:
            return procedure.elements[element_id].process_id
    return procedure.main


def _drawings(stage: ToldStage, chosen: str) -> Iterator[Drawing]:
    procedure = stage.procedure
    been = {procedure.elements[key].process_id for key in {*stage.touched, *stage.instance.active} if key in procedure.elements}
    open_in = {item.process_id for item in stage.instance.open_items}
    for process, diagram in procedure.diagrams.items():
        if process in been or process == chosen:
            yield Drawing(process, diagram.file, diagram.name, process in open_in, process == chosen)


def _state(stage: ToldStage, process: str, marks: Mapping[str, Text]) -> dict[str, Any]:
    own = {key for key, one in stage.procedure.elements.items() if one.process_id == process}
    badges: dict[str, Any] = {key: {"kind": "plain", "who": _who(stage, by), "at": at} for key, (at, by) in stage.when.items()}
    for item in stage.instance.open_items:
        badges[item.element_id] = {"kind": "soon", "who": listed(stage.procedure, [item.role or ""]), "at": item.due_at}
    badges |= {key: {"kind": "late", "text": text} for key, text in marks.items()}
    return {
        "done": [key for key in dict.fromkeys(stage.path) if key in own],
        "active": sorted(key for key in stage.instance.active if key in own),
        "badges": {key: badge for key, badge in badges.items() if key in own},
    }


def _who(stage: Stage, by: str) -> Text:
    return called(stage.procedure, by)


def _marked(stage: ToldStage, stumbled: Stumble) -> Iterator[tuple[str, Text]]:
    """The elements at which a story does not hold: what the step is about, else where the case stands."""
    number = stumbled.step.number if stumbled.step else 0
    said = Text(_STUMBLED.zh.format(number), _STUMBLED.en.format(number))
    known = [key for key in _about(stumbled, stage) if key in stage.procedure.elements]
    open_ids = [item.element_id for item in stage.instance.open_items]
    for key in known or open_ids or stage.path[-1:]:
        yield key, said


def _about(stumbled: Stumble, stage: ToldStage) -> Iterator[str]:
    step = stumbled.step
    if step is None or step.verb != EXPECT:
        yield str(step.given) if step else ""
        return
    for about, _, _ in stumbled.found.parts:
        wanted = step.given[about]
        names = [str(name) for name in (wanted if isinstance(wanted, list | dict) else [wanted])]
        if about in _ABOUT:
            yield from _not_as_wanted(about, names, stage)
        elif about in _ABOUT_LIMITS:
            yield from (key for key, one in stage.procedure.elements.items() if set(names) & set(one.limit))


def _not_as_wanted(about: str, names: Sequence[str], stage: ToldStage) -> Iterator[str]:
    there = set(stage.path) if about in ("path", "not_path") else set(stage.open)
    if about.startswith("not_") or about in ("shows", "hides"):
        yield from (name for name in names if name in there)
    else:
        yield from (name for name in names if name not in there)
        yield from (sorted(there - set(names)) if about == "open" else ())
