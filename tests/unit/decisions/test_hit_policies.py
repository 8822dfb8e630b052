"""What a table answers when none, one or several rows match."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.errors import Incident
from tests.unit.decisions.tables import table

ORDERED = [("y", '"high","mid","low"')]
ROWS = ['>= 1 | "low"', '>= 5 | "high"', '>= 9 | "mid"']
NUMBERS = [">= 1 | 10", ">= 5 | 30", ">= 9 | 20"]

SINGLE = [
    ("UNIQUE", ['1 | "a"', '2 | "b"'], 2, "b", (2,)),
    ("UNIQUE", ['1 | "a"'], 2, None, ()),
    ("ANY", ['>= 1 | "a"', '>= 2 | "a"', '>= 9 | "b"'], 3, "a", (1, 2)),
    ("ANY", ['1 | "a"'], 2, None, ()),
    ("FIRST", ROWS, 9, "low", (1,)),
    ("FIRST", ROWS, 0, None, ()),
    ("PRIORITY", ROWS, 9, "high", (2,)),
    ("PRIORITY", ROWS, 4, "low", (1,)),
    ("RULE ORDER", ROWS, 9, ["low", "high", "mid"], (1, 2, 3)),
    ("RULE ORDER", ROWS, 0, [], ()),
    ("OUTPUT ORDER", ROWS, 9, ["high", "mid", "low"], (2, 3, 1)),
    ("OUTPUT ORDER", ROWS, 0, [], ()),
    ("COLLECT", ROWS, 6, ["low", "high"], (1, 2)),
    ("COLLECT", ROWS, 0, [], ()),
    ("COLLECT of COUNT", ROWS, 9, Decimal(3), (1, 2, 3)),
    ("COLLECT of COUNT", ROWS, 0, Decimal(0), ()),
    ("COLLECT of SUM", NUMBERS, 9, Decimal(60), (1, 2, 3)),
    ("COLLECT of MIN", NUMBERS, 9, Decimal(10), (1, 2, 3)),
    ("COLLECT of MAX", NUMBERS, 9, Decimal(30), (1, 2, 3)),
    ("COLLECT of MAX", NUMBERS, 0, None, ()),
]


@pytest.mark.parametrize(("policy", "rows", "x", "value", "matched"), SINGLE)
def test_one_output(policy: str, rows: list[str], x: int, value: object, matched: tuple[int, ...]) -> None:
    outputs = ORDERED if rows is ROWS else [("y",)]

    outcome = table(["x"], outputs, rows, policy).decide({"x": Decimal(x)})

    assert (outcome.decision, outcome.value, outcome.matched) == ("t", value, matched)


def test_several_outputs_make_a_context() -> None:
    rows = ['"a" | 1 | "x"', '"a", "b" | 2 | "y"']

    assert table(["k"], [("n",), ("s",)], rows, "FIRST").evaluate({"k": "b"}) == {"n": Decimal(2), "s": "y"}
    assert table(["k"], [("n",), ("s",)], rows, "COLLECT").evaluate({"k": "a"}) == [{"n": 1, "s": "x"}, {"n": 2, "s": "y"}]


def test_priority_looks_at_the_first_output_first() -> None:
    outputs = [("a", '"x","y"'), ("b", "1,2,3")]
    decision = table(["k"], outputs, ['- | "y" | 1', '- | "x" | 3', '- | "x" | 2'], "OUTPUT ORDER")

    assert decision.decide({"k": Decimal(1)}).matched == (3, 2, 1)


def test_two_rows_of_a_unique_table_are_named() -> None:
    decision = table(["x"], [("y",)], ["> 1 | 1", "> 9 | 2", "> 2 | 3"])

    with pytest.raises(Incident, match="rows 1, 3 match") as caught:
        decision.evaluate({"x": Decimal(3)})

    assert "第 1、3 行" in caught.value.text.zh


def test_rows_of_an_any_table_that_disagree_are_named() -> None:
    with pytest.raises(Incident, match="rows 1, 2 differ"):
        table(["x"], [("y",)], ["> 1 | 1", "> 2 | 2"], "ANY").evaluate({"x": Decimal(3)})


@pytest.mark.parametrize(
    ("policy", "value"),
    [("UNIQUE", {"a": "none", "b": None}), ("FIRST", {"a": "none", "b": None}), ("COLLECT", [{"a": "none", "b": None}])],
)
def test_the_default_answers_when_no_row_does(policy: str, value: object) -> None:
    decision = table(["x"], [("a", "", '"none"'), ("b",)], ['1 | "one" | 1'], policy)

    assert decision.evaluate({"x": Decimal(2)}) == value
    assert decision.decide({"x": Decimal(2)}).matched == ()


def test_a_computed_result_outside_the_allowed_values_is_an_incident() -> None:
    decision = table(["x"], [("y", "[1..10]")], ["- | x * 2"])

    assert decision.evaluate({"x": Decimal(5)}) == 10
    with pytest.raises(Incident, match="row 1: the result “y” is not one of") as refused:
        decision.evaluate({"x": Decimal(6)})
    assert "12" not in str(refused.value), "what a case came to is not for all who read of the fault"
