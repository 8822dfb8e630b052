"""Boxed expressions: a decision's logic other than a table, compiled to a function of the scope."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.domain.text import Text
from engine.domain.values import Value
from engine.feel import EvaluationContext, Expression, Function, compile_expression
from engine.procedure.decisions.hit_policies import answer
from engine.procedure.decisions.reading.elements import Element, children, first, name_of, tag, text_of, type_of
from engine.procedure.decisions.reading.table_reader import read_table
from engine.procedure.decisions.reading.workshop import Workshop
from engine.procedure.decisions.table import Scope

Boxed = Callable[[Scope, EvaluationContext], Value]
# Each call of a knowledge model has a budget of its own, so the caller pays enough for it that loops of calls end.
CALL_COST = 100
_INVOKE = "called({})"
_MEND = Text("请改用 FEEL 表达式或决策表。", "Use a FEEL expression or a decision table instead.")
_LOGIC: dict[str, Callable[[Element, str, Workshop], Boxed]] = {}


def logic_of(owner: Element, name: str, workshop: Workshop) -> Boxed | None:
    """The logic an element holds; None when it holds none."""
    found = first(owner, *_LOGIC)
    return None if found is None else compile_boxed(found, name, workshop)


def compile_boxed(element: Element, name: str, workshop: Workshop) -> Boxed:
    """The logic of one boxed expression; ``name`` is what messages call it."""
    logic, wanted = _LOGIC[tag(element)](element, name, workshop), type_of(element)
    if not wanted:
        return logic
    conform = workshop.conformer(wanted, element, name)
    return lambda scope, context: conform(logic(scope, context), context)


def function_of(element: Element, name: str, workshop: Workshop) -> Callable[[Scope], Function]:
    """A function definition as a maker of functions: each sees the scope in which it was made."""
    formals = list(children(element, "formalParameter"))
    parameters = tuple(name_of(formal) for formal in formals)
    checks = [workshop.of_type(formal, formal, name_of(formal)) for formal in formals]
    if str(element.get("kind") or "FEEL") != "FEEL":
        _refuse(element, workshop)
    body = logic_of(element, name, workshop.knowing(parameters)) or _nothing

    def make(scope: Scope) -> Function:
        def call(run: Any, values: list[Value]) -> Value:
            if len(values) != len(parameters):
                return run.null(f"“{name}”需要 {len(parameters)} 个参数。", f"“{name}” takes {len(parameters)} arguments.")
            run.charge(CALL_COST)
            given = {key: check(value, run.context) for key, check, value in zip(parameters, checks, values, strict=True)}
            if any(given[key] is None and value is not None for key, value in zip(parameters, values, strict=True)):
                return None
            return body({**scope, **given}, run.context)

        return Function(name, parameters, call)

    return make


def _literal(element: Element, name: str, workshop: Workshop) -> Boxed:
    language = str(element.get("expressionLanguage") or "")
    if language and "feel" not in language.lower():
        _refuse(element, workshop)
        return _nothing
    expression = workshop.expression(text_of(element), element)
    return _nothing if expression is None else expression.evaluate


def _table(element: Element, name: str, workshop: Workshop) -> Boxed:
    table = read_table(element, name, workshop)
    return lambda scope, context: answer(table, scope, context)[0]


def _context(element: Element, name: str, workshop: Workshop) -> Boxed:
    entries: list[tuple[str | None, Boxed, Callable[[Value, EvaluationContext], Value]]] = []
    for entry in children(element, "contextEntry"):
        variable = first(entry, "variable")
        key = None if variable is None else name_of(variable)
        logic = logic_of(entry, key or name, workshop) or _nothing
        entries.append((key, logic, workshop.of_type(variable, entry, key or name)))
        workshop = workshop.knowing([key] if key else [])

    def evaluate(scope: Scope, context: EvaluationContext) -> Value:
        made: dict[str, Value] = {}
        for key, logic, conform in entries:
            value = conform(logic({**scope, **made}, context), context)
            if key is None:
                return value
            made[key] = value
        return made

    return evaluate


def _list(element: Element, name: str, workshop: Workshop) -> Boxed:
    items = [compile_boxed(child, name, workshop) for child in children(element, *_LOGIC)]
    return lambda scope, context: [item(scope, context) for item in items]


def _relation(element: Element, name: str, workshop: Workshop) -> Boxed:
    columns = [name_of(column) for column in children(element, "column")]
    rows = [[compile_boxed(cell, name, workshop) for cell in children(row, *_LOGIC)] for row in children(element, "row")]

    def evaluate(scope: Scope, context: EvaluationContext) -> Value:
        return [{column: cell(scope, context) for column, cell in zip(columns, row, strict=False)} for row in rows]

    return evaluate


def _function(element: Element, name: str, workshop: Workshop) -> Boxed:
    make = function_of(element, name, workshop)
    return lambda scope, context: make(scope)


def _invocation(element: Element, name: str, workshop: Workshop) -> Boxed:
    called = logic_of(element, name, workshop) or _nothing
    bindings: dict[str, Boxed] = {}
    for binding in children(element, "binding"):
        parameter = first(binding, "parameter")
        if parameter is not None:
            bindings[name_of(parameter)] = logic_of(binding, name, workshop) or _nothing

    def evaluate(scope: Scope, context: EvaluationContext) -> Value:
        function = called(scope, context)
        if not isinstance(function, Function):
            context.warnings.append(Text(f"“{name}”调用的不是函数。", f"What “{name}” calls is no function."))
            return None
        if not bindings.keys() <= set(function.parameters):
            names = ", ".join(function.parameters)
            context.warnings.append(
                Text(f"“{name}”调用的函数只有参数 {names}。", f"The function that “{name}” calls takes only {names}.")
            )
            return None
        given = {key: logic(scope, context) for key, logic in bindings.items()}
        arguments = {f"a{n}": given.get(parameter) for n, parameter in enumerate(function.parameters)}
        return _call(len(arguments)).evaluate({"called": function, **arguments}, context)

    return evaluate


def _call(count: int) -> Expression:
    return compile_expression(_INVOKE.format(", ".join(f"a{n}" for n in range(count))))


def _conditional(element: Element, name: str, workshop: Workshop) -> Boxed:
    """Null for a condition that is neither true nor false nor unknown."""
    condition, then, otherwise = (_branch(element, part, name, workshop) for part in ("if", "then", "else"))

    def evaluate(scope: Scope, context: EvaluationContext) -> Value:
        found = condition(scope, context)
        if found is None or isinstance(found, bool):
            return (then if found else otherwise)(scope, context)
        return None

    return evaluate


def _loop(element: Element, name: str, workshop: Workshop) -> Boxed:
    """Filters, loops and quantifiers are run as the FEEL expressions they stand for, and so within FEEL's bounds."""
    parts = [first(first(element, part), "literalExpression") for part in _LOOPS[tag(element)][1:]]
    if any(part is None for part in parts):
        _refuse(element, workshop)
        return _nothing
    iterator = str(element.get("iteratorVariable") or "item")
    texts = [text_of(part) for part in parts]
    expression = workshop.knowing([iterator]).expression(_LOOPS[tag(element)][0].format(iterator, *texts), element)
    return _nothing if expression is None else expression.evaluate


