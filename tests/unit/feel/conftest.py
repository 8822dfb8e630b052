"""Checks an expression against the FEEL text of the value that it should have."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from engine.feel import EvaluationContext, compile_expression, to_text

NOON = datetime(2025, 3, 31, 4, 0, tzinfo=UTC)


@pytest.fixture
def context() -> EvaluationContext:
    return EvaluationContext(now=NOON)


@pytest.fixture
def check(context: EvaluationContext) -> Callable[..., None]:
    """``check(expression, expected)``: both are FEEL; kind and value must agree."""

    def compare(
        expression: str, expected: str, scope: Mapping[str, Any] | None = None, names: Collection[str] = frozenset()
    ) -> None:
        actual = compile_expression(expression, names).evaluate(scope or {}, context)
        wanted = compile_expression(expected).evaluate({})
        assert (type(actual), to_text(actual)) == (type(wanted), to_text(wanted)), context.warnings

    return compare
