"""Parses a pattern to a small tree; what cannot run in linear time, or is no XPath pattern, is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.feel.regex.charset import CLASSES, Charset, Test, category, opposite

MAX_LENGTH = 1_000
MAX_DEPTH = 30
MAX_REPEAT = 1_000
FLAGS = frozenset("smixq")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}
_LITERAL_ESCAPES = frozenset("\\|.-^?*+{}()[]$/")
_LINE_BREAKS = (("\n", "\n"), ("\r", "\r"))


# Under the flag x blanks mean nothing, save inside square brackets.
_BLANK = re.compile(r"\[(?:[^\]\\]|\\.)*\]|\s+", re.DOTALL)


def _unless_in_class(found: re.Match[str]) -> str:
    return found.group() if found.group().startswith("[") else ""


class PatternError(ValueError):
    """The pattern is none that can be used."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a pattern: ``set``, ``cat``, ``alt``, ``repeat``, ``group``, ``begin`` or ``end``."""

    kind: str
    parts: tuple[Part, ...] = ()
    charset: Charset | None = None
    low: int = 0
    high: int | None = None
    lazy: bool = False


class Parser:
    """One pattern under its flags; ``groups`` counts the capturing brackets."""

    def __init__(self, pattern: str, flags: str) -> None:
        if len(pattern) > MAX_LENGTH or not FLAGS.issuperset(flags):
            raise PatternError
        self.text = _BLANK.sub(_unless_in_class, pattern) if "x" in flags else pattern
        self.flags = flags
        self.position = 0
        self.groups = 0
        self.depth = 0

    def parse(self) -> Part:
        """The tree of the whole pattern."""
        if "q" in self.flags:
            return Part("cat", tuple(self._single(character) for character in self.text))
        tree = self._alternation()
        if self.position < len(self.text):
            raise PatternError
        return tree

    def _peek(self) -> str:
        return self.text[self.position : self.position + 1]

    def _take(self) -> str:
        character = self.text[self.position : self.position + 1]
        if not character:
            raise PatternError
        self.position += 1
        return character

    def _accept(self, text: str) -> bool:
        found = self.text.startswith(text, self.position)
        self.position += len(text) * found
        return found

    def _alternation(self) -> Part:
        branches = [self._sequence()]
        while self._peek() == "|":
            self.position += 1
            branches.append(self._sequence())
        return branches[0] if len(branches) == 1 else Part("alt", tuple(branches))

    def _sequence(self) -> Part:
        parts: list[Part] = []
        while self._peek() not in ("", "|", ")"):
            parts.append(self._quantified())
        return Part("cat", tuple(parts))

    def _quantified(self) -> Part:
        atom = self._atom()
        sign = self._peek()
        if sign not in ("?", "*", "+", "{") or not sign:
            return atom
        self.position += 1
        low, high = {"?": (0, 1), "*": (0, None), "+": (1, None)}.get(sign) or self._bounds()
        lazy = self._peek() == "?"
        self.position += lazy
        if self._peek() in ("?", "*", "+", "{") and self._peek():
            raise PatternError
        return Part("repeat", (atom,), low=low, high=high, lazy=lazy)

    def _bounds(self) -> tuple[int, int | None]:
        end = self.text.find("}", self.position)
        low, comma, high = self.text[self.position : max(end, 0)].partition(",")
        self.position = end + 1
        if end < 0 or not low.isascii() or not low.isdigit() or (high and not (high.isascii() and high.isdigit())):
            raise PatternError
        least, most = int(low), int(high) if high else None if comma else int(low)
        if least > MAX_REPEAT or (most is not None and not least <= most <= MAX_REPEAT):
            raise PatternError
        return least, most

    def _atom(self) -> Part:
        character = self._take()
        if character == "(":
            return self._group()
        if character == "[":
            return Part("set", charset=self._class())
        if character == ".":
            return Part("set", charset=self._dot())
        if character in "^$":
            return Part("begin" if character == "^" else "end")
        if character == "\\":
            return self._escape()
        if character in "?*+{}])":
            raise PatternError
        return self._single(character)

    def _dot(self) -> Charset:
        return Charset(negated=True) if "s" in self.flags else Charset(_LINE_BREAKS, negated=True)

    def _single(self, character: str) -> Part:
        return Part("set", charset=Charset(((character, character),), ignore_case="i" in self.flags))

    def _group(self) -> Part:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise PatternError
        capturing = not self._accept("?:")
        if capturing and self.text.startswith("?", self.position):
            raise PatternError
        self.groups += capturing
        number = self.groups
        inner = self._alternation()
        if not self._accept(")"):
            raise PatternError
        self.depth -= 1
        return Part("group", (inner,), low=number) if capturing else inner

    def _escape(self) -> Part:
        character = self._take()
        test = self._class_escape(character)
        if test is not None:
            return Part("set", charset=Charset(tests=(test,)))
        return self._single(self._literal(character))

    @staticmethod
    def _literal(character: str) -> str:
        if character in _ESCAPED:
            return _ESCAPED[character]
        if character not in _LITERAL_ESCAPES:
            raise PatternError
        return character

    def _class_escape(self, character: str) -> Test | None:
        if character in "pP":
            return self._property(character == "P")
        test = CLASSES.get(character.lower())
        return test if test is None or character.islower() else opposite(test)

    def _property(self, negated: bool) -> Test:
        end = self.text.find("}", self.position)
        if not self._accept("{") or end < 0:
            raise PatternError
        test = category(self.text[self.position : end])
        self.position = end + 1
        if test is None:
            raise PatternError
        return opposite(test) if negated else test

    def _class(self) -> Charset:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise PatternError
        negated = self._accept("^")
        ranges: list[tuple[str, str]] = []
        tests: list[Test] = []
        without: Charset | None = None
        while not self._accept("]"):
            if self._accept("-["):
                without = self._class()
                if not self._accept("]"):
                    raise PatternError
                break
            self._member(ranges, tests)
        if not ranges and not tests:
            raise PatternError
        self.depth -= 1
        return Charset(tuple(ranges), tuple(tests), negated, without, "i" in self.flags)

    def _member(self, ranges: list[tuple[str, str]], tests: list[Test]) -> None:
        low = self._take()
        if low == "[":
            raise PatternError
        if low == "\\":
            escaped = self._take()
            test = self._class_escape(escaped)
            if test is not None:
                tests.append(test)
                return
            low = self._literal(escaped)
        high = low
        following = self.text[self.position + 1 : self.position + 2]
        if self.text.startswith("-", self.position) and following not in ("]", "[", ""):
            self.position += 1
            high = self._take()
            high = self._literal(self._take()) if high == "\\" else high
        if high < low:
            raise PatternError
        ranges.append((low, high))
