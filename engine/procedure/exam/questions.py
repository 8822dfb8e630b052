"""Questions about a version that whoever holds a role has to answer, made from its own diagrams, limits and forms."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import zip_longest

from lxml import etree

from engine.calendar import Unit
from engine.calendar.wording import length
from engine.domain.text import Text
from engine.procedure import limits
from engine.procedure.diagrams import Element
from engine.procedure.procedure import Procedure

MOST, CHOICES, FEWEST_CHOICES = 8, 4, 3
#: Four of five have to be right.
SHARE_RIGHT = Decimal("0.8")
TASK = "userTask"
_FLOW = "{http://www.omg.org/spec/BPMN/20100524/MODEL}sequenceFlow"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about a task, what one can answer, and which answer is right."""

    element_id: str
    asks: Text
    choices: tuple[Text, ...]
    right: int


def examined_roles(procedure: Procedure) -> tuple[str, ...]:
    """The roles that do tasks of the procedure, in its order."""
    doing = {element.role for element in procedure.elements.values() if element.kind == TASK}
    return tuple(key for key in procedure.roles if key in doing)


def exam(procedure: Procedure, role: str, seed: str) -> tuple[Question, ...]:
    """At most eight questions on the tasks of a role, of every kind that there is; equal seeds give equal questions."""
    chance = random.Random(f"{procedure.digest}/{role}/{seed}")
    tasks = [element for element in procedure.elements.values() if element.kind == TASK and element.role == role]
    kinds = [
        list(made)
        for made in (_next_steps(procedure, tasks, chance), _limits(procedure, tasks, chance), _fields(procedure, tasks, chance))
    ]
    for kind in kinds:
        chance.shuffle(kind)
    # One of each kind in turn, so that no kind crowds out the others.
    made = (question for turn in zip_longest(*kinds) for question in turn if question is not None)
    return tuple(question for question in made if len(question.choices) >= FEWEST_CHOICES)[:MOST]


def passes(right: int, asked: int) -> bool:
    """Whether enough was right."""
    return asked > 0 and Decimal(right) >= SHARE_RIGHT * asked


def _next_steps(procedure: Procedure, tasks: list[Element], chance: random.Random) -> Iterator[Question]:
    """What comes next, and who does that."""
    arrows = _arrows(tuple(diagram.xml for diagram in procedure.diagrams.values()))
    roles = {key: role.label for key, role in procedure.roles.items()}
    for task in tasks:
        following = _following(procedure, task, arrows)
        near = {
            element.label.zh: element.label
            for element in procedure.elements.values()
            if element.process_id == task.process_id and element.kind == TASK
        }
        wrong = {
            name: label
            for name, label in near.items()
            if name != task.label.zh and name not in {step.label.zh for step in following}
        }
        if len(following) == 1 and len(wrong) >= FEWEST_CHOICES - 1:
            step = following[0]
            asks = Text(f"“{task.label.zh}”完成以后，接下来是哪一步？", f"What follows when “{task.label.en}” is done?")
            yield _question(task, asks, step.label, wrong.values(), chance)
        if len(following) == 1 and following[0].role and following[0].role != task.role:
            step = following[0]
            asks = Text(
                f"“{task.label.zh}”完成以后，下一步“{step.label.zh}”由谁来做？",
                f"Who does “{step.label.en}”, which follows “{task.label.en}”?",
            )
            others = [label for key, label in roles.items() if key != step.role]
            yield _question(task, asks, roles[str(step.role)], others, chance)


def _limits(procedure: Procedure, tasks: list[Element], chance: random.Random) -> Iterator[Question]:
    """How long there is, where the table of limits gives one answer whatever the case."""
    lengths = _lengths(procedure)
    asked: set[str] = set()
    for task in tasks:
        for key in (*task.limit, *task.stops, *task.drawn_limits):
            if key in asked or len(lengths.get(key, {})) != 1:
                continue
            asked.add(key)
            (right,) = lengths[key].values()
            others = {words.zh: words for found in lengths.values() for words in found.values() if words.zh != right.zh}
            label = procedure.limits.get(key, task.label)
            asks = Text(f"“{label.zh}”的时限是多久？", f"How long is the limit “{label.en}”?")
            yield _question(task, asks, right, others.values(), chance)


