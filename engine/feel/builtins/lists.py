"""The functions that ask a list for one answer: counting, sums, extremes, truth."""

from __future__ import annotations

from decimal import Decimal
from functools import reduce
from typing import Any

from engine.feel.builtins.registry import builtin
from engine.feel.errors import Fault
from engine.feel.operations.arithmetic import OPERATORS
from engine.feel.operations.equality import equal, less
from engine.feel.operations.numbers import DECIMAL
from engine.feel.runtime import Run
from engine.feel.values import DAYS, MONTHS, NUMBER, kind, take_in


def gathered(run: Run, values: tuple[Any, ...]) -> list[Any]:
    """The list that was given, or the arguments as one; paid for."""
    items = values[0] if len(values) == 1 and type(values[0]) is list else values
    run.charge(len(items))
    return [take_in(item, "item") for item in items]


def numbers(run: Run, values: tuple[Any, ...]) -> list[Decimal]:
    """The same, when all are numbers."""
    items = gathered(run, values)
    if not all(kind(item) == NUMBER for item in items):
        raise Fault("列表中只能有数字。", "the list may hold numbers only.")
    return items


@builtin("list contains(list: list, element: any)")
def list_contains(run: Run, items: list[Any], element: Any) -> bool:
    """Whether an element of the list equals the value."""
    run.charge(2 * len(items))
    return any(kind(item) == kind(element) and equal(run, item, element) is True for item in items)


@builtin("count(list: list)", "count(...c: any)")
def count(run: Run, *values: Any) -> Decimal:
    """How many elements."""
    return Decimal(len(gathered(run, values)))


@builtin("min(list: list)", "min(...c: any)")
def minimum(run: Run, *values: Any) -> Any:
    """The smallest element; null for an empty list."""
    return _extreme(run, gathered(run, values), lambda new, best: less(run, new, best))


@builtin("max(list: list)", "max(...c: any)")
def maximum(run: Run, *values: Any) -> Any:
    """The largest element; null for an empty list."""
    return _extreme(run, gathered(run, values), lambda new, best: less(run, best, new))


def _extreme(run: Run, items: list[Any], better: Any) -> Any:
    best = items[0] if items else None
    for item in items:
        decided = better(item, best)
        if decided is None:
            raise Fault("列表中的值不能比较大小。", "the values of the list have no common order.")
        best = item if decided else best
    return best


@builtin("sum(list: list)", "sum(...n: any)")
def total(run: Run, *values: Any) -> Any:
    """The sum of numbers, or of durations; null for an empty list."""
    items = gathered(run, values)
    if items and kind(items[0]) in (DAYS, MONTHS):
        return reduce(lambda left, right: OPERATORS["+"](run, left, right), items)
    return reduce(DECIMAL.add, numbers(run, values)) if items else None


@builtin("product(list: list)", "product(...n: any)")
def product(run: Run, *values: Any) -> Decimal | None:
    """The product of the numbers; null for an empty list."""
    items = numbers(run, values)
    return reduce(DECIMAL.multiply, items) if items else None


@builtin("mean(list: list)", "mean(...n: any)")
def mean(run: Run, *values: Any) -> Decimal | None:
    """The arithmetic mean; null for an empty list."""
    items = numbers(run, values)
    return DECIMAL.divide(reduce(DECIMAL.add, items), Decimal(len(items))) if items else None


@builtin("median(list: list)", "median(...n: any)")
def median(run: Run, *values: Any) -> Decimal | None:
    """The middle one, or the mean of the two in the middle; null for an empty list."""
    items = sorted(numbers(run, values))
    middle = len(items) // 2
    if not items or len(items) % 2:
        return items[middle] if items else None
    return DECIMAL.divide(DECIMAL.add(items[middle - 1], items[middle]), Decimal(2))


@builtin("mode(list: list)", "mode(...n: any)")
def mode(run: Run, *values: Any) -> list[Decimal]:
    """The numbers that occur most often, in ascending order."""
    times: dict[Decimal, int] = {}
    for item in numbers(run, values):
        times[item] = times.get(item, 0) + 1
    most = max(times.values(), default=0)
    return sorted(item for item, often in times.items() if often == most)


@builtin("stddev(list: list)", "stddev(...n: any)", cost=12)
def deviation(run: Run, *values: Any) -> Decimal | None:
    """The sample standard deviation; null for fewer than two numbers."""
    items = numbers(run, values)
    if len(items) < 2:
        raise Fault("至少需要两个数字。", "at least two numbers are needed.")
    middle = DECIMAL.divide(reduce(DECIMAL.add, items), Decimal(len(items)))
    squares = (DECIMAL.power(DECIMAL.subtract(item, middle), Decimal(2)) for item in items)
    return DECIMAL.sqrt(DECIMAL.divide(reduce(DECIMAL.add, squares), Decimal(len(items) - 1)))


@builtin("all(list: list)", "all(...b: any)")
def every(run: Run, *values: Any) -> bool | None:
    """False if one is false, true if all are true, else null."""
    return _truth(gathered(run, values), decisive=False)


@builtin("any(list: list)", "any(...b: any)")
def some(run: Run, *values: Any) -> bool | None:
    """True if one is true, false if all are false, else null."""
    return _truth(gathered(run, values), decisive=True)


def _truth(items: list[Any], decisive: bool) -> bool | None:
    if any(item is decisive for item in items):
        return decisive
    return not decisive if all(type(item) is bool for item in items) else None
