"""The functions that ask a list for one answer."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from engine.feel.builtins.registry import builtin
from engine.feel.operations.equality import included
from engine.feel.runtime import Run


@builtin("count(list: list)", "count(...c: any)")
def count(run: Run, *values: Any) -> Decimal:
    """How many elements."""
    return Decimal(len(values[0] if len(values) == 1 and type(values[0]) is list else values))


@builtin("list contains(list: list, element: any)")
def list_contains(run: Run, items: list[Any], element: Any) -> bool | None:
    """Whether an element of the list equals the value."""
    return included(run, element, items)
