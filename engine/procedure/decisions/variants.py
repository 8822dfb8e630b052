"""Decisions with one thing different, for trying what depends on it: another table, or an ear at what is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from engine.domain.values import Value
from engine.feel import EvaluationContext, Expression
from engine.procedure.decisions.hit_policies import answer
from engine.procedure.decisions.model import Decision, Rows, Scope
from engine.procedure.decisions.table import CompiledRule, Table

Decisions = Mapping[str, Decision]


def without_row(decisions: Decisions, decision_id: str, index: int) -> dict[str, Decision]:
    """The decisions with one row of a table gone; the other rows keep their numbers."""
    return _with_rules(decisions, decision_id, lambda rule: None if rule.rule.index == index else rule)


def with_output(decisions: Decisions, decision_id: str, index: int, column: int, output: Expression) -> dict[str, Decision]:
    """The decisions with another result in one cell of a table."""

    def changed(rule: CompiledRule) -> CompiledRule:
        if rule.rule.index != index:
            return rule
        return replace(rule, outputs=(*rule.outputs[:column], output, *rule.outputs[column + 1 :]))

    return _with_rules(decisions, decision_id, changed)


def overheard(decisions: Decisions, hear: Callable[[str, int], object]) -> dict[str, Decision]:
    """The same decisions, which tell each row that matches as decision and number."""
    return _remade(decisions, lambda decision: replace(decision, logic=_telling(decision, hear)))


def _with_rules(
    decisions: Decisions, decision_id: str, change: Callable[[CompiledRule], CompiledRule | None]
) -> dict[str, Decision]:
    def changed(decision: Decision) -> Decision:
        if decision.id != decision_id or decision.table is None:
            return decision
        table = replace(decision.table, rules=tuple(new for rule in decision.table.rules if (new := change(rule)) is not None))
        return replace(decision, table=table, rules=tuple(rule.rule for rule in table.rules), logic=_asking(table))

    return _remade(decisions, changed)


def _remade(decisions: Decisions, change: Callable[[Decision], Decision]) -> dict[str, Decision]:
    """Every decision changed, and asking the changed ones where it asks others."""
    made: dict[str, Decision] = {}

    def make(decision: Decision) -> Decision:
        if decision.id not in made:
            made[decision.id] = change(replace(decision, requires=tuple(map(make, decision.requires))))
        return made[decision.id]

    return {key: make(decision) for key, decision in decisions.items()}


def _asking(table: Table) -> Callable[[Scope, EvaluationContext], tuple[Value, Rows]]:
    return lambda scope, context: answer(table, scope, context)


def _telling(decision: Decision, hear: Callable[[str, int], object]) -> Callable[[Scope, EvaluationContext], tuple[Value, Rows]]:
    def logic(scope: Scope, context: EvaluationContext) -> tuple[Value, Rows]:
        value, rows = decision.logic(scope, context)
        for row in rows:
            hear(decision.id, row)
        return value, rows

    return logic
