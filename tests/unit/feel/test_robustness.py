"""Whatever is typed, the answer is a value or a FeelError, and every value can be written as FEEL again."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.durations import YearsMonths
from engine.feel import (
    EvaluationContext,
    FeelError,
    compile_assignments,
    compile_expression,
    compile_unary_tests,
    literal,
    to_text,
)

WORDS = "if then else for in return some every satisfies and or between instance of function true false null external not"
SIGNS = "( ) [ ] { } < > <= >= = != + - * / ** . .. , : ? @ // /* */ # $ 。"
PIECES = [
    *WORDS.split(),
    *SIGNS.split(),
    *('"', '@"2025-01-31"', '@"P1D"', '"a"', "1", "2.5", "0", "a", "b", "投诉", "a-b", "list<number>"),
    *("count", "string", "max", "date", "time", "substring", "item", "partial", "\\", "\t\n"),
]
SOURCES = st.one_of(st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join), st.text(max_size=30))
SCOPE = {"a": Decimal(1), "b": [Decimal(1), {"a": "x"}], "投诉": "x", "a-b": None}
ZONES = st.sampled_from([None, UTC, timezone(timedelta(hours=-5, minutes=-30)), ZoneInfo("Asia/Shanghai")])
PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.text(),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=6),
    st.dates(),
    st.times(timezones=ZONES),
    st.datetimes(timezones=ZONES, min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1)),
    st.timedeltas(timedelta(days=-99999), timedelta(days=99999)),
    st.integers(-9999, 9999).map(YearsMonths),
)
VALUES = st.recursive(
    PLAIN, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(), inner, max_size=4)), max_leaves=8
)


@given(SOURCES)
def test_any_text_is_an_expression_or_refused_with_a_place(source):
    try:
        compile_expression(source, SCOPE.keys()).evaluate(SCOPE, EvaluationContext())
    except FeelError as error:
        assert error.source == source
        assert error.position is None or 0 <= error.position <= len(source)


@given(SOURCES)
def test_any_text_is_a_unary_test_or_refused(source):
    try:
        assert compile_unary_tests(source, SCOPE.keys()).matches(Decimal(1), SCOPE) in (True, False)
    except FeelError as error:
        assert error.text.zh and error.text.en


@given(SOURCES)
def test_any_text_is_a_script_or_refused_with_a_place(source):
    try:
        compile_assignments(f"x = {source}\ny = x")
    except FeelError as error:
        assert error.position is not None


@given(st.lists(st.text(min_size=1, max_size=6), max_size=4), SOURCES)
def test_any_names_may_be_in_scope(names, source):
    try:
        compile_expression(source, names)
    except FeelError as error:
        assert error.position is not None


@given(VALUES)
def test_a_literal_evaluates_to_its_value(value):
    again = compile_expression(literal(value)).evaluate({}, EvaluationContext())

    assert again == value and type(again) is type(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1.50"), "1.5"),
        (True, "true"),
        (None, "null"),
        (date(2025, 1, 31), "2025-01-31"),
        (time(8, 30), "08:30:00"),
        (YearsMonths(14), "P1Y2M"),
        (timedelta(minutes=90), "PT1H30M"),
        (["a"], '["a"]'),
        ({"k": "v"}, '{k: "v"}'),
        ("a", "a"),
    ],
)
def test_text_is_written_as_people_read_it(value, text):
    assert to_text(value) == text
