"""From the XML of a decision table to the table as written and the table ready to run."""

from __future__ import annotations

from engine.domain.text import Text, named
from engine.domain.values import Value
from engine.feel import EvaluationContext, Expression, FeelError, UnaryTests
from engine.procedure.decisions.columns import InputColumn, OutputColumn, Rule
from engine.procedure.decisions.hit_policies import AGGREGATIONS, POLICIES
from engine.procedure.decisions.reading.elements import Element, children, english_of, first, text_of, type_of
from engine.procedure.decisions.reading.workshop import Workshop
from engine.procedure.decisions.table import CompiledInput, CompiledOutput, CompiledRule, Table, quick_test

_MEND_POLICY = Text("请在表格左上角选择命中策略。", "Choose a hit policy in the table's upper left corner.")
_MEND_OUTPUT = Text("请改正这一格，或在列标题里加上这个值。", "Correct the cell, or add the value in the column's header.")
_MEND_ROW = Text("请用决策编辑器删去这一行再重新添加。", "Delete this row in the decision editor and add it again.")
_MEND_ORDER = Text(
    "请在结果列的标题里按先后列出允许的值。", "List the allowed values, the foremost first, in the output column's header."
)
_ORDERED = ("PRIORITY", "OUTPUT ORDER")


def read_table(element: Element, name: str, workshop: Workshop) -> Table:
    """The table, compiled; everything wrong with it is among the workshop's findings."""
    policy, aggregation = _policy(element, workshop)
    inputs = tuple(_input(child, workshop) for child in children(element, "input"))
    columns = list(children(element, "output"))
    outputs = tuple(_output(child, len(columns), policy, name, workshop) for child in columns)
    if not outputs:
        workshop.error(
            "decision-output", element, Text("决策表没有结果列。", "The decision table has no output column."), _MEND_ROW
        )
    if aggregation in ("SUM", "MIN", "MAX") and len(outputs) > 1:
        workshop.error(
            "decision-policy",
            element,
            Text("合计只适用于一个结果列。", "Adding up works for a single output column only."),
            _MEND_POLICY,
        )
    rows = enumerate(children(element, "rule"), 1)
    rules = tuple(rule for index, row in rows if (rule := _rule(row, index, inputs, outputs, workshop)) is not None)
    return Table(name, policy, aggregation, inputs, outputs, rules)


def _policy(element: Element, workshop: Workshop) -> tuple[str, str]:
    policy, aggregation = str(element.get("hitPolicy") or "UNIQUE"), str(element.get("aggregation") or "")
    if policy not in POLICIES or (aggregation and (aggregation not in AGGREGATIONS or policy != "COLLECT")):
        written = f"{policy} {aggregation}".strip()
        workshop.error(
            "decision-policy", element, Text(f"没有命中策略“{written}”。", f"There is no hit policy “{written}”."), _MEND_POLICY
        )
        return "UNIQUE", ""
    return policy, aggregation


def _input(element: Element, workshop: Workshop) -> CompiledInput:
    asked = first(element, "inputExpression")
    source, allowed = text_of(asked), text_of(first(element, "inputValues"))
    label = str(element.get("label") or source)
    if not source:
        workshop.error(
            "decision-input",
            element,
            Text(f"条件列“{label}”没有表达式。", f"The input column “{label}” has no expression."),
            Text("请在列标题里写上字段名。", "Write the field's key in the column's header."),
        )
    expression = workshop.expression(source, element) or _null(workshop, element)
    column = InputColumn(source, named(label, english_of(element)), type_of(asked), allowed, expression.variables)
    return CompiledInput(column, expression, workshop.tests(allowed, element))


