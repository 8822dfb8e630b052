"""A story of a draft changed step by step; what the rehearsal could not read is refused in its own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

import yaml

from engine.commands.context import Procedures
from engine.commands.studio.editors.given import HELP, Given, Raw, spare
from engine.commands.studio.saving import NEW, Edit, Files, edit
from engine.commands.versions.editing import Saved
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.domain.values import count_in
from engine.errors import InvalidValues, Misconfigured
from engine.procedure import Bundle
from engine.procedure.answers import FOLDER
from engine.procedure.findings import Findings
from engine.procedure.manifest import names_of
from engine.procedure.procedure import assemble
from engine.procedure.reading import read_all
from engine.procedure.safe_yaml import LOADER, exceeds_limits
from engine.procedure.writing import stories
from engine.procedure.writing.merging import content_of, rewritten
from engine.rehearsal.hands import TO
from engine.rehearsal.scenario import EXPECT, MAPPINGS, VERBS, read_scenario
from engine.rehearsal.unsaid import AFTER, DELIVER, WITH, unsaid
from engine.storage.work import Work

STORY = "story"
#: Expectations that are a list of names, written with commas between them.
_LISTS = frozenset(
    {"open", "includes", "not_open", "breached", "not_breached", "told", "not_told", "drafted", "not_drafted", "called", "path",
     "not_path", "clauses"}
)  # fmt: skip
_VERB = Text("请选这一步做什么。", "Choose what this step does.")
_VALUES = Text("请一行写一个“字段: 值”。", "Write one “field: value” a line.")
_ONE = Text("“{value}”读不懂。", "“{value}” cannot be read.")
_MOMENT = Text("请写成 2026-09-01T09:00:00+08:00 这样的时刻。", "Write a moment such as 2026-09-01T09:00:00+08:00.")
_THERE = Text("已有同名的演练，请换个名字。", "There is a scenario of this name already: use another.")
_NO_STORY = Text("这个演练的文本读不懂，请先在文本里改正。", "The text of this scenario cannot be read: mend it first.")
_NO_STEP = Text("演练里已没有这一步，请刷新。", "The scenario has no such step any more: reload the page.")
_SPAN = Text("请写过多少，例如 10，再选单位。", "Write how much, such as 10, and choose the unit.")
_SPANS = {"minutes": "PT{}M", "hours": "PT{}H", "days": "P{}D"}
#: Where a step is asked for what it may lack.
_PLACES = {TO: TO, AFTER: "span_amount", DELIVER: "name", WITH: "values"}
_GAP = re.compile(r"[,，、;；\n]+")
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ChangeHead:
    """What the story is called, when it begins and with which values; ``given`` as posted."""

    at: Edit
    given: Raw


@dataclass(frozen=True, slots=True)
class SayStep:
    """Step ``number`` as it is to be, or with ``add`` a new one after it; ``given`` as posted."""

    at: Edit
    number: int
    given: Raw
    add: bool = False


@dataclass(frozen=True, slots=True)
class MoveStep:
    """A step further up (below 0) or down; with 0 it goes."""

    at: Edit
    number: int
    by: int


@dataclass(frozen=True, slots=True)
class NewStory:
    """An empty story that begins now; ``given`` as posted."""

    draft_id: str
    given: Raw
    take_over: bool = False


def handle_head(command: ChangeHead, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Saved:
    """InvalidValues at the posted names."""

    def change(story: Plain) -> Plain:
        given = Given(command.given)
        said: Plain = {
            "scenario": given.words("name", HELP) or None,
            "scenario_en": given.words("name_en", HELP) or None,
            "clauses": list(names_of(_GAP.sub(",", given.one("clauses")))),
            "begins": given.one("begins") or None,
            "starts": _moment(given, "starts"),
            "facts": _mapping(given, "facts") or None,
            "with": _mapping(given, "with") or None,
        }
        given.refuse()
        return _told(story, said)

    return edit(command.at, lambda bundle: _changed(bundle, command.at.path, change, "starts"), work, procedures, actor, now)


def handle_say(command: SayStep, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The number of the step."""
    place = command.number if command.add else command.number - 1

    def change(story: Plain) -> Plain:
        steps = _steps(story)
        was = steps[place] if not command.add and 0 <= place < len(steps) and isinstance(steps[place], dict) else {}
        step = _step(Given(command.given), was)
        return {**story, STORY: [*steps[:place], step, *steps[place + (not command.add) :]]}

    edit(command.at, lambda bundle: _changed(bundle, command.at.path, change, "verb", place + 1), work, procedures, actor, now)
    return str(place + 1)


