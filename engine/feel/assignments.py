"""The script of a script task: lines ``key = expression``, comments with ``#``, brackets may span lines."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from engine.feel.errors import FeelError, at
from engine.feel.expressions import Expression, compile_expression
from engine.feel.syntax.literals import STRING

_TARGET = re.compile(r"\s*([^=#\"(){}\[\]<>!]+?)\s*=(?!=)")
_SKIP = re.compile(rf"{STRING.pattern}|//[^\n]*|/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Assignments:
    """What a script assigns, in order; each expression may read what stands before it."""

    source: str
    items: tuple[tuple[str, Expression], ...]

    @property
    def targets(self) -> tuple[str, ...]:
        """The keys that are assigned, in order."""
        return tuple(key for key, _ in self.items)

    @property
    def variables(self) -> frozenset[str]:
        """The names that are read before the script itself assigns them."""
        read: set[str] = set()
        for index, (_, expression) in enumerate(self.items):
            read |= expression.variables - set(self.targets[:index])
        return frozenset(read)

    @property
    def functions(self) -> frozenset[str]:
        """The functions that are called."""
        return frozenset().union(*(expression.functions for _, expression in self.items))


def compile_assignments(source: str, names: Collection[str] = frozenset()) -> Assignments:
    """The compiled script, cached by text and names; FeelError with the position in the whole script."""
    return _compiled(source, frozenset(names))


@lru_cache(maxsize=1024)
def _compiled(source: str, names: frozenset[str]) -> Assignments:
    items = []
    known = set(names)
    for start, end in _statements(source):
        found = _TARGET.match(source, start, end)
        if found is None:
            raise at(start, "这一行应写成“键 = 表达式”。", "this line should read “key = expression”.", source)
        items.append((found.group(1), _expression(source, found.end(), end, frozenset(known))))
        known.add(found.group(1))
    return Assignments(source, tuple(items))


def _expression(source: str, start: int, end: int, names: frozenset[str]) -> Expression:
    text = source[start:end]
    lead = len(text) - len(text.lstrip())
    try:
        return compile_expression(text.strip(), names)
    except FeelError as error:
        place = (error.position or 0) + start + lead
        raise at(place, error.text.zh.partition("：")[2], error.text.en.partition(": ")[2], source) from None


def _statements(source: str) -> list[tuple[int, int]]:
    """Start and end of each statement: a line, and the lines after it while brackets are open."""
    statements: list[tuple[int, int]] = []
    position, begun, depth = 0, -1, 0
    while position < len(source):
        character = source[position]
        skipped = _SKIP.match(source, position)
        if character == "#" and begun < 0:
            position = _line_end(source, position)
        elif character == "\n" and depth <= 0:
            if begun >= 0:
                statements.append((begun, position))
            begun, depth = -1, 0
        elif not character.isspace():
            begun = position if begun < 0 else begun
            depth += (character in "([{") - (character in ")]}")
        position = max(position + 1, skipped.end() if skipped else 0)
    return [*statements, (begun, len(source))] if begun >= 0 else statements


def _line_end(source: str, position: int) -> int:
    end = source.find("\n", position)
    return len(source) if end < 0 else end - 1
