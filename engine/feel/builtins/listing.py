"""The functions that make a list of a list: cutting, joining, ordering."""

from __future__ import annotations

from decimal import Decimal
from functools import cmp_to_key
from typing import Any

from engine.feel.builtins.registry import builtin
from engine.feel.errors import Fault
from engine.feel.operations.equality import equal, less
from engine.feel.runtime import Run
from engine.feel.values import Function


def place(items: list[Any], position: Decimal, most: int) -> int:
    """The index of a place counted from 1, or from the end where it is negative."""
    index = int(position) if abs(position) < most + 1 else 0
    if index == 0:
        raise Fault(f"列表只有 {len(items)} 项。", f"the list has {len(items)} items.")
    return index - 1 if index > 0 else len(items) + index


@builtin("sublist(list: list, start position: number, length?: number)")
def sublist(run: Run, items: list[Any], start: Decimal, length: Decimal | None = None) -> list[Any]:
    """The part from a place on."""
    begin = place(items, start, len(items))
    if length is not None and not 1 <= length <= len(items) - begin:
        raise Fault("长度超出列表。", "the length is outside the list.")
    return items[begin:] if length is None else items[begin : begin + int(length)]


@builtin("append(list: list, ...item: any)")
def append(run: Run, items: list[Any], *more: Any) -> list[Any]:
    """The list with the items at its end."""
    return concatenate(run, items, list(more))


@builtin("concatenate(...list: list)")
def concatenate(run: Run, *lists: list[Any]) -> list[Any]:
    """The lists one after the other."""
    run.items(sum(map(len, lists)))
    return [item for one in lists for item in one]


@builtin("insert before(list: list, position: number, newItem: any)")
def insert_before(run: Run, items: list[Any], position: Decimal, new: Any) -> list[Any]:
    """The list with the item before the place."""
    index = place(items, position, len(items))
    run.items(len(items) + 1)
    return [*items[:index], new, *items[index:]]


@builtin("remove(list: list, position: number)")
def remove(run: Run, items: list[Any], position: Decimal) -> list[Any]:
    """The list without the element at the place."""
    index = place(items, position, len(items))
    run.items(len(items))
    return [*items[:index], *items[index + 1 :]]


@builtin("list replace(list: list, position: number, newItem: any)")
def replace_at(run: Run, items: list[Any], position: Decimal, new: Any) -> list[Any]:
    """The list with another element at the place."""
    index = place(items, position, len(items))
    run.items(len(items))
    return [*items[:index], new, *items[index + 1 :]]


@builtin("list replace(list: list, match: function, newItem: any)")
def replace_where(run: Run, items: list[Any], match: Function, new: Any) -> list[Any]:
    """The list with another element wherever the function says true of the element and the new one."""
    _takes_two(match)
    result = []
    for item in items:
        verdict = match.call(run, [item, new])
        if type(verdict) is not bool:
            raise Fault("函数须返回真或假。", "the function must answer true or false.")
        result.append(new if verdict else item)
    return result


def _takes_two(function: Function) -> None:
    if len(function.parameters) != 2:
        raise Fault("函数须有两个参数。", "the function must take two arguments.")


@builtin("reverse(list: list)")
def reverse(run: Run, items: list[Any]) -> list[Any]:
    """The list from back to front."""
    run.items(len(items))
    return items[::-1]


@builtin("index of(list: list, match: any)")
def index_of(run: Run, items: list[Any], match: Any) -> list[Decimal]:
    """The places, counted from 1, where the value stands."""
    run.charge(len(items))
    return [Decimal(index) for index, item in enumerate(items, 1) if equal(run, item, match) is True]


@builtin("union(...list: list)")
def union(run: Run, *lists: list[Any]) -> list[Any]:
    """The elements of all lists, each once."""
    return distinct(run, concatenate(run, *lists))


@builtin("distinct values(list: list)")
def distinct(run: Run, items: list[Any]) -> list[Any]:
    """The list with each value once, in the order of first appearance."""
    result: list[Any] = []
    # Plain values are found by hash; the others must be compared one by one, which is charged.
    seen: set[Any] = set()
    others: list[Any] = []
    run.charge(len(items))
    for item in items:
        if type(item) in (str, Decimal):
            if item not in seen:
                result.append(item)
            seen.add(item)
            continue
        run.charge(len(others))
        if not any(equal(run, item, other) is True for other in others):
            others.append(item)
            result.append(item)
    return result


@builtin("flatten(list: list)")
def flatten(run: Run, items: list[Any]) -> list[Any]:
    """The list with the elements of its inner lists in their place."""
    result: list[Any] = []
    waiting = items[::-1]
    while waiting:
        run.charge(1)
        item = waiting.pop()
        if type(item) is list:
            waiting.extend(item[::-1])
        else:
            result.append(item)
    run.items(len(result))
    return result


@builtin("sort(list: list, precedes?: function)")
def sort(run: Run, items: list[Any], precedes: Function | None = None) -> list[Any]:
    """The list in order; ``precedes`` says whether its first argument comes before its second."""
    if precedes is not None:
        _takes_two(precedes)

    def before(left: Any, right: Any) -> bool:
        run.charge(1)
        verdict = less(run, left, right) if precedes is None else precedes.call(run, [left, right])
        if type(verdict) is not bool:
            raise Fault("列表中的值不能排序。", "the values of the list cannot be ordered.")
        return verdict

    return sorted(items, key=cmp_to_key(lambda left, right: -1 if before(left, right) else int(before(right, left))))
