"""What a plain BPMN editor leaves unsaid about user tasks: who does it, what is filled in, how long it may take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.domain.text import Text
from engine.procedure.bundle import Bundle
from engine.procedure.diagrams import Element
from engine.procedure.diagrams.markup import ACTIVITIES, EVENTS
from engine.procedure.findings import Findings
from engine.procedure.reading import Reading, read_all

_TASK, _GATEWAY = "userTask", "Gateway"


@dataclass(frozen=True, slots=True)
class Question:
    """One user task that lacks something; ``may_mark`` says whether the steps it follows can note the moment when they end."""

    element_id: str
    file: str
    name: Text
    follows: tuple[Text, ...]
    role: bool
    form: bool
    limit: bool
    may_mark: bool

    @property
    def must(self) -> bool:
        """Whether the procedure cannot be used without an answer; a limit may be left out."""
        return self.role or self.form


@dataclass(frozen=True, slots=True)
class Questions:
    """Everything to be asked, and what may be chosen in the answers."""

    asked: tuple[Question, ...]
    roles: Mapping[str, Text]
    forms: Mapping[str, Text]
    moments: Mapping[str, Text]

    @property
    def open(self) -> bool:
        """Whether any answer is still needed."""
        return any(question.must for question in self.asked)


def questions_about(before: Bundle, after: Bundle) -> Questions:
    """What has to be asked about the user tasks of ``after``; a limit only where the task is new."""
    known, reading = read_all(before, Findings()).elements, read_all(after, Findings())
    tasks = [element for element in reading.elements.values() if element.kind == _TASK]
    asked = tuple(question for task in tasks if (question := _question(task, task.id not in known, reading)))
    shown = {element.form: element.label for element in tasks if element.form}
    return Questions(
        asked=asked,
        roles={key: role.label for key, role in reading.manifest.roles.items()},
        forms={key: shown.get(key, Text(key, key)) for key in reading.forms},
        moments={key: moment.label for key, moment in reading.manifest.moments.items()},
    )


def steps_before(element_id: str, reading: Reading) -> list[str]:
    """The ids of the elements from which connections lead to this one, through gateways, at which nobody does anything."""
    into: dict[str, list[str]] = {}
    for sheet in reading.sheets:
        for flow in sheet.root.iter("{*}sequenceFlow"):
            into.setdefault(str(flow.get("targetRef")), []).append(str(flow.get("sourceRef")))
    found: dict[str, None] = {}
    pending, seen = [element_id], {element_id}
    while pending:
        for source in into.get(pending.pop(), []):
            passed = reading.elements[source].kind.endswith(_GATEWAY) if source in reading.elements else False
            if passed and source not in seen:
                pending.append(source)
            elif not passed:
                found[source] = None
            seen.add(source)
    return list(found)


def may_be_marked(element_id: str, reading: Reading) -> bool:
    """Whether every step before can note the moment when it is done."""
    before = steps_before(element_id, reading)
    return bool(before) and all(key in reading.elements and reading.elements[key].kind in ACTIVITIES | EVENTS for key in before)


def _question(task: Element, is_new: bool, reading: Reading) -> Question | None:
    role, form, limit = not task.role, task.form not in reading.forms, is_new and not task.limit
    if not (role or form or limit):
        return None
    before = [reading.elements[key] for key in steps_before(task.id, reading) if key in reading.elements]
    follows = tuple(element.label for element in before)
    return Question(task.id, task.file, task.label, follows, role, form, limit, may_be_marked(task.id, reading))
