"""Conversion, and the boolean functions: string, number, not, is."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from engine.feel.builtins.registry import builtin
from engine.feel.errors import Fault
from engine.feel.operations.numbers import DECIMAL
from engine.feel.runtime import Run
from engine.feel.text import to_text
from engine.feel.values import kind

_NUMBER = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


@builtin("not(negand: any)")
def negation(run: Run, value: Any) -> bool | None:
    """The opposite of a boolean; null for anything else."""
    return not value if type(value) is bool else None


@builtin("string(from: any)", cost=5)
def string(run: Run, value: Any) -> str | None:
    """The value as text; null stays null."""
    if value is None:
        return None
    run.measure(value)
    text = to_text(value)
    run.text(len(text))
    return text


@builtin(
    "number(from: string | number)", "number(from: string, grouping separator: string | null, decimal separator: string | null)"
)
def number(run: Run, text: str | Decimal, grouping: str | None = None, point: str | None = None) -> Decimal:
    """The number that the text spells, with the given separators."""
    if isinstance(text, Decimal):
        return text
    if grouping not in (None, " ", ",", ".") or point not in (None, ",", ".") or (point and grouping == point):
        raise Fault("分隔符不可用。", "these separators cannot be used.")
    plain = text.replace(grouping, "") if grouping else text
    plain = plain.replace(point, ".") if point else plain
    if not _NUMBER.fullmatch(plain):
        raise Fault(f"“{text[:40]}”不是数字。", f"“{text[:40]}” is no number.")
    return DECIMAL.create_decimal(plain)


@builtin("is(value1: any, value2: any)", "is(*, value1?: any, value2?: any)")
def same(run: Run, left: Any, right: Any) -> bool:
    """Whether two values are the same in kind and in every part."""
    if kind(left) != kind(right):
        return False
    for value in (left, right):
        run.measure(value)
    zones = [getattr(value, "tzinfo", None) for value in (left, right)]
    return bool(left == right) and str(zones[0]) == str(zones[1])
