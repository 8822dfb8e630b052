"""Decisions as values: ask one with a scope, and it says what it answers and which rows said so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import Incident
from engine.feel import EvaluationContext, FeelError
from engine.procedure.decisions.columns import InputColumn, OutputColumn, Rule
from engine.procedure.decisions.instances import Instances
from engine.procedure.decisions.table import Table
from engine.procedure.findings import Finding

Scope = Mapping[str, Any]
Rows = tuple[int, ...]
Logic = Callable[[Scope, EvaluationContext], tuple[Value, Rows]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision answered, the matching rows (counted from 1), and what the decisions it asked answered."""

    decision: str
    value: Value
    matched: Rows = ()
    asked: tuple[Outcome, ...] = ()


@dataclass(slots=True)
class Decision:
    """One decision of a file: a table, or an expression, and the decisions it asks first."""

    id: str
    name: str
    label: Text
    file: str
    kind: str
    logic: Logic
    conform: Callable[[Value, EvaluationContext], Value]
    variable: str = ""
    hit_policy: str = ""
    aggregation: str = ""
    inputs: tuple[InputColumn, ...] = ()
    outputs: tuple[OutputColumn, ...] = ()
    rules: tuple[Rule, ...] = ()
    requires: tuple[Decision, ...] = ()
    given: Mapping[str, Any] = field(default_factory=dict)
    input_checks: tuple[tuple[str, Callable[[Value, EvaluationContext], Value]], ...] = ()
    table: Table | None = None
    types: Instances = field(default_factory=dict)

    def evaluate(self, scope: Scope, context: EvaluationContext | None = None) -> Value:
        """The answer alone; see ``decide``."""
        return self.decide(scope, context).value

    def decide(self, scope: Scope, context: EvaluationContext | None = None) -> Outcome:
        """The answer and how it came about; ``Incident`` when rows contradict each other or a bound is passed."""
        context = context or EvaluationContext()
        # The warnings stay the caller's own list.
        return self.decide_with(scope, replace(context, types=self.types) if self.types else context, {})

    def decide_with(self, scope: Scope, context: EvaluationContext, done: dict[str, Outcome]) -> Outcome:
        """The same, taking the answers that are known already from ``done`` and adding to it."""
        found = done.get(self.id)
        if found is None:
            asked = tuple(one.decide_with(scope, context, done) for one in self.requires)
            value, matched = self._answer(self._inner(scope, context, asked), context)
            found = done[self.id] = Outcome(self.id, self.conform(value, context), matched, asked)
        return found

    def _inner(self, scope: Scope, context: EvaluationContext, asked: tuple[Outcome, ...]) -> Scope:
        if not (asked or self.given or self.input_checks):
            return scope
        checked = {name: check(scope.get(name), context) for name, check in self.input_checks}
        answers = {one.variable: outcome.value for one, outcome in zip(self.requires, asked, strict=True)}
        return {**scope, **self.given, **checked, **answers}

    def _answer(self, scope: Scope, context: EvaluationContext) -> tuple[Value, Rows]:
        try:
            return self.logic(scope, context)
        except FeelError as error:
            raise Incident(
                Text(f"决策“{self.name}”无法得出结果：{error.text.zh}", f"Decision “{self.name}” has no answer: {error.text.en}")
            ) from error


class DecisionModel:
    """All decisions of one file, by id; ``findings`` says everything that is wrong or doubtful in it.

    ``services`` are its decision services: asked like decisions, with the answers they are not to work out in the scope.
    """

    def __init__(
        self,
        file: str,
        decisions: Mapping[str, Decision],
        inputs: tuple[str, ...],
        findings: tuple[Finding, ...],
        services: Mapping[str, Decision] = MappingProxyType({}),
    ) -> None:
        self.file = file
        self.decisions: Mapping[str, Decision] = MappingProxyType(dict(decisions))
        self.services: Mapping[str, Decision] = MappingProxyType(dict(services))
        self.inputs = inputs
        self.findings = findings

    def by_name(self, name: str) -> Decision | None:
        """The decision of that name or id, else the decision service."""
        known = {**self.services, **self.decisions}
        return known.get(name) or next((one for one in reversed(known.values()) if one.name == name), None)
