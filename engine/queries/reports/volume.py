"""What a sealed volume says of itself: how many closed complaints of which numbers, whether any is missing, and one digest."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from engine.queries.reports.asking import Asked
from engine.storage.audit.volume import Bound, closed_between, digest_of, missing_numbers


def volume(asked: Asked) -> dict[str, Any]:
    """The volume of the period's closed complaints, by estate."""
    connection, period = asked.reader.connection, asked.period
    bound = closed_between(connection, period.start, period.end)
    estates = [_estate(code, list(cases)) for code, cases in groupby(bound, lambda case: case.estate)]
    missing = missing_numbers(connection, period.start, period.end)
    return {"volume": {"cases": len(bound), "digest": digest_of(bound), "estates": estates, "missing": missing}}


def _estate(code: str, bound: list[Bound]) -> dict[str, Any]:
    return {"estate": code, "cases": len(bound), "first": bound[0].number, "last": bound[-1].number, "digest": digest_of(bound)}
