"""From tree to closures: one module for each group of constructs, gathered here so that all are registered."""

from __future__ import annotations

from engine.feel.compiler import access, calls, collections, loops, operators, tests
from engine.feel.compiler.core import Compiler

__all__ = ["Compiler", "access", "calls", "collections", "loops", "operators", "tests"]
