"""Lists, contexts, paths, filters, loops and functions."""

from __future__ import annotations

import pytest

from engine.domain.text import Text
from engine.feel import EvaluationContext, FeelError, compile_expression

FILTERS = [
    ("[1, 2, 3][1]", "1"),
    ("[1, 2, 3][-1]", "3"),
    ("[1, 2, 3][4]", "null"),
    ("[1, 2, 3][0]", "null"),
    ("[1, 2, 3][item > 1]", "[2, 3]"),
    ("[{a: 1}, {a: 2}][a = 2]", "[{a: 2}]"),
    ("[{a: 1}, {a: 2}][item.a = 2].a", "[2]"),
    ("5[1]", "5"),
    ("[][1]", "[]"),
    ("null[1]", "[]"),
    ("[1, 2, 3][n]", "2"),
    ("[{n: 9}, {n: 2}][n > 5]", "[{n: 9}]"),
    ("[[1], [2]][2][1]", "2"),
    ("[1, 2, 3, 4][even(item)]", "[2, 4]"),
    ("for x in [1, 2] return [1, 2, 3][item > x]", "[[2, 3], [3]]"),
]
PATHS = [
    ("{a: {b: 1}}.a.b", "1"),
    ("[{a: 1}, {a: 2}].a", "[1, 2]"),
    ("{a: 1}.b", "null"),
    ("null.a", "null"),
    ("[{b: 1}, {a: 2}].a", "[null, 2]"),
    ('{"a b": 1, c: 2}', '{"a b": 1, c: 2}'),
    ("{a: 1, b: a + 1, c: b * 2}.c", "4"),
    ("{}", "{}"),
    ("[1..10[.end", "10"),
    ("[1..10[.end included", "false"),
    ("{f: function(n) if n <= 1 then 1 else n * f(n - 1), r: f(5)}.r", "120"),
]
LOOPS = [
    ("for x in [1, 2] return x * 2", "[2, 4]"),
    ("for x in 1..3 return x", "[1, 2, 3]"),
    ("for x in 3..1 return x", "[3, 2, 1]"),
    ("for x in [1, 2], y in [3, 4] return x * y", "[3, 4, 6, 8]"),
    ("for x in [[1, 2], [3]], y in x return y", "[1, 2, 3]"),
    ("for i in 1..5 return if i < 3 then 1 else partial[-1] + partial[-2]", "[1, 1, 2, 3, 5]"),
    ("for x in [1..3] return x", "[1, 2, 3]"),
    ("for x in (1..3) return x", "[2]"),
    ('for d in @"2025-01-30"..@"2025-02-01" return d.day', "[30, 31, 1]"),
    ("for x in null return x", "null"),
    ("for x in 7 return x", "[7]"),
    ("for x in 1.5..3 return x", "null"),
    ("some x in [1, 2] satisfies x > 1", "true"),
    ("some x in [1, 2] satisfies x > 2", "false"),
    ("some x in [1, null] satisfies x > 2", "null"),
    ("every x in [1, 2] satisfies x > 0", "true"),
    ("every x in [1, 2] satisfies x > 1", "false"),
    ("every x in [] satisfies x", "true"),
    ("every x in [1, 2], y in [2, 3] satisfies x < y", "false"),
    ("some x in [1] satisfies x = 1 and true", "true"),
]
FUNCTIONS = [
    ("(function(a, b) a - b)(5, 3)", "2"),
    ("{f: function(a, b) a - b, r: f(b: 5, a: 3)}.r", "-2"),
    ("(function(a) a)(1, 2)", "null"),
    ('(function(a: number) a)("x")', "null"),
    ("(function(a: number) a)([1])", "1"),
    ("(function(a: list<number>) a)(1)", "[1]"),
    ('substring(start position: 2, string: "abc")', '"bc"'),
    ('substring(nowhere: 2, string: "abc")', "null"),
    ("(1)(2)", "null"),
    ("for f in [function(x) x + 1, function(x) x * 5] return f(2)", "[3, 10]"),
    ("sort([3, 1, 2], function(x, y) x > y)", "[3, 2, 1]"),
    ('function(x) external {java: {class: "a"}}', "null"),
    ("{m: max, r: m(1, 2)}.r", "2"),
    ("(function() 4)()", "4"),
]


@pytest.mark.parametrize(("expression", "expected"), FILTERS + PATHS + LOOPS + FUNCTIONS)
def test_collections_give_what_the_standard_says(check, expression, expected):
    check(expression, expected, {"n": 2})


def test_scope_values_are_never_changed():
    scope = {"rows": [{"a": 2}, {"a": 1}], "c": {"x": 1}}

    compile_expression('[append(rows, 1), sort(rows.a), reverse(rows), context put(c, "x", 2)]').evaluate(scope)

    assert scope == {"rows": [{"a": 2}, {"a": 1}], "c": {"x": 1}}


def test_functions_of_the_caller_may_refuse():
    reason = Text("没有此期限。", "There is no such limit.")

    def refuse(number):
        raise FeelError(reason)

    context = EvaluationContext(functions={"limit": refuse})

    with pytest.raises(FeelError) as refusal:
        compile_expression("limit(1)").evaluate({}, context)

    assert refusal.value.text == reason and refusal.value.source == "limit(1)"


@pytest.mark.parametrize("call", ["limit()", "limit(1, 2)", "limit(number: 1)"])
def test_functions_of_the_caller_take_their_own_number_of_arguments(call):
    with pytest.raises(FeelError, match="limit"):
        compile_expression(call).evaluate({}, EvaluationContext(functions={"limit": lambda number: number}))


def test_a_fault_within_a_function_of_the_caller_is_told_as_it_is():
    def faulty(number):
        return len(number)

    with pytest.raises(TypeError, match="no len"):
        compile_expression("limit(1)").evaluate({}, EvaluationContext(functions={"limit": faulty}))