def _output(element: Element, count: int, policy: str, table: str, workshop: Workshop) -> CompiledOutput:
    name = str(element.get("name") or "").strip()
    if count > 1 and not name:
        workshop.error(
            "decision-output",
            element,
            Text("有几个结果列时，每列都要有名称。", "With several output columns, each needs a name."),
            Text("请在列标题里写上名称。", "Write a name in the column's header."),
        )
    label = str(element.get("label") or name or table)
    allowed, default = text_of(first(element, "outputValues")), text_of(first(element, "defaultOutputEntry"))
    column = OutputColumn(name, named(label, english_of(element)), type_of(element), allowed, default)
    own = workshop.types.definition(column.type)
    ranked = allowed or ("" if own is None else own.allowed_source)
    output = CompiledOutput(
        column,
        workshop.of_type(element, element, label),
        workshop.tests(allowed, element),
        _ranks(ranked, policy, element, workshop),
        workshop.expression(default, element) if default else None,
    )
    if output.default is not None:
        _check_constant(output, output.default, default, element, workshop)
    return output


def _ranks(allowed: str, policy: str, element: Element, workshop: Workshop) -> tuple[Value, ...]:
    if policy not in _ORDERED:
        return ()
    listed = workshop.expression(f"[{allowed}]", element) if allowed else None
    if listed is None:
        workshop.error(
            "decision-order",
            element,
            Text("按优先顺序取结果，须先列出允许的值。", "Rows are ranked by the allowed values, but none are listed."),
            _MEND_ORDER,
        )
        return ()
    return tuple(listed.evaluate({}, EvaluationContext()) or ())


def _rule(
    element: Element, index: int, inputs: tuple[CompiledInput, ...], outputs: tuple[CompiledOutput, ...], workshop: Workshop
) -> CompiledRule | None:
    asked, answered = list(children(element, "inputEntry")), list(children(element, "outputEntry"))
    if len(asked) != len(inputs) or len(answered) != len(outputs):
        workshop.error(
            "decision-row",
            element,
            Text(f"第 {index} 行的格数与列数不符。", f"Row {index} has not one cell for each column."),
            _MEND_ROW,
        )
        return None
    annotation = text_of(first(element, "annotationEntry")) or _description(element)
    cells = tuple(text_of(cell) or "-" for cell in asked)
    answers = tuple(text_of(cell) for cell in answered)
    entries = tuple(str(cell.get("id") or "") for cell in (*asked, *answered))
    compiled = [workshop.tests(cell, where) for cell, where in zip(cells, asked, strict=True)]
    tests = tuple((n, quick_test(cells[n], test)) for n, test in enumerate(compiled) if test is not None)
    results = tuple(_result(output, cell, workshop) for output, cell in zip(outputs, answered, strict=True))
    reads = tuple(frozenset[str]() if one is None else one.variables - {"?"} for one in (*compiled, *results))
    rule = Rule(index, str(element.get("id") or ""), cells, answers, annotation, english_of(element), entries, reads)
    return CompiledRule(rule, tests, results)


def _result(output: CompiledOutput, cell: Element, workshop: Workshop) -> Expression:
    source = text_of(cell)
    expression = workshop.expression(source, cell) or _null(workshop, cell)
    _check_constant(output, expression, source, cell, workshop)
    return expression


def _check_constant(output: CompiledOutput, expression: Expression, source: str, element: Element, workshop: Workshop) -> None:
    """A result that needs no case to be known is checked before any case meets it."""
    if expression.variables or expression.functions:
        return
    try:
        value = expression.evaluate({}, EvaluationContext())
        fits = value is None or (output.conform(value, EvaluationContext()) is not None and _allows(output.allowed, value))
    except FeelError:
        fits = False
    if not fits:
        column, wanted = output.column, output.column.allowed or output.column.type
        workshop.error(
            "decision-output",
            element,
            Text(
                f"“{column.label.zh}”的结果 {source} 不合要求：{wanted}。",
                f"The result {source} of “{column.label.en}” is not what the column allows: {wanted}.",
            ),
            _MEND_OUTPUT,
        )


def _allows(tests: UnaryTests | None, value: Value) -> bool:
    return tests is None or tests.matches(value, {}, EvaluationContext())


def _null(workshop: Workshop, element: Element) -> Expression:
    found = workshop.expression("null", element)
    if found is None:
        raise AssertionError("null is FEEL")
    return found


def _description(element: Element) -> str:
    found = first(element, "description")
    return "" if found is None else "".join(map(str, found.itertext())).strip()
