"""Changes to the tables: each amount of a limit, each row gone, each result another of those that are allowed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial

from engine.domain.text import Text
from engine.domain.values import Value
from engine.feel import FeelError, compile_expression, literal
from engine.procedure import Procedure
from engine.procedure.decisions import Decision, Rule
from engine.procedure.decisions.variants import with_output, without_row
from engine.procedure.limits import BARE_UNITS
from engine.procedure.limits import DECISION as LIMITS_TABLE
from engine.rehearsal.mutation import coverage
from engine.rehearsal.mutation.mutant import DECISIONS, LIMITS, Mutant, comes_to
from engine.workflow import Model
from engine.workflow.variants import with_procedure

AMOUNT, UNIT, AT_LEAST = "amount", "unit", "at_least"
GONE = Text("删去这一行", "the row is gone")


class Unknown:
    """What an expression gives that needs a case."""


UNKNOWN = Unknown()


def table_mutants(model: Model) -> Iterator[Mutant]:
    """Every change to a row of every table."""
    for decision in model.procedure.decisions.values():
        for rule in decision.rules:
            yield _gone(model, decision, rule)
            for column, source in _changes(model.procedure, decision, rule):
                yield _changed(model, decision, rule, column, source)


def _gone(model: Model, decision: Decision, rule: Rule) -> Mutant:
    def make() -> Model:
        return _with(model, without_row(model.procedure.decisions, decision.id, rule.index))

    return _mutant(decision, rule, GONE, make)


def _changed(model: Model, decision: Decision, rule: Rule, column: int, source: str) -> Mutant:
    output, present = decision.outputs[column], rule.outputs[column]
    change = Text(f"{output.label.zh}：{present} 改为 {source}", f"{output.name or output.label.en}: {present} becomes {source}")
    make = partial(_with_output, model, decision.id, rule.index, column, source)
    return _mutant(decision, rule, change, make)


def _with_output(model: Model, decision: str, index: int, column: int, source: str) -> Model:
    output = model.procedure.compile(source)
    return _with(model, with_output(model.procedure.decisions, decision, index, column, output))


def _with(model: Model, decisions: dict[str, Decision]) -> Model:
    return with_procedure(model, replace(model.procedure, decisions=decisions))


def _mutant(decision: Decision, rule: Rule, change: Text, make: Callable[[], Model]) -> Mutant:
    part = LIMITS if decision.id == LIMITS_TABLE else DECISIONS
    concerns = comes_to(coverage.row(decision.id, rule.index))
    words = frozenset({decision.id, *(output.name for output in decision.outputs), *(cell.strip('"') for cell in rule.cells)})
    return Mutant(part, decision.file, f"{decision.id} {rule.index} {rule.id}", change, make, concerns, words)


def _changes(procedure: Procedure, decision: Decision, rule: Rule) -> Iterator[tuple[int, str]]:
    """The results to try instead, by column."""
    for column, output in enumerate(decision.outputs):
        if decision.id == LIMITS_TABLE:
            if output.name == AT_LEAST or (output.name == AMOUNT and not _takes_no_amount(decision, rule)):
                yield from ((column, source) for source in _amounts(rule.outputs[column]))
            continue
        other = _other(procedure, decision, rule, column)
        if other is not None:
            yield column, other


def _takes_no_amount(decision: Decision, rule: Rule) -> bool:
    """Whether the row's unit is a moment as it is, so that its amount says nothing."""
    units = [constant(rule.outputs[column]) for column, output in enumerate(decision.outputs) if output.name == UNIT]
    return bool(BARE_UNITS.intersection(unit for unit in units if isinstance(unit, str)))


def _amounts(source: str) -> list[str]:
    """Twice and half of it; what cannot be halved whole is one less, and nothing becomes one."""
    value = constant(source)
    if value is None:
        return []
    if not isinstance(value, Decimal):
        return [f"({source}) * 2", f"({source}) / 2"]
    if value == 0:
        return ["1"]
    return [literal(value * 2), literal(value / 2 if value % 2 == 0 else value - 1)]


def _other(procedure: Procedure, decision: Decision, rule: Rule, column: int) -> str | None:
    """Another result that the column may have; None where nothing else is known."""
    present = constant(rule.outputs[column])
    allowed = [value for value in _allowed(procedure, decision, column) if value != present]
    if allowed:
        return literal(allowed[0])
    if isinstance(present, bool):
        return literal(not present)
    if isinstance(present, Decimal):
        return literal(present + 1)
    return None if present is None else "null"


def _allowed(procedure: Procedure, decision: Decision, column: int) -> list[Value]:
    """What the column's header lists, else the choices of its field, else what its other rows say."""
    output = decision.outputs[column]
    listed = constant(f"[{output.allowed}]") if output.allowed else None
    if isinstance(listed, list):
        return listed
    field = procedure.vocabulary.get(output.name or decision.id)
    if field is not None and field.choices:
        return [choice.value for choice in field.choices]
    said = [constant(rule.outputs[column]) for rule in decision.rules]
    return [value for value in said if value is not None and not isinstance(value, Unknown)]


def constant(source: str) -> Value | Unknown:
    """The value of an expression that needs no case; ``UNKNOWN`` for one that does."""
    try:
        expression = compile_expression(source)
    except FeelError:
        return UNKNOWN
    return UNKNOWN if expression.variables or expression.functions else expression.evaluate({})
