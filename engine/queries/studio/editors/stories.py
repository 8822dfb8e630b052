"""A story of a draft step by step: who does what with which values, and what is expected, in words and as written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.domain.values import count_in
from engine.procedure import Finding
from engine.procedure.diff.names import Names
from engine.procedure.findings import Findings
from engine.procedure.manifest import names_of
from engine.procedure.reading import Reading
from engine.procedure.safe_yaml import read_yaml
from engine.procedure.writing.spelling import block, flow
from engine.procedure.writing.usage import clauses_shown_only_by
from engine.queries.studio.desk import Desk
from engine.queries.studio.editors import offered
from engine.queries.studio.editors.spoken import local, span_of, spoken
from engine.queries.studio.editors.texts import findings_in
from engine.queries.studio.editors.told import in_words
from engine.queries.studio.panel import departments
from engine.queries.studio.trying import Story, rehearsal

if TYPE_CHECKING:
    from engine.queries.reader import Reader

#: What a step may do, in the order in which it is offered, and what it may expect.
VERBS = (
    "expect", "complete", "reach", "after", "at", "do", "deliver", "set", "skip",
    "claim", "release", "pass_on", "send_back", "delegate", "allow_excluded",
)  # fmt: skip
EXPECTATIONS = (
    "open", "includes", "not_open", "value", "due", "told", "not_told", "breached", "not_breached", "path", "not_path", "decided",
    "shows", "hides", "drafted", "not_drafted", "called", "closed", "outcome", "refused", "clauses",
)  # fmt: skip
_FILLED = ("complete", "reach")
_NAMING = frozenset(VERBS) - {"expect", "after", "at", "do", "deliver", "set"}


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step as written, and ``named`` what it is about in words, ``told`` its values; ``rows`` are expectations, a line each.

    ``span`` and ``when`` are how long or until when, as controls take it; ``offers`` what may be chosen on the task's form.
    """

    number: int
    verb: str
    given: str
    role: str
    person: str
    values: str
    leave: str
    to: str
    which: str
    named: Text
    told: Text
    span: tuple[str, str]
    when: str
    offers: tuple[offered.Choice, ...]
    rows: tuple[tuple[str, str], ...]
    said: tuple[tuple[str, Text], ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class StoryPage:
    """The head of the story, its steps with one opened, and what may be chosen in it."""

    name: str
    name_en: str
    clauses: str
    starts: str
    begins: str
    facts: str
    values: str
    steps: tuple[StepRow, ...]
    opened: int
    elements: tuple[tuple[str, Text], ...]
    actions: tuple[tuple[str, Text], ...]
    roles: tuple[tuple[str, Text], ...]
    findings: tuple[Finding, ...]
    readable: bool
    alone: tuple[str, ...]
    tasks: tuple[offered.Group, ...]
    expected: tuple[offered.Group, ...]
    played: Story | None


def story_page(reader: Reader, actor: Actor, desk: Desk, element: str = "") -> StoryPage:
    """The opened story; ``element`` is the number of a step."""
    story = read_yaml(desk.content, desk.path, Findings()).mapping()
    found = findings_in(desk.bundle, desk.path)
    written = story.get("story") if isinstance(story.get("story"), list) else None
    names = _names(desk.reading) | {one.value.strip('"'): one.label for one in departments(reader, actor, desk.reading)}
    steps = tuple(_row(number, step, desk.reading, found, names) for number, step in enumerate(written or (), 1))
    placed = {one for step in steps for one in step.findings}
    reading = desk.reading
    return StoryPage(
        name=str(story.get("scenario") or ""),
        name_en=str(story.get("scenario_en") or ""),
        clauses=", ".join(names_of(story.get("clauses"))),
        starts=_text(story.get("starts")),
        begins=_text(story.get("begins")),
        facts=_lines(story.get("facts")),
        values=_lines(story.get("with")),
        steps=steps,
        opened=count_in(element) or 0,
        elements=tuple((one.id, one.label) for one in reading.elements.values() if one.label.zh != one.id),
        actions=tuple((key, one.name) for key, one in reading.actions.items()),
        roles=tuple((key, role.label) for key, role in reading.manifest.roles.items()),
        findings=tuple(one for one in found if one not in placed),
        readable=written is not None,
        alone=clauses_shown_only_by(desk.bundle, desk.path),
        tasks=offered.tasks(reading),
        expected=offered.expected(reading),
        played=next((one for one in rehearsal(reader, actor, desk.draft_id).stories if one.file == desk.path), None),
    )


def _row(number: int, written: Any, reading: Reading, found: tuple[Finding, ...], called: Mapping[str, Text]) -> StepRow:
    step: Mapping[str, Any] = written if isinstance(written, dict) else {}
    verb = next((verb for verb in VERBS if verb in step), "")
    given = step.get(verb)
    names = Names(reading), called
    expected = given if verb == "expect" and isinstance(given, dict) else {}
    return StepRow(
        number=number,
        verb=verb,
        given="" if verb in ("expect", "set") else _text(given),
        role=_text(step.get("as")),
        person=_text(step.get("by")),
        values=_lines(given if verb == "set" else step.get("with")),
        leave=", ".join(names_of(step.get("leave"))),
        to=_text(step.get("to")),
        which=_text(step.get("which")),
        named=_named(verb, given, reading),
        told=in_words(given if verb == "set" else step.get("with") or {}, *names),
        span=span_of(_text(given)) if verb == "after" else ("", ""),
        when=local(_text(given)) if verb == "at" else "",
        offers=offered.answers(reading, _text(given)) if verb in _FILLED else (),
        rows=tuple((str(key), _one(value)) for key, value in expected.items()),
        said=tuple((str(key), in_words(value, *names)) for key, value in expected.items()),
        findings=tuple(one for one in found if one.element == str(number)),
    )


def _named(verb: str, given: Any, reading: Reading) -> Text:
    """What a step is about, by the names that people know."""
    key = _text(given)
    if verb in _NAMING and key in reading.elements:
        return reading.elements[key].label
    if verb == "do" and key in reading.actions:
        return reading.actions[key].name
    return Text("", "") if verb in ("expect", "set") else spoken(key, {})


def _names(reading: Reading) -> dict[str, Text]:
    """What everything is called that an expectation may name."""
    names = {choice.value: choice.label for field in reading.vocabulary.values() for choice in field.choices}
    names |= {key: field.label for key, field in reading.vocabulary.items()}
    names |= {key: role.label for key, role in reading.manifest.roles.items()}
    names |= dict(reading.manifest.limits)
    names |= {key: document.title for key, document in reading.documents.items()}
    names |= {key: decision.label for key, decision in reading.decisions.items()}
    return names | {key: element.label for key, element in reading.elements.items() if element.label.zh != key}


def _one(value: Any) -> str:
    """An expectation on one line: names with commas between them, pairs without their braces."""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(value)
    told = flow(value)
    return told[1:-1] if isinstance(value, dict) else told


def _lines(value: Any) -> str:
    return block(value, 0) if isinstance(value, dict) and value else ""


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, datetime) else value if isinstance(value, str) else flow(value)
