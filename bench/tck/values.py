"""Values as the kit writes them, and when two of them are the same."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from engine.feel import EvaluationContext, compile_expression

KIT = "{http://www.omg.org/spec/DMN/20160719/testcase}"
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_TOLERANCE = Decimal("1e-8")


def value_of(node: Any) -> Any:
    """The value of a node: a list, a context of components, or a typed text."""
    if node is None or node.get(_NIL) == "true":
        return None
    listed, value, parts = node.find(f"{KIT}list"), node.find(f"{KIT}value"), node.findall(f"{KIT}component")
    if listed is not None:
        return None if listed.get(_NIL) == "true" else [value_of(item) for item in listed.findall(f"{KIT}item")]
    if parts:
        return {part.get("name"): value_of(part) for part in parts}
    return None if value is None or value.get(_NIL) == "true" else _typed(value)


def _typed(value: Any) -> Any:
    kind, text = (value.get(_TYPE) or "").rpartition(":")[2], value.text or ""
    if kind in ("decimal", "double", "integer"):
        return Decimal(text.strip())
    if kind == "boolean":
        return text.strip() == "true"
    if kind in ("date", "time", "dateTime", "duration"):
        # What our FEEL cannot write is compared as text, and so differs from any moment.
        found = compile_expression(f'@"{text.strip()}"').evaluate({}, EvaluationContext())
        return text if found is None else found
    return text


def same(actual: Any, expected: Any) -> bool:
    """Whether they agree: numbers within 1e-8, all else equal and of one kind."""
    if isinstance(actual, Decimal) and isinstance(expected, Decimal):
        return abs(actual - expected) <= _TOLERANCE * max(1, abs(expected))
    if isinstance(actual, list) and isinstance(expected, list):
        return len(actual) == len(expected) and all(map(same, actual, expected))
    if isinstance(actual, dict) and isinstance(expected, dict):
        return actual.keys() == expected.keys() and all(same(actual[key], expected[key]) for key in actual)
    return type(actual) is type(expected) and bool(actual == expected)
