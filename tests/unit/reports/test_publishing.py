"""What the public is told: no small count, and none that the other numbers give away."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from engine.queries.reports.publishing import for_the_public


def row(value: str, received: int, closed: int = 0) -> dict[str, Any]:
    return {"value": value, "received": Decimal(received), "before": Decimal(0), "closed": Decimal(closed), "open": Decimal(0)}


def received(*rows: dict[str, Any]) -> list[Any]:
    return [one["received"] for one in for_the_public({"by": {"category": list(rows)}})["by"]["category"]]


def test_small_counts_are_left_out_whatever_kind_of_number_they_are() -> None:
    assert received(row("a", 9), row("b", 3), row("c", 4)) == [9, None, None]
    assert for_the_public({"totals": {"emergencies": 4, "reworked": Decimal(2), "passed_on": 5}})["totals"] == {
        "emergencies": None, "reworked": None, "passed_on": 5,
    }  # fmt: skip


def test_one_that_is_left_out_takes_the_next_small_one_along() -> None:
    assert received(row("a", 30), row("b", 7), row("c", 2), row("d", 0)) == [30, None, None, 0]
    assert received(row("a", 30), row("b", 5)) == [30, 5]


def test_what_came_in_cannot_be_worked_out_from_what_is_open() -> None:
    balance = {"open_at_start": 20, "received": 3, "closed": 10, "open_at_end": 13}

    assert for_the_public({"totals": balance})["totals"] == {**balance, "received": None, "closed": None}


def test_a_share_tells_neither_the_few_who_were_asked_nor_the_few_who_were_not() -> None:
    measures = [{"of": 100, "done": 98, "share": Decimal(98)}, {"of": 3, "done": 3, "share": Decimal(100)}]
    answered = {"answers": [{"count": 40, "share": 80}, {"count": 8, "share": 16}, {"count": 2, "share": 4}]}

    few_left, few_asked, answers = for_the_public({"measures": [*measures, answered]})["measures"]

    assert (few_left["of"], few_left["done"], few_left["share"]) == (100, None, None)
    assert (few_asked["of"], few_asked["share"]) == (None, None)
    assert [(one["count"], one["share"]) for one in answers["answers"]] == [(40, 80), (None, None), (None, None)]
