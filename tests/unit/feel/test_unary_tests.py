"""Unary tests: what may stand in a cell of a decision table."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from engine.feel import FeelError, compile_unary_tests

SCOPE = {"limit": 5, "names": ["a", "b"], "urgent": True}
MET = [
    ("-", None),
    (" - ", 3),
    ("< 5", 4),
    (">= 5", 5),
    ("5", 5),
    ("3, 4, 5", 5),
    ('"a","b"', "b"),
    ("[1..5]", 5),
    ("]1..5[", 2),
    ("not(5)", 4),
    ('not("a", "b")', "c"),
    ("< 3, > 7", 8),
    ("limit", 5),
    ("names", "a"),
    ("? > 3 and ? < 6", 4),
    ("not(? > 3)", 2),
    ("true", True),
    ("false", False),
    ("null", None),
    ('starts with(?, "a")', "abc"),
    ('< date("2025-01-01")', date(2024, 1, 1)),
    ("(1..limit]", 5),
    ("limit + 1", 6),
    ('["a", "b"]', "a"),
    ("not(null)", 1),
    ('not("a") ', "b"),
    ("-1", -1),
    ("!= 3", 4),
    ("= 3", 3),
    ("urgent", "any text"),
    ("not(urgent) or ? = 2", 2),
    ("count(?) > 1", [1, 2]),
    ("(< 3)", 2),
    ("list contains(?, 2)", [1, 2]),
]
UNMET = [
    ("< 5", 5),
    ('"a"', "b"),
    ("[1..5)", 5),
    ("not(5)", 5),
    ("true", False),
    ("true", None),
    ("false", None),
    ("null", 1),
    ("< 5", None),
    ("< 5", "text"),
    ("? > 3", None),
    ("limit", 4),
    ("not(-1)", -1),
    ("names", "c"),
    ("? = 3", 4),
    ("not(urgent)", "any text"),
]


def _value(value):
    return Decimal(value) if type(value) is int else value


@pytest.mark.parametrize(("tests", "value"), MET)
def test_the_cell_is_met(tests, value):
    assert compile_unary_tests(tests).matches(_value(value), SCOPE) is True


@pytest.mark.parametrize(("tests", "value"), UNMET)
def test_the_cell_is_not_met(tests, value):
    assert compile_unary_tests(tests).matches(_value(value), SCOPE) is False


@pytest.mark.parametrize("tests", ["", ",", "1,", "< ", "not(", "not()", "[1..", "- 1 2", "a b"])
def test_what_is_no_test_is_refused_with_its_place(tests):
    with pytest.raises(FeelError) as refusal:
        compile_unary_tests(tests)

    assert refusal.value.position is not None
