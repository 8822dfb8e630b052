"""Arithmetic, comparison, three-valued logic and the conditional."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.feel import EvaluationContext, FeelError, compile_expression

NUMBERS = [
    ("1 + 2 * 3", "7"),
    ("(1 + 2) * 3", "9"),
    ("10 - 4 - 3", "3"),
    ("2 ** 3 ** 2", "64"),
    ("-2 ** 2", "4"),
    ("2 ** -1", "0.5"),
    ("1 / 3", "0.3333333333333333333333333333333333"),
    ("0.1 + 0.2 = 0.3", "true"),
    (".5 + 1.5e1", "15.5"),
    ("1 / 0", "null"),
    ("--3", "3"),
    ("1 - -1", "2"),
    ("null + 1", "null"),
    ('"a" + "b"', '"ab"'),
    ('"a" + 1', "null"),
    ("true + 1", "null"),
    ("1 + if true then 2 else 3 + 10", "3"),
    ('-"a"', "null"),
    ("0 ** -1", "null"),
    ("2 + 3 ** 2", "11"),
]
COMPARISONS = [
    ("1 = 1.0", "true"),
    ("1 != 2", "true"),
    ("null = null", "true"),
    ("null = 1", "false"),
    ("null != 1", "true"),
    ('1 = "1"', "null"),
    ('1 != "1"', "null"),
    ("1 < 2", "true"),
    ("2 <= 2", "true"),
    ('"a" < "b"', "true"),
    ('1 < "b"', "null"),
    ("null < 1", "null"),
    ("[1, 2] = [1, 2]", "true"),
    ("[1, 2] = [2, 1]", "false"),
    ("{a: 1, b: 2} = {b: 2, a: 1}", "true"),
    ("{a: 1} = {b: 1}", "false"),
    ("[1..3] = [1..3]", "true"),
    ("[1..3] = [1..3)", "false"),
    ("true = false", "false"),
    ("true < false", "null"),
    ("3 between 1 and 3", "true"),
    ("4 between 1 and 3", "false"),
    ("null between 1 and 3", "null"),
    ("1 between 1 and 2 and 3 between 3 and 4", "true"),
    ("2 >= 3 or 3 > 2", "true"),
]
LOGIC = [
    ("true and true", "true"),
    ("true and false", "false"),
    ("false and null", "false"),
    ("true and null", "null"),
    ("null and true", "null"),
    ("true or null", "true"),
    ("false or null", "null"),
    ("false or false", "false"),
    ('true and "x"', "null"),
    ("true or false and false", "true"),
    ("not(true)", "false"),
    ("not(null)", "null"),
    ("not(1)", "null"),
    ("if 1 < 2 then 3 else 4", "3"),
    ("if null then 3 else 4", "4"),
    ("if false then 1 else if true then 2 else 3", "2"),
    ("all([true, null])", "null"),
    ("any([false, true])", "true"),
]
MEMBERSHIP = [
    ("5 in (1, 5)", "true"),
    ("5 in [1, 5]", "true"),
    ("5 in [1..5)", "false"),
    ("5 in ]4..5]", "true"),
    ("5 in < 6", "true"),
    ("5 in (> 6, < 3)", "false"),
    ("5 in (< 6)", "true"),
    ("5 in 5", "true"),
    ("5 in [[4..6]]", "true"),
    ("5 in [1..5[ or true", "true"),
    ('"b" in ["a".."c"]', "true"),
    ("null in [1..5]", "null"),
    ("[1] in [[1], [2]]", "true"),
    ("true in (= true)", "true"),
    ("5 in (null..10]", "null"),
    ("1 in (1..[3][1])", "false"),
    ("2 in (1..[3][1])", "true"),
]
TYPES = [
    ("1 instance of number", "true"),
    ('"a" instance of string', "true"),
    ("null instance of number", "false"),
    ("1 instance of Any", "true"),
    ("null instance of Null", "true"),
    ("[1] instance of list<number>", "true"),
    ('["a"] instance of list<number>', "false"),
    ("{a: 1} instance of context<a: number>", "true"),
    ("{a: 1} instance of context<b: number>", "false"),
    ('@"P1D" instance of days and time duration', "true"),
    ('@"P1Y" instance of years and months duration', "true"),
    ("[1..2] instance of range<number>", "true"),
    ("(function(a: number) a) instance of function<number> -> number", "true"),
    ('@"2025-01-01T00:00:00" instance of date', "false"),
]


@pytest.mark.parametrize(("expression", "expected"), NUMBERS + COMPARISONS + LOGIC + MEMBERSHIP + TYPES)
def test_operators_give_what_the_standard_says(check, expression, expected):
    check(expression, expected)


def test_whole_numbers_of_the_scope_become_decimals():
    result = compile_expression("n + list[1]").evaluate({"n": 2, "list": [3]})

    assert result == Decimal(5) and type(result) is Decimal


def test_floats_are_refused_by_name():
    with pytest.raises(FeelError, match="loss") as refusal:
        compile_expression("loss > 1").evaluate({"loss": 1.5})

    assert "Decimal" in refusal.value.text.zh


def test_a_type_of_the_model_is_asked_of_the_caller():
    context = EvaluationContext(types={"tSmall": lambda value: value < 10})

    assert compile_expression("[5 instance of tSmall, 50 instance of tSmall]").evaluate({}, context) == [True, False]
    assert compile_expression("5 instance of tSmall").evaluate({}) is False


def test_what_makes_no_sense_is_null_with_a_warning_in_both_languages(context):
    assert compile_expression('1 + "a"').evaluate({}, context) is None

    assert [(text.zh, text.en) for text in context.warnings] == [("数字 + 文本 没有意义。", "number + string makes no sense.")]
