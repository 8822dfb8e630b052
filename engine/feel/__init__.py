"""FEEL, the expression language of the DMN standard: compiled once, evaluated in microseconds, bounded in every way."""

from __future__ import annotations

from engine.feel.assignments import Assignments, compile_assignments
from engine.feel.errors import FeelError
from engine.feel.expressions import BUILTIN_NAMES, Expression, UnaryTests, compile_expression, compile_unary_tests
from engine.feel.runtime import EvaluationContext, Limits
from engine.feel.text import literal, to_text
from engine.feel.values import Function, Range

__all__ = [
    "BUILTIN_NAMES",
    "Assignments",
    "EvaluationContext",
    "Expression",
    "FeelError",
    "Function",
    "Limits",
    "Range",
    "UnaryTests",
    "compile_assignments",
    "compile_expression",
    "compile_unary_tests",
    "literal",
    "to_text",
]
