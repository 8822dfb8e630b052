"""Regular expressions of XPath in linear time: no pattern, however nested, can make the engine think long."""

from __future__ import annotations

from engine.feel.regex.machine import search
from engine.feel.regex.parser import PatternError
from engine.feel.regex.program import Program, compile_pattern

__all__ = ["PatternError", "Program", "compile_pattern", "search"]
