"""Taking away what carries a clause: the model without it, and which stories come to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from engine.procedure.decisions.variants import without_row
from engine.procedure.exchange import cover
from engine.procedure.exchange.cover import Carrier
from engine.rehearsal.absence import NOTHING_GONE, Absence
from engine.rehearsal.mutation import coverage, parts
from engine.rehearsal.mutation.coverage import Touch
from engine.workflow import Model
from engine.workflow.variants import Variants, with_procedure


@dataclass(frozen=True)
class Without:
    """A way to play stories without something, for the stories that come to it."""

    touch: Touch
    make: Callable[[], tuple[Model, Absence] | None]


class Taking:
    """Takes away from one model; what is not taken away is shared with it."""

    def __init__(self, model: Model) -> None:
        self._model, self._procedure = model, model.procedure
        self._variants = Variants(model)

    def without(self, carrier: Carrier) -> Without | None:
        """How to do without a carrier; None for one that cannot be taken away, such as a lane or a page."""
        ways = {cover.ELEMENT: self._element, cover.ROW: self._row, cover.PART: self._part}
        return next(ways[carrier.kind](carrier), None) if carrier.kind in ways else None

    def _element(self, carrier: Carrier) -> Iterator[Without]:
        if carrier.id in self._procedure.elements:
            yield Without(coverage.element(carrier.id), partial(self._without_element, carrier.id))

    def _without_element(self, own: str) -> tuple[Model, Absence] | None:
        model = self._variants.without(own)
        return None if model is None else (model, Absence(frozenset({own})))

    def _row(self, carrier: Carrier) -> Iterator[Without]:
        for decision in self._procedure.decisions.values():
            for rule in decision.rules:
                if (decision.file, rule.id) == (carrier.file, carrier.id):
                    make = partial(self._without_row, decision.id, rule.index)
                    yield Without(coverage.row(decision.id, rule.index), make)

    def _without_row(self, decision: str, index: int) -> tuple[Model, Absence]:
        decisions = without_row(self._procedure.decisions, decision, index)
        return with_procedure(self._model, replace(self._procedure, decisions=decisions)), NOTHING_GONE

    def _part(self, carrier: Carrier) -> Iterator[Without]:
        for form in self._procedure.forms.values():
            for part in parts.all_parts(form.components) if form.file == carrier.file else ():
                if part.id == carrier.id:
                    touch = coverage.part(form.name, part.id) if part.kind == parts.TEXT else coverage.form(form.name)
                    yield Without(touch, partial(self._without_part, form.name, part.id))

    def _without_part(self, name: str, own: str) -> tuple[Model, Absence]:
        form = self._procedure.forms[name]
        part = next(part for part in parts.all_parts(form.components) if part.id == own)
        left = parts.without(form, part)
        return with_procedure(self._model, parts.with_form(self._procedure, left)), parts.lost_keys(form, left)
