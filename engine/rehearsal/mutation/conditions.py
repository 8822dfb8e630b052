"""Changes to the conditions of diagrams and forms: each the other way round, always true, never true."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from engine.domain.text import Text
from engine.procedure import Component, Element, Form, Procedure
from engine.rehearsal.mutation import coverage, parts
from engine.rehearsal.mutation.coverage import Told, Touch
from engine.rehearsal.mutation.mutant import DIAGRAMS, FORMS, Mutant, comes_to
from engine.workflow import Model
from engine.workflow.variants import Variants, with_procedure

#: What a condition becomes, and what it must have been for that to make a difference; null counts as false.
WAYS = (
    (Text("反过来", "the other way round"), "not(({}) = true)", (True, False)),
    (Text("总是真", "always true"), "true", (False,)),
    (Text("总是假", "never true"), "false", (True,)),
)


def diagram_mutants(model: Model) -> Iterator[Mutant]:
    """Every change to a condition at a flow or an event."""
    variants = Variants(model)
    for condition in variants.conditions():
        element = model.procedure.elements[condition.element_id]
        place = element.id if condition.target is None else f"{element.id} → {condition.target}"
        words = frozenset({element.id, *([condition.target] if condition.target else [])})
        for said, pattern, was in WAYS:
            make = partial(variants.with_condition, condition, pattern.format(condition.source))
            concerns = _asked(element, [coverage.condition(condition.source, held) for held in was])
            yield Mutant(DIAGRAMS, element.file, place, _change(said, condition.source), make, concerns, words)


def _asked(element: Element, gave: list[Touch]) -> Callable[[Told], bool]:
    """For stories that come to where the condition is asked, and in which it gave what makes a difference."""
    where = element.id if element.attached_to is None else element.attached_to
    passed, made = comes_to(coverage.element(where)), comes_to(*gave)
    waits = element.kind == "intermediateCatchEvent"
    return lambda told: made(told) and (waits or passed(told))


def form_mutants(model: Model) -> Iterator[Mutant]:
    """Every change to what hides a part of a form."""
    for form in model.procedure.forms.values():
        for part in parts.all_parts(form.components):
            if part.hide is not None:
                for said, pattern, _ in WAYS:
                    changed = _hidden(model.procedure, form, part, pattern.format(part.hide.source))
                    yield _mutant(model, part, changed, _change(Text(f"隐藏{said.zh}", f"hidden {said.en}"), part.hide.source))


def _mutant(model: Model, part: Component, form: Form, change: Text) -> Mutant:
    words = frozenset(name for one in parts.all_parts((part,)) for name in (one.id, one.key) if name)

    def make() -> Model:
        return with_procedure(model, parts.with_form(model.procedure, form))

    return Mutant(FORMS, form.file, part.key or part.id, change, make, lambda told: told.heard.would_differ(form), words)


def _change(said: Text, source: str) -> Text:
    return Text(f"{said.zh}：{source}", f"{said.en}: {source}")


def _hidden(procedure: Procedure, form: Form, part: Component, source: str) -> Form:
    hide = procedure.compile(source)
    return parts.changed(form, part, lambda found: replace(found, hide=hide))
