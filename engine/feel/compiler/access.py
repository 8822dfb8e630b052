"""Names, paths and filters: how an expression reaches into what it was given."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from engine.feel.builtins.registry import BUILTINS, as_function
from engine.feel.compiler.core import Compiler, constant, construct
from engine.feel.operations.properties import prop
from engine.feel.operations.temporal import parse_any
from engine.feel.runtime import Closure, Env
from engine.feel.syntax.tree import Node
from engine.feel.values import READY, take_in

_MISSING = object()


@construct("constant")
def _constant(compiler: Compiler, node: Node) -> Closure:
    return constant(node.value)


@construct("at")
def _at(compiler: Compiler, node: Node) -> Closure:
    value = parse_any(node.value)
    if value is not None:
        return constant(value)

    def unreadable(env: Env) -> None:
        env.run.null(f"“{node.value}”不是日期、时间或时长。", f"“{node.value}” is no date, time or duration.")

    return unreadable


@construct("name")
def _name(compiler: Compiler, node: Node) -> Closure:
    name: str = node.value
    slots, bound = compiler.meaning(name)
    outer = _bound(name) if bound else _free(name)
    if not bound and name in BUILTINS and name not in compiler.names:
        compiler.variables.discard(name)
    return _item_part(name, slots, outer) if slots else outer


def _bound(name: str) -> Closure:
    def read(env: Env) -> Any:
        return env.local[name]

    return read


def _free(name: str) -> Closure:
    def read(env: Env) -> Any:
        value = env.scope.get(name, _MISSING)
        if type(value) in READY:
            return value
        if value is _MISSING:
            return _absent(env, name)
        return take_in(value, name)

    return read


def _absent(env: Env, name: str) -> Any:
    if name in BUILTINS:
        return as_function(name)
    return env.run.null(f"没有名为“{name}”的值。", f"there is no value named “{name}”.")


def _item_part(name: str, slots: tuple[str, ...], outer: Closure) -> Closure:
    def read(env: Env) -> Any:
        for slot in slots:
            item = env.local[slot]
            if type(item) is dict and name in item:
                return take_in(item[name], name)
        return outer(env)

    return read


@construct("path")
def _path(compiler: Compiler, node: Node) -> Closure:
    base, name = compiler.compile(node.children[0]), node.value

    def read(env: Env) -> Any:
        return prop(env.run, base(env), name)

    return read


@construct("filter")
def _filter(compiler: Compiler, node: Node) -> Closure:
    base = compiler.compile(node.children[0])
    with compiler.filtering() as slot:
        test = compiler.compile(node.children[1])
    cost = node.children[1].size + 1

    def select(env: Env) -> Any:
        items = base(env)
        items = items if type(items) is list else [] if items is None else [items]
        kept = []
        for position, item in enumerate(items):
            env.run.charge(cost + (len(env.local) >> 4))
            item = take_in(item, "item")
            result = test(_with_item(env, slot, item))
            if position == 0 and type(result) is Decimal:
                return _at_index(env, items, result)
            if result is True:
                kept.append(item)
        return kept

    return select


def _with_item(env: Env, slot: str, item: Any) -> Env:
    named = item["item"] if type(item) is dict and "item" in item else item
    return Env(env.scope, {**env.local, slot: item, "item": named}, env.run)


def _at_index(env: Env, items: list[Any], index: Decimal) -> Any:
    if index and index == index.to_integral_value() and abs(index) <= len(items):
        place = int(index)
        return take_in(items[place - 1 if place > 0 else place], "item")
    return env.run.null(f"列表只有 {len(items)} 项，没有第 {index} 项。", f"the list has {len(items)} items, none at {index}.")
