"""Unary tests and ``in``: does a value meet a comparison, an interval, a list or a value."""

from __future__ import annotations

from typing import Any

from engine.feel.compiler.core import Compiler, construct
from engine.feel.compiler.operators import COMPARISONS
from engine.feel.operations.equality import included
from engine.feel.runtime import Closure, Env
from engine.feel.syntax.tree import Node
from engine.feel.values import Range

INPUT = "?"
_COMPARING = ("operator_test", "unary_range")


@construct("in")
def _in(compiler: Compiler, node: Node) -> Closure:
    subject = compiler.compile(node.children[0])
    test = node.children[1]
    tests = [_test(compiler, part) for part in (test.children if test.kind == "tuple" else (test,))]

    def decide(env: Env) -> bool | None:
        value = subject(env)
        return _first_met([met(env, value) for met in tests])

    return decide


def _first_met(results: list[bool | None]) -> bool | None:
    return True if True in results else None if None in results else False


def _test(compiler: Compiler, node: Node) -> Any:
    """A function of environment and value that says whether the value meets the test; brackets around one change nothing."""
    if node.kind in _COMPARING:
        bound, compare = compiler.compile(node.children[0]), COMPARISONS[node.value]
        return lambda env, value: compare(env.run, value, bound(env))
    expression = compiler.compile(node)
    return lambda env, value: included(env.run, value, expression(env))


@construct("tests")
def _tests(compiler: Compiler, node: Node) -> Closure:
    with compiler.bound(INPUT):
        tests = [_cell(compiler, part) for part in node.children]
    negated = node.value

    def decide(env: Env) -> bool:
        value = env.local[INPUT]
        return any(met(env, value) is True for met in tests) is not negated

    return decide


def _cell(compiler: Compiler, node: Node) -> Any:
    if node.kind in _COMPARING:
        return _test(compiler, node)
    expression, asks = compiler.compile(node), _mentions_input(node)
    # "true" in a cell is a value to compare with, also where the input has none.
    names_value = node.kind == "constant"

    def met(env: Env, value: Any) -> bool | None:
        result = expression(env)
        # A boolean answers the question by itself, unless the cell only names the boolean to be met.
        if type(result) is bool and not names_value and (asks or type(value) is not bool):
            return result
        # A question that has no answer is not met, even where the value itself is null.
        return None if asks and result is None else included(env.run, value, result)

    return met


def _mentions_input(node: Node) -> bool:
    return (node.kind == "name" and node.value == INPUT) or any(_mentions_input(child) for child in node.children)


@construct("unary_range")
def _unary_range(compiler: Compiler, node: Node) -> Closure:
    bound, sign = compiler.compile(node.children[0]), node.value

    def make(env: Env) -> Any:
        value = bound(env)
        if sign in ("LT", "LE"):
            return Range(None, value, False, sign == "LE", unary=True)
        if sign in ("GT", "GE"):
            return Range(value, None, sign == "GE", False, unary=True)
        if sign == "EQ":
            return Range(value, value, unary=True)
        return env.run.null("“!=”不能表示区间。", "“!=” makes no range.")

    return make
