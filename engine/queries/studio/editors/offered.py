"""What the procedure offers to a step of a story: tasks by diagram, messages, and everything that can be expected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.domain.text import Text
from engine.procedure.decisions.spoken import TRUTH
from engine.procedure.reading import Reading
from engine.procedure.vocabulary import Field

Choice = tuple[str, Text]
_TASK, _YES = "userTask", tuple(TRUTH.items())
_OF_TASKS = ("open", "includes", "not_open", "path", "not_path")
_OF_ROLES, _OF_LIMITS = ("told", "not_told"), ("breached", "not_breached")
_OF_PAPERS = ("drafted", "not_drafted")


@dataclass(frozen=True, slots=True)
class Group:
    """Things to choose under a heading; ``key`` is an expectation, or the file of a diagram."""

    key: str
    label: Text
    choices: tuple[Choice, ...]


def tasks(reading: Reading) -> tuple[Group, ...]:
    """The user tasks by diagram, and the messages that actions bring."""
    found = []
    for diagram in reading.diagrams.values():
        own = (one for one in reading.elements.values() if one.file == diagram.file and one.kind == _TASK)
        found.append(Group(diagram.file, diagram.name, tuple((one.id, one.label) for one in own)))
    messages = tuple((one.message, one.name) for one in reading.actions.values() if one.message)
    found.append(Group("", Text("消息", "Messages"), messages))
    return tuple(group for group in found if group.choices)


def expected(reading: Reading) -> tuple[Group, ...]:
    """What can be expected with one choice, by expectation; a value is written with its field."""
    own = [(one.id, one.label) for one in reading.elements.values() if one.kind == _TASK]
    roles = [(key, role.label) for key, role in reading.manifest.roles.items()]
    papers = [(key, paper.title) for key, paper in reading.documents.items()]
    limits = list(reading.manifest.limits.items())
    lists = {key: own for key in _OF_TASKS} | {key: roles for key in _OF_ROLES} | {key: limits for key in _OF_LIMITS}
    lists |= {key: papers for key in _OF_PAPERS} | {"closed": list(_YES), "value": list(values(reading.vocabulary.values()))}
    return tuple(Group(key, Text("", ""), tuple(choices)) for key, choices in lists.items() if choices)


def answers(reading: Reading, task: str) -> tuple[Choice, ...]:
    """What may be chosen on the form of a task, each written with its field."""
    element = reading.elements.get(task)
    form = reading.forms.get(element.form) if element and element.form else None
    keys = form.keys if form else ()
    return tuple(values(reading.vocabulary[key] for key in keys if key in reading.vocabulary))


def values(fields: Iterable[Field]) -> Iterator[Choice]:
    """Every choice of every field that has some."""
    for field in fields:
        yield from _of(field)


def _of(field: Field) -> Iterator[Choice]:
    choices = [(one.value, one.label) for one in field.choices]
    for value, label in choices or (_YES if field.type == "boolean" else ()):
        written = f"{field.key}: [{value}]" if field.type == "choices" else f"{field.key}: {value}"
        yield written, Text(f"{field.label.zh}：{label.zh}", f"{field.label.en}: {label.en}")
