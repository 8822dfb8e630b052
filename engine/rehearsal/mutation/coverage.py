"""What each story comes to: elements, rows and forms, so that a change is tried only on the stories that it may concern."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from engine.procedure import Procedure
from engine.procedure.decisions.variants import overheard as overheard_decisions
from engine.rehearsal.mutation.readings import Heard, overheard_forms
from engine.rehearsal.performance import Performance, Stumble
from engine.rehearsal.scenario import Scenario
from engine.workflow import Model
from engine.workflow.variants import overheard, with_procedure

#: A thing that a story may come to: ``("element", id)``, ``("row", decision, number)``, ``("form", name)``, a part of a form that
#: it looks for as ``("part", form, id)``, or a condition with what it gave as ``("condition", source, "True" or "False")``.
Touch = tuple[str, ...]
ELEMENT, ROW, FORM, PART, CONDITION = "element", "row", "form", "part", "condition"


@dataclass(frozen=True)
class Told:
    """A story with what it comes to, what it asks of forms, the words it is written in, and where it stumbles as things are."""

    story: Scenario
    touches: frozenset[Touch]
    heard: Heard
    words: frozenset[str]
    stumble: Stumble | None


def likely_first(told: Iterable[Told], words: Collection[str]) -> list[Told]:
    """The stories that speak of a thing before those that only come by, short ones first."""
    return sorted(told, key=lambda one: (-len(one.words.intersection(words)), len(one.story.steps)))


def element(own: str) -> Touch:
    """An element of a diagram."""
    return ELEMENT, own


def row(decision: str, number: int) -> Touch:
    """A row of a decision table, counted from 1."""
    return ROW, decision, str(number)


def form(name: str) -> Touch:
    """A form."""
    return FORM, name


def part(form: str, own: str) -> Touch:
    """A part of a form, looked for by an expectation."""
    return PART, form, own


def condition(source: str, held: bool) -> Touch:
    """A condition of a diagram that was asked, and whether it held."""
    return CONDITION, source, str(held)


def tell(model: Model, story: Scenario) -> Told:
    """The story played once as things are."""
    asked: set[Touch] = set()
    heard = Heard()
    procedure = overheard_forms(model.procedure, heard)
    decisions = overheard_decisions(procedure.decisions, lambda decision, number: asked.add(row(decision, number)))
    listening = overheard(model, lambda source, value: asked.add(condition(source, value is True)))
    performance = Performance(with_procedure(listening, replace(procedure, decisions=decisions)), story)
    stumble = next(performance.stumbles(), None)
    touched = performance.stage.touched if stumble is None else set()
    asked |= _elements(touched, procedure) | _forms(touched, story, procedure)
    asked |= {part(name, own) for name in procedure.forms for own in heard.looked_at(name)}
    return Told(story, frozenset(asked), heard, frozenset(_words([step.given for step in story.steps])), stumble)


def _words(written: Any) -> Iterator[str]:
    if isinstance(written, dict):
        yield from map(str, written)
        written = list(written.values())
    if isinstance(written, list):
        for part in written:
            yield from _words(part)
    elif isinstance(written, str):
        yield written


def _elements(touched: Iterable[str], procedure: Procedure) -> set[Touch]:
    """The elements with what they lie in: embedding subprocesses and every activity that calls their diagram."""
    callers = defaultdict(list)
    for one in procedure.elements.values():
        callers[one.called].append(one.id)
    found, pending = set[str](), list(touched)
    while pending:
        own = pending.pop()
        if own not in found and own in procedure.elements:
            found.add(own)
            one = procedure.elements[own]
            pending.extend([*callers[one.process_id], *([one.host] if one.host else [])])
    return set(map(element, found))


def _forms(touched: Iterable[str], story: Scenario, procedure: Procedure) -> set[Touch]:
    names = [found.name for own in touched if (found := procedure.form_of(own)) is not None]
    urgent = procedure.intake.emergency_form if story.values.get(procedure.register.get("emergency", "")) else None
    return set(map(form, [*names, *([urgent] if urgent else [])]))
