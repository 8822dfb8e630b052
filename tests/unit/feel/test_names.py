"""Names: several words, Chinese, operators inside, and their places among keywords, functions and paths."""

from __future__ import annotations

import pytest

from engine.feel import EvaluationContext, Function, compile_expression, compile_unary_tests, literal

SCOPE = {
    "loss": 1,
    "loss amount": 2000,
    "loss amount total": 2500,
    "复 检 次数": 3,
    "投诉人": "张三",
    "a-b": 7,
    "a": 10,
    "b": 4,
    "date and time": 5,
    "in house": 6,
    "hours": 8,
    "count": 9,
    "person": {"first name": "Ann", "date of birth": 1, "in": 2},
    "rows": [{"key": 1, "值": 2}],
}
FOUND = [
    ("loss amount > 1000", "true"),
    ("loss  amount", "2000"),
    ("loss amount total", "2500"),
    ("{loss amount total net: 1, x: loss amount total net}.x", "1"),
    ("{loss: 1, x: loss amount}.x", "2000"),
    ("loss", "1"),
    ("复 检 次数 + 1", "4"),
    ('投诉人 = "张三"', "true"),
    ("a-b", "7"),
    ('{"-": -1, x: 3 - 1}.x', "2"),
    ('{"1": 11, x: 1 + 1}.x', "2"),
    ("a - b", "6"),
    ("a+b", "14"),
    ("date and time", "5"),
    ("in house in [6]", "true"),
    ("person.first name", '"Ann"'),
    ("person.first name and true", "null"),
    ("person.date of birth = 1", "true"),
    ("person.in", "2"),
    ("rows[值 = 2].key", "[1]"),
    ("rows.值", "[2]"),
    ("count + count([1, 2])", "11"),
    ("hours", "8"),
    ("if loss amount > 1 then loss amount else loss", "2000"),
    ("{loss amount: 1, x: loss amount + 1}.x", "2"),
    ("for loss amount in [1, 2] return loss amount * 2", "[2, 4]"),
    ("(function(a b) a b + 1)(1)", "2"),
    ("missing", "null"),
    ("{a b: 1}.a b", "1"),
    ("// why\nloss /* not */ + 1", "2"),
]
READS = [
    ("a + b.c", {"a", "b"}, set()),
    ("for x in xs return x + y", {"xs", "y"}, set()),
    ("hours(hours)", {"hours"}, {"hours"}),
    ("{k: 1, m: k + n}", {"n"}, set()),
    ("rows[age > limit]", {"rows", "limit"}, set()),
    ("(function(p) p + q)(1)", {"q"}, set()),
    ("some v in vs satisfies v = w", {"vs", "w"}, set()),
    ("string length(s)", {"s"}, {"string length"}),
    ("rows[item > 1]", {"rows"}, set()),
    ("working_days(2, opened)", {"opened"}, {"working_days"}),
    ("sort([2, 1])", set(), {"sort"}),
]


@pytest.mark.parametrize(("expression", "expected"), FOUND)
def test_the_longest_known_name_is_meant(check, expression, expected):
    check(expression, expected, SCOPE, SCOPE.keys())


@pytest.mark.parametrize("name", ["loss", "投诉人", "_x1", "Größe"])
def test_plain_words_need_not_be_known(name):
    assert compile_expression(f"{name} + 1").variables == {name}


@pytest.mark.parametrize(("expression", "variables", "functions"), READS)
def test_an_expression_tells_what_it_reads_and_calls(expression, variables, functions):
    compiled = compile_expression(expression, {"limit"})

    assert (compiled.variables, compiled.functions) == (variables, functions)


def test_unary_tests_do_not_read_their_input():
    assert compile_unary_tests("? > limit, < 3").variables == {"limit"}


def test_calls_resolve_among_functions_only():
    context = EvaluationContext(functions={"hours": lambda number: number * 60})

    assert compile_expression("hours(hours)").evaluate({"hours": 2}, context) == 120
    assert compile_expression("count(count)").evaluate({"count": [1, 2, 3]}, context) == 3


def test_a_function_of_the_scope_is_called_last():
    twice = compile_expression("function(x) 2 * x").evaluate({})

    assert isinstance(twice, Function)
    assert compile_expression("f(4)").evaluate({"f": twice}) == 8
    assert compile_expression("f(4)").evaluate({"f": twice}, EvaluationContext(functions={"f": lambda x: x})) == 4


def test_an_unknown_function_is_null_with_a_warning(context):
    assert compile_expression("nowhere(1)").evaluate({"nowhere": 5}, context) is None

    assert "nowhere" in context.warnings[0].zh


def test_compiled_forms_are_shared_by_text_and_names():
    assert compile_expression("a b", {"a b"}) is compile_expression("a b", ["a b"])
    assert compile_expression("a-b", {"a-b"}) is not compile_expression("a-b", {"a"})


@pytest.mark.parametrize("name", ["", " ", "\t", "(", "1", '"'])
def test_names_that_are_none_do_no_harm(name):
    assert compile_expression("a + 1", {name}).variables == {"a"}
    assert compile_expression(f"{{{literal(name)}: 1, x: 2}}.x").evaluate({}) == 2