def handle_move(command: MoveStep, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The number that the step has now."""

    def change(story: Plain) -> Plain:
        steps = _steps(story)
        if not 0 < command.number <= len(steps):
            raise Misconfigured(_NO_STEP)
        step = steps.pop(command.number - 1)
        if command.by:
            steps.insert(max(0, command.number - 1 + command.by), step)
        return {**story, STORY: steps}

    edit(command.at, lambda bundle: _changed(bundle, command.at.path, change, ""), work, procedures, actor, now)
    return str(max(1, command.number + command.by)) if command.by else ""


def handle_new(command: NewStory, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The path of the new story; one is chosen where none was given."""
    given, made = Given(command.given), [""]
    title = given.words("name", HELP)

    def make(bundle: Bundle) -> Files:
        name = given.name("file", spare("story", {PurePosixPath(path).stem for path in bundle.named(".yaml", FOLDER)}))
        path = made[0] = f"{FOLDER}/{name}.yaml"
        if path in bundle.files:
            given.fault("file", _THERE)
        given.refuse()
        zone = assemble(read_all(bundle, Findings())).day_rules.tz
        starts = now.astimezone(zone).replace(hour=9, minute=0, second=0, microsecond=0)
        return {path: stories.written({"scenario": title or name, "clauses": [], "starts": starts, STORY: []})}

    edit(Edit(command.draft_id, NEW, "", command.take_over), make, work, procedures, actor, now)
    return made[0]


def _steps(story: Plain) -> list[Any]:
    found = story.get(STORY)
    return list(found) if isinstance(found, list) else []


def _changed(bundle: Bundle, path: str, change: Callable[[Plain], Plain], place: str, number: int = 0) -> Files:
    """The story as changed; refused at that place with the rehearsal's own sentence, or where the step lacks something."""
    story = content_of(bundle.files.get(path))
    if not story:
        raise Misconfigured(_NO_STORY)
    content = rewritten(bundle.files[path], change(story))
    try:
        procedure = assemble(read_all(bundle, Findings()))
        said = read_scenario(path, content, procedure)
    except Misconfigured as problem:
        raise InvalidValues(problem.text, {place: problem.text}) from problem
    for one in unsaid(said, procedure):
        if one.step.number == number:
            raise InvalidValues(one.mend, {_PLACES[one.detail]: one.mend})
    return {path: content}


def _told(was: Mapping[str, Any], said: Plain) -> Plain:
    """What was there with what is said now; None takes a key away, what nobody asked about stays."""
    return {key: value for key, value in {**was, **said}.items() if value is not None}


def _step(given: Given, was: Mapping[str, Any]) -> Plain:
    verb = given.one("verb")
    if verb not in VERBS:
        given.fault("verb", _VERB)
        given.refuse()
    done = _expected(given) if verb == EXPECT else _mapping(given, "values") if verb == "set" else _given(given, verb, was)
    said: Plain = {
        verb: done,
        "as": given.one("as") or None,
        "by": given.one("by") or None,
        "with": ({**_mapping(given, "values"), **_mapping(given, "answer")} or None) if verb != "set" else None,
        "leave": list(names_of(_GAP.sub(",", given.one("leave")))) or None,
        "to": given.one("to") or None,
        "which": number if (number := count_in(which := given.one("which"))) is not None else which or None,
    }
    given.refuse()
    kept = {key: value for key, value in was.items() if key not in VERBS or key == verb}
    first = kept.pop(verb, None)
    return _told({verb: first, **kept}, said)


def _given(given: Given, verb: str, was: Mapping[str, Any]) -> Any:
    """What the verb is given: a moment, in the zone that it was written in; a time span; a name."""
    if verb == "at":
        zone, found = getattr(was.get(verb), "tzinfo", None), _moment(given, "when")
        return found.replace(tzinfo=zone) if found and found.tzinfo is None else found
    if verb == "after":
        return _span(given)
    return _value(given, "name", given.one("action") if verb == "do" else given.one("name"))


def _span(given: Given) -> str:
    """As long as was chosen, or as written."""
    amount = given.one("span_amount")
    if not amount:
        return given.one("span")
    pattern = _SPANS.get(given.one("span_unit"))
    if pattern is None or not count_in(amount):
        given.fault("span_amount", _SPAN)
        return ""
    return pattern.format(int(amount))


def _expected(given: Given) -> Plain:
    """Row by row: what is expected, and of what; then what was picked from the list."""
    rows = zip(given.all("expected"), given.all("wanted"), strict=False)
    found: Plain = {}
    for key, text in rows:
        if key:
            found[key] = _wanted(given, key, text)
    kind, _, picked = given.one("pick").partition("|")
    if picked:
        found[kind] = _more(found.get(kind), _wanted(given, kind, picked))
    return found


def _more(there: Any, picked: Any) -> Any:
    """What stands there with one more; what can be only one is replaced."""
    if isinstance(there, dict) and isinstance(picked, dict):
        return {**there, **picked}
    if isinstance(there, list) and isinstance(picked, list):
        return [*there, *(one for one in picked if one not in there)]
    return picked


def _wanted(given: Given, key: str, text: str) -> Any:
    if key in _LISTS and not text.startswith("["):
        return list(names_of(_GAP.sub(",", text)))
    braced = text if text.startswith("{") or key not in MAPPINGS else "{" + text + "}"
    return _value(given, "wanted", braced)


def _value(given: Given, name: str, text: str) -> Any:
    try:
        if exceeds_limits(text):
            raise ValueError
        return yaml.load(text, Loader=LOADER)
    except (yaml.YAMLError, ValueError):
        given.fault(name, Text(_ONE.zh.format(value=text), _ONE.en.format(value=text)))
        return None


def _mapping(given: Given, name: str) -> Plain:
    text = given.one(name).replace("\r\n", "\n")
    found = _value(given, name, text) if text else {}
    if not isinstance(found, dict):
        given.fault(name, _VALUES)
        return {}
    return found


def _moment(given: Given, name: str) -> datetime | None:
    """A moment as written; one without a zone means the procedure's own."""
    try:
        return datetime.fromisoformat(given.one(name))
    except ValueError:
        given.fault(name, _MOMENT)
        return None
