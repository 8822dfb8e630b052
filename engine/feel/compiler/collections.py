"""List, context and interval literals."""

from __future__ import annotations

from typing import Any

from engine.feel.compiler.core import Compiler, construct
from engine.feel.operations.ranges import make_range
from engine.feel.runtime import Closure, Env
from engine.feel.syntax.tree import Node


@construct("list")
def _list(compiler: Compiler, node: Node) -> Closure:
    parts = compiler.compile_all(node.children)

    def make(env: Env) -> list[Any]:
        return [part(env) for part in parts]

    return make


@construct("context")
def _context(compiler: Compiler, node: Node) -> Closure:
    entries: list[tuple[str, Closure]] = []
    with compiler.bound() as known:
        for key, child in zip(node.value, node.children, strict=True):
            if child.kind == "function":
                # A function may call itself by its key.
                known.add(key)
            entries.append((key, compiler.compile(child)))
            known.add(key)

    def make(env: Env) -> dict[str, Any]:
        inner = Env(env.scope, dict(env.local), env.run)
        result: dict[str, Any] = {}
        for key, compute in entries:
            result[key] = inner.local[key] = compute(inner)
        return result

    return make


@construct("interval")
def _interval(compiler: Compiler, node: Node) -> Closure:
    low, high = compiler.compile_all(node.children)
    low_closed, high_closed = node.value

    def make(env: Env) -> Any:
        return make_range(env.run, low(env), high(env), low_closed, high_closed)

    return make
