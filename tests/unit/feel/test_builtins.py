"""The standard's functions on values, texts, numbers, lists and contexts."""

from __future__ import annotations

import pytest

from engine.feel import BUILTIN_NAMES, compile_expression

CONVERSION = [
    ("string(1.50)", '"1.5"'),
    ("string(null)", "null"),
    ('string(["a", {b: @"P1D"}])', '"[\\"a\\", {b: P1D}]"'),
    ("string(10 ** 20)", '"100000000000000000000"'),
    ('number("1 000,5", " ", ",")', "1000.5"),
    ('number("1,000.5", ",", ".")', "1000.5"),
    ('number("1.5")', "1.5"),
    ('number("x")', "null"),
    ('number("1", ".", ".")', "null"),
    ('number(from: "1", grouping separator: null, decimal separator: ",")', "1"),
    ('is(@"10:00:00Z", @"10:00:00+00:00")', "true"),
    ("is(1, 1.0)", "true"),
    ('is(1, "1")', "false"),
    ('is(@"2025-01-01T08:00:00+08:00", @"2025-01-01T00:00:00Z")', "false"),
]
TEXTS = [
    ('substring("foobar", 3)', '"obar"'),
    ('substring("foobar", -2, 1)', '"a"'),
    ('substring("foobar", 0)', "null"),
    ('substring("投诉人", 2, 99)', '"诉人"'),
    ('string length("投诉")', "2"),
    ('string length("\\uD83D\\uDC0E")', "1"),
    ('upper case("aé")', '"AÉ"'),
    ('lower case("AB")', '"ab"'),
    ('substring before("foobar", "bar")', '"foo"'),
    ('substring before("foobar", "x")', '""'),
    ('substring after("foobar", "ob")', '"ar"'),
    ('substring after("foobar", "")', '"foobar"'),
    ('contains("foobar", "ob")', "true"),
    ('starts with("foobar", "fo")', "true"),
    ('ends with("foobar", "fo")', "false"),
    ('string join(["a", null, "b"], "-")', '"a-b"'),
    ('string join(["a", "b"])', '"ab"'),
    ('string join(["a", 1])', "null"),
    ('substring("abc", "1")', "null"),
]
NUMBERS = [
    ("decimal(2.5, 0)", "2"),
    ("decimal(1/3, 2)", "0.33"),
    ("floor(-1.5)", "-2"),
    ("floor(1.56, 1)", "1.5"),
    ("ceiling(-1.5)", "-1"),
    ("round up(5.121, 2)", "5.13"),
    ("round down(-5.129, 2)", "-5.12"),
    ("round half up(-2.5, 0)", "-3"),
    ("round half down(2.5, 0)", "2"),
    ("round up(1234, -2)", "1300"),
    ("decimal(1, 9999)", "null"),
    ("abs(-3)", "3"),
    ('abs(@"-P1D")', '@"P1D"'),
    ("modulo(-12, 5)", "3"),
    ("modulo(12, -5)", "-3"),
    ("modulo(1, 0)", "null"),
    ("sqrt(16)", "4"),
    ("sqrt(-1)", "null"),
    ("log(0)", "null"),
    ("decimal(log(exp(2)), 10)", "2"),
    ("odd(3)", "true"),
    ("even(3)", "false"),
    ("odd(1.5)", "null"),
]
ONE_ANSWER = [
    ("min([3, 1, 2])", "1"),
    ("min(3, 1)", "1"),
    ("max([])", "null"),
    ('max(["a", "b"])', '"b"'),
    ('min([1, "a"])', "null"),
    ("sum([1, 2])", "3"),
    ("sum([])", "null"),
    ('sum([@"P1D", @"PT12H"])', '@"P1DT12H"'),
    ("mean([1, 2, 3, 4])", "2.5"),
    ("median([5, 1, 3])", "3"),
    ("median([4, 1, 2, 3])", "2.5"),
    ("mode([1, 2, 2, 3, 3])", "[2, 3]"),
    ("mode([])", "[]"),
    ("stddev([2, 4, 7, 5])", "2.081665999466132735282297706979931"),
    ("stddev([1])", "null"),
    ("product([2, 3, 4])", "24"),
    ("count([1, null])", "2"),
    ("count(null)", "1"),
    ("all([true, null])", "null"),
    ("all([true, false, null])", "false"),
    ("all([])", "true"),
    ("any([false, null])", "null"),
    ("any(false, true)", "true"),
    ("list contains([1, null], null)", "true"),
    ("list contains([[1]], [1])", "true"),
    ("list contains([1], [1])", "false"),
]
LISTS = [
    ("sublist([4, 5, 6], 1, 2)", "[4, 5]"),
    ("sublist([4, 5, 6], -2)", "[5, 6]"),
    ("sublist([4, 5, 6], 3, 2)", "null"),
    ("append([1], 2, [3])", "[1, 2, [3]]"),
    ("concatenate([1], [2, 3], [])", "[1, 2, 3]"),
    ("insert before([1, 3], 2, 2)", "[1, 2, 3]"),
    ("insert before([1, 3], 5, 2)", "null"),
    ("remove([1, 2, 3], -1)", "[1, 2]"),
    ("reverse([1, 2])", "[2, 1]"),
    ("index of([1, 2, null, 2], 2)", "[2, 4]"),
    ("union([1, 2], [2, 3])", "[1, 2, 3]"),
    ("distinct values([1, 1.0, [2], [2], null, null])", "[1, [2], null]"),
    ("flatten([[1, [2]], 3])", "[1, 2, 3]"),
    ("sort([3, 1, 2])", "[1, 2, 3]"),
    ('sort([1, "a"])', "null"),
    ("sort([{a: 2}, {a: 1}], function(x, y) x.a < y.a).a", "[1, 2]"),
    ("list replace([1, 2, 3], 2, 9)", "[1, 9, 3]"),
    ("list replace([1, 2, 3], function(item, new) item < 3, 9)", "[9, 9, 3]"),
    ("list replace([1], 4, 9)", "null"),
]
CONTEXTS = [
    ('get value({a: 1}, "a")', "1"),
    ('get value({a: {b: 2}}, ["a", "b"])', "2"),
    ('get value({a: 1}, "b")', "null"),
    ("get entries({a: 1, b: 2})[1]", '{key: "a", value: 1}'),
    ('context put({a: 1}, "b", 2)', "{a: 1, b: 2}"),
    ('context put({a: {b: 1}}, ["a", "c"], 2)', "{a: {b: 1, c: 2}}"),
    ('context put({a: 1}, ["a", "c"], 2)', "null"),
    ("context merge([{a: 1}, {a: 2, b: 3}])", "{a: 2, b: 3}"),
    ('context([{key: "a", value: 1}])', "{a: 1}"),
    ('context([{key: "a", value: 1}, {key: "a", value: 2}])', "null"),
]
RELATIONS = [
    ("before(1, [2..3])", "true"),
    ("before([1..2), [2..3])", "true"),
    ("before([1..2], [2..3])", "false"),
    ("after([5..6], 4)", "true"),
    ("meets([1..2], [2..3])", "true"),
    ("meets([1..2), [2..3])", "false"),
    ("met by([2..3], [1..2])", "true"),
    ("overlaps([1..3], [3..5])", "true"),
    ("overlaps([1..3), [3..5])", "false"),
    ("overlaps before([1..3], [2..5])", "true"),
    ("overlaps after([2..5], [1..3])", "true"),
    ("finishes(5, [1..5])", "true"),
    ("finishes([3..5], [1..5])", "true"),
    ("finished by([1..5], 5)", "true"),
    ("includes([1..5], 5)", "true"),
    ("includes([1..5), [1..5])", "false"),
    ("during([2..3], [1..5])", "true"),
    ("starts(1, [1..5])", "true"),
    ("started by([1..5], [1..3])", "true"),
    ("coincides([1..5], [1..5])", "true"),
    ('before(1, "a")', "null"),
    ('range("[1..3)")', "[1..3)"),
    ('range("[@\\"2025-01-01\\"..date(\\"2025-01-02\\")]")', '[@"2025-01-01"..@"2025-01-02"]'),
    ('range("[3..1]")', "null"),
    ('range("1")', "null"),
    ('range("[x..1]")', "null"),
    ("5 in (>= 5)", "true"),
]


@pytest.mark.parametrize(("expression", "expected"), CONVERSION + TEXTS + NUMBERS + ONE_ANSWER + LISTS + CONTEXTS + RELATIONS)
def test_functions_give_what_the_standard_says(check, expression, expected):
    check(expression, expected)


@pytest.mark.parametrize("name", sorted(BUILTIN_NAMES))
def test_arguments_that_do_not_fit_are_null_with_a_warning(context, name):
    expression = compile_expression(f"{name}(function() 1, function() 2, function() 3, function() 4, 5, 6)")

    if name in {"count", "append", "concatenate", "union"}:
        assert expression.evaluate({}, context) is not None
    else:
        assert expression.evaluate({}, context) is None
        assert name in {"all", "any", "max", "min"} or name in context.warnings[0].zh