def _fields(procedure: Procedure, tasks: list[Element], chance: random.Random) -> Iterator[Question]:
    """What has to be filled in."""
    forms = {task.id: form for task in tasks if (form := procedure.form_of(task.id)) is not None}
    labels = {
        field.component.label.zh: field.component.label
        for form in procedure.forms.values()
        for field in form.fields
        if _told(field.component.label)
    }
    for task in tasks:
        form = forms.get(task.id)
        own = {field.component.label.zh for field in form.fields} if form else set()
        needed = [
            field.component.label for field in (form.fields if form else ()) if field.component.required and not field.conditions
        ]
        wrong = [label for name, label in labels.items() if name not in own]
        for label in filter(_told, needed[:2]):
            asks = Text(f"办“{task.label.zh}”时，下面哪一项必须填写？", f"What has to be filled in for “{task.label.en}”?")
            yield _question(task, asks, label, wrong, chance)


def _question(task: Element, asks: Text, right: Text, others: Iterable[Text], chance: random.Random) -> Question:
    wrong = sorted({text.zh: text for text in others if text.zh != right.zh}.values(), key=lambda text: text.zh)
    choices = [right, *chance.sample(wrong, min(CHOICES - 1, len(wrong)))]
    chance.shuffle(choices)
    return Question(task.id, asks, tuple(choices), choices.index(right))


def _told(label: Text) -> bool:
    return bool(label.zh.strip() and label.en.strip())


def _lengths(procedure: Procedure) -> Mapping[str, Mapping[str, Text]]:
    """The lengths that the table of limits gives each key; what a cell computes is left out."""
    found: dict[str, dict[str, Text]] = {}
    table = procedure.decisions.get(limits.DECISION)
    columns = [column.name for column in table.outputs] if table else []
    for rule in table.rules if table else ():
        said = dict(zip(columns, (cell.strip().strip('"') for cell in rule.outputs), strict=False))
        for key in rule.cells[0].replace('"', "").split(",") if rule.cells else ():
            words = _length(said)
            found.setdefault(key.strip(), {})[words.zh if words else ""] = words or Text("", "")
    return {key: words for key, words in found.items() if "" not in words}


def _length(said: Mapping[str, str]) -> Text | None:
    try:
        unit = Unit(said.get("unit", ""))
        return length(Decimal(0) if unit in limits.BARE_UNITS else Decimal(said.get("amount", "")), unit)
    except (ValueError, InvalidOperation):
        return None


def _following(procedure: Procedure, task: Element, arrows: Mapping[str, tuple[str, ...]]) -> list[Element]:
    """The tasks that can come next in the same diagram, looked for through gateways; none where the way leaves the diagram."""
    found: dict[str, Element] = {}
    seen, pending = {task.id}, list(arrows.get(task.id, ()))
    while pending:
        element = procedure.elements.get(pending.pop(0))
        if element is None or element.id in seen:
            continue
        seen.add(element.id)
        if element.kind == TASK:
            found[element.id] = element
        elif element.kind in ("endEvent", "callActivity", "subProcess"):
            return []
        else:
            pending.extend(arrows.get(element.id, ()))
    return list(found.values())


@lru_cache(maxsize=32)
def _arrows(diagrams: tuple[bytes, ...]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for xml in diagrams:
        for flow in etree.fromstring(xml, parser=etree.XMLParser(resolve_entities=False, no_network=True)).iter(_FLOW):
            found.setdefault(str(flow.get("sourceRef")), []).append(str(flow.get("targetRef")))
    return {source: tuple(targets) for source, targets in found.items()}
