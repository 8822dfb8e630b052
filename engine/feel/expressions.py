"""The compiled forms that callers hold: an expression, unary tests, and the assignments of a script."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

from engine.domain.text import Text
from engine.feel.builtins import BUILTINS
from engine.feel.compiler import Compiler
from engine.feel.compiler.tests import INPUT
from engine.feel.errors import FeelError
from engine.feel.runtime import NO_CONTEXT, Closure, Env, EvaluationContext, Run
from engine.feel.syntax.parser import parse
from engine.feel.values import take_in

BUILTIN_NAMES: frozenset[str] = frozenset(BUILTINS)


class _Compiled:
    """What all compiled forms share: the source, and the free names it reads and functions it calls."""

    def __init__(self, source: str, names: Collection[str], start: str) -> None:
        compiler = Compiler(names, BUILTIN_NAMES)
        try:
            self._closure: Closure = compiler.compile(parse(source, start, names, BUILTIN_NAMES))
        except FeelError as error:
            error.source = source
            raise
        self.source = source
        self.variables: frozenset[str] = frozenset(compiler.variables)
        self.functions: frozenset[str] = frozenset(compiler.functions)

    def _compute(self, scope: Mapping[str, Any], local: dict[str, Any], context: EvaluationContext | None) -> Any:
        try:
            run = Run(context or NO_CONTEXT)
            result = self._closure(Env(scope, local, run))
            if type(result) is list or type(result) is dict:
                run.measure(result)
            return result
        except RecursionError:
            raise FeelError(
                Text("表达式嵌套或调用过深，已停止。", "The expression is nested or calls too deeply, stopped."),
                source=self.source,
            ) from None
        except FeelError as error:
            error.source = error.source or self.source
            raise


class Expression(_Compiled):
    """A compiled FEEL expression: safe to share between threads and to evaluate any number of times."""

    def evaluate(self, scope: Mapping[str, Any], context: EvaluationContext | None = None) -> Any:
        """The value in this scope; null with a warning where the standard says null; FeelError only at a limit."""
        return self._compute(scope, {}, context)


class UnaryTests(_Compiled):
    """Compiled unary tests, the content of a decision table's input cell."""

    def matches(self, value: Any, scope: Mapping[str, Any], context: EvaluationContext | None = None) -> bool:
        """Whether the value meets the tests; ``-`` is met by everything."""
        return self._compute(scope, {INPUT: take_in(value, INPUT)}, context) is True


class _AnyValue(UnaryTests):
    """The test ``-``."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.variables = self.functions = frozenset()
        self._closure = lambda env: True


@lru_cache(maxsize=8192)
def _expression(source: str, names: frozenset[str]) -> Expression:
    return Expression(source, names, "expression")


@lru_cache(maxsize=8192)
def _unary_tests(source: str, names: frozenset[str]) -> UnaryTests:
    return _AnyValue(source) if source.strip() == "-" else UnaryTests(source, names, "unary_tests")


def compile_expression(source: str, names: Collection[str] = frozenset()) -> Expression:
    """The compiled expression, cached by text and names; FeelError with a position when it is none."""
    return _expression(source, names if isinstance(names, frozenset) else frozenset(names))


def compile_unary_tests(source: str, names: Collection[str] = frozenset()) -> UnaryTests:
    """The compiled unary tests, cached by text and names; FeelError with a position when they are none."""
    return _unary_tests(source, names if isinstance(names, frozenset) else frozenset(names))
