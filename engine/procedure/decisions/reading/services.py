"""Decision services: some decisions of a file offered as a function of others and of input data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.domain.values import Value
from engine.feel import EvaluationContext, Function, compile_expression
from engine.procedure.decisions.model import Decision, Logic, Outcome, Rows, Scope
from engine.procedure.decisions.reading.boxed import CALL_COST

Check = Callable[[Value, EvaluationContext], Value]


def service(
    name: str, outputs: tuple[Decision, ...], inputs: tuple[Decision, ...], data: tuple[tuple[str, Check], ...], typed: Check
) -> Function:
    """The service as a function; it takes the input data first, then the answers of the decisions it is not to ask."""
    parameters = (*(key for key, _ in data), *(one.variable for one in inputs))

    def call(run: Any, values: list[Value]) -> Value:
        if len(values) != len(parameters):
            return run.null(f"“{name}”需要 {len(parameters)} 个参数。", f"“{name}” takes {len(parameters)} arguments.")
        run.charge(CALL_COST)
        context: EvaluationContext = run.context
        checks = (*(check for _, check in data), *(one.conform for one in inputs))
        fitting = [check(value, context) for check, value in zip(checks, values, strict=True)]
        if any(fit is None and value is not None for fit, value in zip(fitting, values, strict=True)):
            return None
        scope = {key: value for (key, _), value in zip(data, fitting, strict=False)}
        done = {one.id: Outcome(one.id, value) for one, value in zip(inputs, fitting[len(data) :], strict=True)}
        answers = {one.variable: one.decide_with(scope, context, done).value for one in outputs}
        return typed(next(iter(answers.values())) if len(answers) == 1 else answers, context)

    return Function(name, parameters, call)


def asked_with(function: Function) -> Logic:
    """The service asked with a scope instead of arguments; what the scope lacks is null."""
    given = [f"a{place}" for place in range(len(function.parameters))]
    call = compile_expression(f"called({', '.join(given)})")

    def logic(scope: Scope, context: EvaluationContext) -> tuple[Value, Rows]:
        arguments = {key: scope.get(name) for key, name in zip(given, function.parameters, strict=True)}
        return call.evaluate({"called": function, **arguments}, context), ()

    return logic