def _branch(element: Element, part: str, name: str, workshop: Workshop) -> Boxed:
    holder = first(element, part)
    return (None if holder is None else logic_of(holder, name, workshop)) or _nothing


def _nothing(scope: Scope, context: EvaluationContext) -> Value:
    return None


def _refuse(element: Element, workshop: Workshop) -> None:
    text = Text("这里用了 FEEL 以外的语言或不支持的写法。", "A language other than FEEL, or an unsupported form, is used here.")
    workshop.error("decision-language", element, text, _MEND)


# Boxed, a condition must be true, false or unknown of every item: anything else makes the whole null. Each part ends its
# line, since it may end in a comment.
_EACH = "(for {0} in {1}\n return {2}\n)"
_LOOPS = {
    "filter": (
        "if ({1}\n)[not(({2}\n) = null or ({2}\n) instance of boolean)] = [] then ({1}\n)[{2}\n] else null",
        "in",
        "match",
    ),
    "for": (_EACH, "in", "return"),
    "some": (f"if {_EACH}[not(item = null or item instance of boolean)] = [] then any({_EACH}) else null", "in", "satisfies"),
    "every": (f"if {_EACH}[not(item = null or item instance of boolean)] = [] then all({_EACH}) else null", "in", "satisfies"),
}
_LOGIC.update(
    {
        "literalExpression": _literal,
        "decisionTable": _table,
        "context": _context,
        "list": _list,
        "relation": _relation,
        "functionDefinition": _function,
        "invocation": _invocation,
        "conditional": _conditional,
        "filter": _loop,
        "for": _loop,
        "some": _loop,
        "every": _loop,
    }
)
