"""What may be chosen in the panel of the diagram's editor, with the names that an owner knows it by."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.text import Text
from engine.procedure.check.references import OPERATORS, OPTIONAL, REQUIRED
from engine.procedure.reading import Reading
from engine.procedure.vocabulary import Field
from engine.procedure.writing.called import titles_of_forms


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose in the panel: its key, its name, and what helps to tell it from others."""

    value: str
    label: Text
    hint: Text | None = None
    choices: tuple[Option, ...] = ()
    kind: str = ""

    def choice(self, value: str) -> Option | None:
        """What may be chosen under that key, None when there is no such."""
        return next((choice for choice in self.choices if choice.value == value), None)


def options(reading: Reading) -> dict[str, tuple[Option, ...]]:
    """The lists of the panel by name."""
    head = reading.manifest
    tasks = [element for element in reading.elements.values() if element.kind == "userTask"]
    titles = titles_of_forms(reading)
    return {
        "roles": tuple(Option(key, role.label) for key, role in head.roles.items()),
        "forms": tuple(Option(key, titles.get(key, Text(key, key)), Text(key, key)) for key in reading.forms),
        "limits": tuple(Option(key, label) for key, label in head.limits.items()),
        "moments": tuple(Option(key, moment.label) for key, moment in head.moments.items()),
        "tasks": tuple(Option(element.id, element.label) for element in tasks),
        "decisions": tuple(Option(key, decision.label) for key, decision in reading.decisions.items()),
        "processes": tuple(Option(key, diagram.name) for key, diagram in reading.diagrams.items()),
        "clauses": tuple(Option(key, Text(key, key), clause.text) for key, clause in reading.clauses.items()),
        "operators": tuple(_operator(name) for name in sorted(OPERATORS)),
        "fields": tuple(_field(field) for field in reading.vocabulary.values() if not field.personal),
    }


def _operator(name: str) -> Option:
    parts = REQUIRED.get(name, frozenset()) | OPTIONAL.get(name, frozenset())
    asked = tuple(Option(part, Text(part, part)) for part in sorted(parts))
    return Option(name, Text(name, name), choices=asked)


def _field(field: Field) -> Option:
    choices = tuple(Option(choice.value, choice.label) for choice in field.choices)
    return Option(field.key, field.label, Text(field.key, field.key), choices, field.type)
