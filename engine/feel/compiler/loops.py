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
Domain = Callable[[Env], Iterable[Any]]


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

    def walk(env: Env) -> Iterable[Any]:
        value = source(env)
        if type(value) is Range:
            return steps_of(env.run, value)
        return value if type(value) is list else [value]

    return walk


def _walk(iterators: list[tuple[str, Domain]], env: Env, level: int = 0) -> Iterator[Env]:
    name, domain = iterators[level]
    last = level + 1 == len(iterators)
    for value in domain(env):
        env.run.charge(1)
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

    return run


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
            value = test(inner)
            if value is decisive:
                return decisive
            if type(value) is not bool:
                result = None
        return result

    return run
