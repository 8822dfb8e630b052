"""``for``, ``some`` and ``every``: one walk over one or several lists or ranges."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from engine.feel.compiler.core import Compiler, construct
from engine.feel.operations.ranges import steps_between, steps_of
from engine.feel.runtime import Closure, Env
from engine.feel.syntax.tree import Node
from engine.feel.values import Range, take_in

PARTIAL = "partial"
# None where there is nothing to walk: the whole loop is then null.
Domain = Callable[[Env], "Iterable[Any] | None"]


def _iterators(compiler: Compiler, nodes: tuple[Node, ...], known: set[str]) -> list[tuple[str, Domain]]:
    """Each iterator sees the variables of those before it."""
    result = []
    for node in nodes:
        result.append((node.value, _domain(compiler.compile_all(node.children))))
        known.add(node.value)
    return result


def _domain(parts: tuple[Closure, ...]) -> Domain:
    if len(parts) == 2:
        low, high = parts
        return lambda env: steps_between(env.run, low(env), high(env))
    (source,) = parts

    def walk(env: Env) -> Iterable[Any] | None:
        value = source(env)
        if value is None:
            env.run.null("没有可以循环的列表。", "there is no list to walk.")
            return None
        if type(value) is Range:
            return steps_of(env.run, value)
        return value if type(value) is list else [value]

    return walk


class _NothingToWalk(Exception):
    """A domain was null, and so is the loop over it."""


def _walk(iterators: list[tuple[str, Domain]], env: Env, level: int = 0) -> Iterator[Env]:
    name, domain = iterators[level]
    last = level + 1 == len(iterators)
    values = domain(env)
    if values is None:
        raise _NothingToWalk
    for value in values:
        env.widened(1)
        inner = env.bind(name, take_in(value, name))
        if last:
            yield inner
        else:
            yield from _walk(iterators, inner, level + 1)


@construct("for")
def _for(compiler: Compiler, node: Node) -> Closure:
    *heads, last = node.children
    with compiler.bound() as known:
        iterators = _iterators(compiler, tuple(heads), known)
        known.add(PARTIAL)
        body = compiler.compile(last)
    cost, looks_back = last.size, _names(last, PARTIAL)

    def run(env: Env) -> list[Any]:
        results: list[Any] = []
        for inner in _walk(iterators, env):
            env.run.charge(cost)
            if looks_back:
                env.run.charge(len(results))
                inner.local[PARTIAL] = list(results)
            results.append(body(inner))
        env.run.items(len(results))
        return results

    return _null_for_nothing(run)


def _null_for_nothing(run: Closure) -> Closure:
    def guarded(env: Env) -> Any:
        try:
            return run(env)
        except _NothingToWalk:
            return None

    return guarded


def _names(node: Node, name: str) -> bool:
    return (node.kind == "name" and node.value == name) or any(_names(child, name) for child in node.children)


@construct("some", "every")
def _quantified(compiler: Compiler, node: Node) -> Closure:
    *heads, last = node.children
    with compiler.bound() as known:
        iterators = _iterators(compiler, tuple(heads), known)
        test = compiler.compile(last)
    cost, decisive = last.size, node.kind == "some"

    def run(env: Env) -> bool | None:
        result: bool | None = not decisive
        for inner in _walk(iterators, env):
            env.run.charge(cost)
            value: object = test(inner)
            if value is decisive:
                return decisive
            if type(value) is not bool:
                result = None
        return result

    return _null_for_nothing(run)
