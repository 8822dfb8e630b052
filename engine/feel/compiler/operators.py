"""Arithmetic, comparison, logic and the conditional."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.feel.compiler.core import Compiler, construct
from engine.feel.operations import equality
from engine.feel.operations.arithmetic import OPERATORS, negate
from engine.feel.operations.typing import is_instance
from engine.feel.runtime import Closure, Env, Run
from engine.feel.syntax.tree import Node

Comparison = Callable[[Run, Any, Any], "bool | None"]


def _different(run: Run, left: Any, right: Any) -> bool | None:
    result = equality.equal(run, left, right)
    return None if result is None else not result


def _greater(run: Run, left: Any, right: Any) -> bool | None:
    return equality.less(run, right, left)


def _greater_or_equal(run: Run, left: Any, right: Any) -> bool | None:
    return equality.less_or_equal(run, right, left)


COMPARISONS: dict[str, Comparison] = {
    "EQ": equality.equal, "NE": _different, "LT": equality.less, "LE": equality.less_or_equal,
    "GT": _greater, "GE": _greater_or_equal,
}  # fmt: skip


@construct("compare")
def _compare(compiler: Compiler, node: Node) -> Closure:
    left, right = compiler.compile_all(node.children)
    if node.value == "EQ":
        return _equals(left, right)
    compare = COMPARISONS[node.value]

    def decide(env: Env) -> bool | None:
        return compare(env.run, left(env), right(env))

    return decide


def _equals(left: Closure, right: Closure) -> Closure:
    equal = equality.equal

    def decide(env: Env) -> bool | None:
        one, other = left(env), right(env)
        if type(one) is str and type(other) is str:
            return one == other
        return equal(env.run, one, other)

    return decide


@construct("arithmetic")
def _arithmetic(compiler: Compiler, node: Node) -> Closure:
    first, *rest = compiler.compile_all(node.children)
    steps = tuple(zip((OPERATORS[sign] for sign in node.value), rest, strict=True))

    def compute(env: Env) -> Any:
        value = first(env)
        for operate, operand in steps:
            value = operate(env.run, value, operand(env))
        return value

    return compute


@construct("negative")
def _negative(compiler: Compiler, node: Node) -> Closure:
    operand = compiler.compile(node.children[0])

    def compute(env: Env) -> Any:
        return negate(env.run, operand(env))

    return compute


@construct("and")
def _and(compiler: Compiler, node: Node) -> Closure:
    return _logic(compiler.compile_all(node.children), decisive=False)


@construct("or")
def _or(compiler: Compiler, node: Node) -> Closure:
    return _logic(compiler.compile_all(node.children), decisive=True)


def _logic(parts: tuple[Closure, ...], decisive: bool) -> Closure:
    """Three-valued: the decisive value wins, then null, and what is no boolean counts as null."""

    def decide(env: Env) -> bool | None:
        result: bool | None = not decisive
        for part in parts:
            value: object = part(env)
            if value is decisive:
                return decisive
            if type(value) is not bool:
                result = None
        return result

    return decide


@construct("if")
def _if(compiler: Compiler, node: Node) -> Closure:
    condition, then, otherwise = compiler.compile_all(node.children)

    def choose(env: Env) -> Any:
        return then(env) if condition(env) is True else otherwise(env)

    return choose


@construct("between")
def _between(compiler: Compiler, node: Node) -> Closure:
    subject, low, high = compiler.compile_all(node.children)

    def decide(env: Env) -> bool | None:
        value = subject(env)
        above = equality.less_or_equal(env.run, low(env), value)
        below = equality.less_or_equal(env.run, value, high(env))
        return None if above is None or below is None else above and below

    return decide


@construct("instance_of")
def _instance_of(compiler: Compiler, node: Node) -> Closure:
    subject, declared = compiler.compile(node.children[0]), node.value

    def decide(env: Env) -> bool:
        return is_instance(env.run, subject(env), declared)

    return decide
