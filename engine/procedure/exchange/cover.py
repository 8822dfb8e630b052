"""Which clauses a procedure carries: every element, row, form part and page that names one, and the stories that show it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from engine.domain.text import Text
from engine.procedure.answers import FOLDER
from engine.procedure.bundle import Bundle
from engine.procedure.clauses import Clause
from engine.procedure.decisions import Decision, Rule
from engine.procedure.diagrams.markup import BPMN, SPIFF
from engine.procedure.findings import Findings
from engine.procedure.forms import Component
from engine.procedure.manifest import names_of
from engine.procedure.reading import Reading, read_all
from engine.procedure.safe_yaml import read_yaml

T = TypeVar("T")
_CLAUSE = "clause"
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9.]*[A-Za-z0-9]")
#: Kinds of carriers: an element of a diagram, a row of a table, a part of a form; and what the program itself shows or writes.
ELEMENT, ROW, PART, PAGE, REPORT = "element", "row", "part", "page", "report"
IN_CODE = frozenset({PAGE, REPORT})


@dataclass(frozen=True, slots=True)
class Carrier:
    """What carries a clause: its kind, the file that it stands in (none for a page or report) and its id there."""

    kind: str
    file: str
    id: str

    def __str__(self) -> str:
        return f"{self.file or self.kind} {self.id}"


@dataclass(frozen=True, slots=True)
class Cover:
    """One clause: what it asks, what carries it, which stories show it, and why it is open if it is meant to be."""

    id: str
    text: Text
    carriers: tuple[Carrier, ...]
    scenarios: tuple[str, ...]
    reason: Text | None = None

    @property
    def status(self) -> str:
        """``carried`` when anything names it, else ``open``."""
        return "carried" if self.carriers else "open"


def clause_cover(bundle: Bundle) -> list[Cover]:
    """Every clause of the procedure, in the order of its file."""
    reading = read_all(bundle, Findings())
    carriers = carriers_of(reading)
    stories: dict[str, list[str]] = defaultdict(list)
    for key, story in _told(bundle):
        stories[key].append(story)
    return [
        Cover(clause.id, clause.text, carriers.get(clause.id, ()), _once(stories[clause.id]), clause.open)
        for clause in reading.clauses.values()
    ]


def carriers_of(reading: Reading) -> dict[str, tuple[Carrier, ...]]:
    """By clause everything that carries it, each once."""
    found: dict[str, list[Carrier]] = defaultdict(list)
    for key, carrier in _carrying(reading):
        found[key].append(carrier)
    return {key: _once(carriers) for key, carriers in found.items()}


def carried(reading: Reading) -> frozenset[str]:
    """The clauses that anything carries."""
    return frozenset(key for key, _ in _carrying(reading))


def together(covers: Iterable[Cover]) -> list[Cover]:
    """The clauses of several procedures, each once, carried by whatever carries it anywhere."""
    found: dict[str, Cover] = {}
    for cover in covers:
        one = found.setdefault(cover.id, cover)
        found[cover.id] = replace(
            one,
            carriers=_once((*one.carriers, *cover.carriers)),
            scenarios=_once((*one.scenarios, *cover.scenarios)),
            reason=one.reason or cover.reason,
        )
    return list(found.values())


def _once(found: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(found))


def _carrying(reading: Reading) -> Iterator[tuple[str, Carrier]]:
    yield from _drawn(reading)
    yield from _decided(reading)
    yield from _asked(reading)
    yield from _coded(reading.clauses.values())


def _drawn(reading: Reading) -> Iterator[tuple[str, Carrier]]:
    for sheet in reading.sheets:
        for written in sheet.root.iter(f"{{{SPIFF}}}property"):
            element = next(written.iterancestors(f"{{{BPMN}}}extensionElements"), sheet.root).getparent()
            if written.get("name") == _CLAUSE and element is not None and element.get("id"):
                for key in names_of(written.get("value")):
                    yield key, Carrier(ELEMENT, sheet.file, str(element.get("id")))


def _decided(reading: Reading) -> Iterator[tuple[str, Carrier]]:
    for decision in reading.decisions.values():
        for rule in decision.rules:
            for key in _named(decision, rule, reading.clauses):
                yield key, Carrier(ROW, decision.file, rule.id)


def _named(decision: Decision, rule: Rule, clauses: Mapping[str, Clause]) -> Iterator[str]:
    """The clauses of a row: those of its clause column, and those that its annotation mentions."""
    for place, output in enumerate(decision.outputs):
        if output.name == _CLAUSE:
            yield from names_of(rule.outputs[place].strip().strip('"'))
    yield from (word for word in _WORD.findall(rule.annotation) if word in clauses)


def _asked(reading: Reading) -> Iterator[tuple[str, Carrier]]:
    for form in reading.forms.values():
        for part in _parts(form.components):
            for key in names_of(part.properties.get(_CLAUSE)):
                yield key, Carrier(PART, form.file, part.id)


def _parts(components: Collection[Component]) -> Iterator[Component]:
    for component in components:
        yield component
        yield from _parts(component.children)


def _coded(clauses: Iterable[Clause]) -> Iterator[tuple[str, Carrier]]:
    for clause in clauses:
        yield from ((clause.id, Carrier(PAGE, "", name)) for name in clause.pages)
        yield from ((clause.id, Carrier(REPORT, "", name)) for name in clause.reports)


def _told(bundle: Bundle) -> Iterator[tuple[str, str]]:
    """Each story by what its head names and what its expectations name beside that."""
    for file, data in bundle.named(".yaml", FOLDER).items():
        story = read_yaml(data, file, Findings()).mapping()
        steps = story.get("story")
        expected = (
            [step["expect"] for step in steps if isinstance(step, dict) and isinstance(step.get("expect"), dict)]
            if isinstance(steps, list)
            else []
        )
        for key in [key for part in (story, *expected) for key in names_of(part.get("clauses"))]:
            yield key, file.rpartition("/")[2].removesuffix(".yaml")
