"""A decision table, compiled: which rows match, and what the hit policy makes of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import Incident
from engine.feel import EvaluationContext, Expression, UnaryTests
from engine.procedure.decisions.columns import InputColumn, OutputColumn, Rule

Scope = Mapping[str, Any]
Test = Callable[[Any, Scope, EvaluationContext], bool]
_TEXTS = re.compile(r'\s*"[^"\\]*"(?:\s*,\s*"[^"\\]*")*\s*')
_TEXT = re.compile(r'"([^"\\]*)"')


@dataclass(frozen=True, slots=True)
class Hit:
    """A matching row and its output values, in the order of the columns."""

    row: int
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class CompiledInput:
    """An input column ready to run; ``allowed`` holds what its values may be, if that is said."""

    column: InputColumn
    expression: Expression
    allowed: UnaryTests | None


@dataclass(frozen=True, slots=True)
class CompiledOutput:
    """An output column ready to run; ``ranks`` are its allowed values, the foremost first."""

    column: OutputColumn
    conform: Callable[[Value, EvaluationContext], Value]
    allowed: UnaryTests | None
    ranks: tuple[Value, ...]
    default: Expression | None


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A row ready to run: only the cells that test something, each with its column."""

    rule: Rule
    tests: tuple[tuple[int, Test], ...]
    outputs: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A whole table ready to run."""

    name: str
    hit_policy: str
    aggregation: str
    inputs: tuple[CompiledInput, ...]
    outputs: tuple[CompiledOutput, ...]
    rules: tuple[CompiledRule, ...]

    def hits(self, scope: Scope, context: EvaluationContext) -> list[Hit]:
        """The matching rows in the order of the table; only the first one under FIRST."""
        values = [one.expression.evaluate(scope, context) for one in self.inputs]
        if not self._inputs_allowed(values, scope, context):
            return []
        found: list[Hit] = []
        for one in self.rules:
            for column, test in one.tests:
                if not test(values[column], scope, context):
                    break
            else:
                found.append(Hit(one.rule.index, self._row(one, scope, context)))
                if self.hit_policy == "FIRST":
                    break
        return found

    def default(self, scope: Scope, context: EvaluationContext) -> tuple[Value, ...] | None:
        """The default output entries, when the table has any."""
        if all(one.default is None for one in self.outputs):
            return None
        given = (None if one.default is None else one.default.evaluate(scope, context) for one in self.outputs)
        return tuple(one.conform(value, context) for one, value in zip(self.outputs, given, strict=True))

    def shape(self, values: tuple[Value, ...]) -> Value:
        """One output bare, several as a context."""
        if len(self.outputs) == 1:
            return values[0]
        return {one.column.name: value for one, value in zip(self.outputs, values, strict=True)}

    def _row(self, one: CompiledRule, scope: Scope, context: EvaluationContext) -> tuple[Value, ...]:
        pairs = zip(self.outputs, one.outputs, strict=True)
        return tuple(self._checked(output, cell.evaluate(scope, context), one.rule, context) for output, cell in pairs)

    def _checked(self, output: CompiledOutput, value: Value, rule: Rule, context: EvaluationContext) -> Value:
        value = output.conform(value, context)
        if value is None or output.allowed is None or output.allowed.matches(value, {}, context):
            return value
        name = output.column.label
        raise Incident(
            Text(
                f"决策表“{self.name}”第 {rule.index} 行：“{name.zh}”的结果不在允许的值 {output.column.allowed} 之内。",
                f"Decision table “{self.name}”, row {rule.index}: the result “{name.en}” is not one of {output.column.allowed}.",
            )
        )

    def _inputs_allowed(self, values: list[Value], scope: Scope, context: EvaluationContext) -> bool:
        for one, value in zip(self.inputs, values, strict=True):
            if value is not None and one.allowed is not None and not one.allowed.matches(value, scope, context):
                context.warnings.append(
                    Text(
                        f"决策表“{self.name}”：{one.column.source} 的值 {value} 不在 {one.column.allowed} 之内。",
                        f"Decision table “{self.name}”: {one.column.source} is {value}, not one of {one.column.allowed}.",
                    )
                )
                return False
        return True


def quick_test(source: str, tests: UnaryTests) -> Test:
    """The test of a cell; a cell of plain texts is looked up, which is what most cells of most tables are."""
    if not _TEXTS.fullmatch(source):
        return tests.matches
    texts = frozenset(_TEXT.findall(source))

    def test(value: Any, scope: Scope, context: EvaluationContext) -> bool:
        return value in texts if type(value) is str else tests.matches(value, scope, context)

    return test
