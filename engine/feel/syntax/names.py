"""Finds names in the text: those in scope by longest match, the multi-word built-ins before a bracket, else one word."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

PART = r"\w\U00010000-\U000EFFFF"
WORD = re.compile(rf"[^\W\d][{PART}]*|[\U00010000-\U000EFFFF][{PART}]*")
WORDS = re.compile(rf"(?:{WORD.pattern})(?:[ \t\u00a0\u3000]+[{PART}]+)*")
BLANKS = re.compile(r"\s+")
KEYWORDS = frozenset({
    "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or", "between", "instance", "function",
    "external", "true", "false", "null",
})  # fmt: skip


def normal(name: str) -> str:
    """The name with single spaces, as it stands in the scope."""
    return BLANKS.sub(" ", name.strip())


def pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern of the names that are more than one plain word, longest first.

    What does not begin like a word ("-", a key in quotes) is no name: it would be found where a sign or a number stands.
    """
    special = sorted({name for name in names if WORD.match(name.strip()) and not WORD.fullmatch(name)}, key=len, reverse=True)
    if not special:
        return None
    spelled = (r"\s+".join(re.escape(word) for word in name.split()) for name in special)
    return re.compile("|".join(f"(?:{one})" for one in spelled))


@lru_cache(maxsize=256)
def _cached(names: frozenset[str]) -> re.Pattern[str] | None:
    return pattern(names)


class NameFinder:
    """The names known at one point of the text; declaring a loop variable or a context key adds to them."""

    def __init__(self, names: Collection[str], functions: Collection[str]) -> None:
        self._scope = _cached(frozenset(names))
        self._functions = _cached(frozenset(functions))
        self._declared: set[str] = set()
        self._own: re.Pattern[str] | None = None

    def declare(self, name: str) -> None:
        """From here on the name is known."""
        if name not in self._declared and not WORD.fullmatch(name):
            self._declared.add(name)
            self._own = pattern(self._declared)

    def known(self, source: str, start: int) -> int | None:
        """Where the longest known name of several words or signs ends that begins here; None if there is none."""
        ends = [self._end(one, source, start) for one in (self._scope, self._own)]
        end = self._end(self._functions, source, start)
        if end and BRACKET.match(source, end):
            ends.append(end)
        return max((end for end in ends if end), default=None)

    @staticmethod
    def _end(names: re.Pattern[str] | None, source: str, start: int) -> int | None:
        found = names.match(source, start) if names else None
        if found is None or (_PART.match(source, found.end()) and _PART.match(source, found.end() - 1)):
            return None
        return found.end()


BRACKET = re.compile(r"\s*\(")
_PART = re.compile(f"[{PART}]")
