"""What each story comes to: elements, rows and forms, so that a change is tried only on the stories that it may concern."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from engine.procedure import Procedure
from engine.procedure.decisions.variants import overheard
from engine.rehearsal.performance import Performance, Stumble
from engine.rehearsal.scenario import Scenario
from engine.workflow import Model
from engine.workflow.variants import with_procedure

#: A thing that a story may come to: ``("element", id)``, ``("row", decision, number)`` or ``("form", name)``.
Touch = tuple[str, ...]
ELEMENT, ROW, FORM = "element", "row", "form"


@dataclass(frozen=True)
class Told:
    """A story with what it comes to, and where it stumbles as things are."""

    story: Scenario
    touches: frozenset[Touch]
    stumble: Stumble | None


def element(own: str) -> Touch:
    """An element of a diagram."""
    return ELEMENT, own


def row(decision: str, number: int) -> Touch:
    """A row of a decision table, counted from 1."""
    return ROW, decision, str(number)


def form(name: str) -> Touch:
    """A form."""
    return FORM, name


def tell(model: Model, story: Scenario) -> Told:
    """The story played once as things are."""
    rows: set[Touch] = set()
    procedure = model.procedure
    decisions = overheard(procedure.decisions, lambda decision, number: rows.add(row(decision, number)))
    performance = Performance(with_procedure(model, replace(procedure, decisions=decisions)), story)
    stumble = next(performance.stumbles(), None)
    touched = performance.stage.touched if stumble is None else set()
    return Told(story, frozenset({*rows, *_elements(touched, procedure), *_forms(touched, story, procedure)}), stumble)


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
