"""Sets of characters: ranges, Unicode categories, negation and subtraction."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

Test = Callable[[str], bool]
_SUBCATEGORIES = {"L": "ultmo", "M": "nce", "N": "dlo", "P": "cdseifo", "Z": "slp", "S": "mcko", "C": "cfon"}
_CATEGORIES = frozenset(main + sub for main, subs in _SUBCATEGORIES.items() for sub in ("", *subs))
# The blocks that patterns on Chinese and Western text name; others are refused.
_BLOCKS = {
    "IsBasicLatin": (0x0, 0x7F), "IsLatin-1Supplement": (0x80, 0xFF), "IsLatinExtended-A": (0x100, 0x17F),
    "IsGreek": (0x370, 0x3FF), "IsCyrillic": (0x400, 0x4FF), "IsCJKSymbolsandPunctuation": (0x3000, 0x303F),
    "IsHiragana": (0x3040, 0x309F), "IsKatakana": (0x30A0, 0x30FF), "IsCJKUnifiedIdeographs": (0x4E00, 0x9FFF),
    "IsHalfwidthandFullwidthForms": (0xFF00, 0xFFEF),
}  # fmt: skip


@dataclass(slots=True, eq=False)
class Charset:
    """A set of single characters; ``has`` remembers its answers, since texts repeat their characters."""

    ranges: tuple[tuple[str, str], ...] = ()
    tests: tuple[Test, ...] = ()
    negated: bool = False
    without: Charset | None = None
    ignore_case: bool = False
    _known: dict[str, bool] = field(default_factory=dict)

    def has(self, character: str) -> bool:
        """Whether the character belongs to the set."""
        known = self._known.get(character)
        if known is None:
            known = self._known[character] = self._decide(character)
        return known

    def _decide(self, character: str) -> bool:
        forms = {character, character.lower(), character.upper()} if self.ignore_case else {character}
        inside = any(self._holds(form) for form in forms)
        return inside is not self.negated and not (self.without is not None and self.without.has(character))

    def _holds(self, character: str) -> bool:
        return any(low <= character <= high for low, high in self.ranges) or any(test(character) for test in self.tests)


def category(name: str) -> Test | None:
    """The test for ``\\p{name}``; None for a name that is not known."""
    if name in _BLOCKS:
        low, high = _BLOCKS[name]
        return lambda character: low <= ord(character[0]) <= high
    return (lambda character: unicodedata.category(character[0]).startswith(name)) if name in _CATEGORIES else None


def _is_word(character: str) -> bool:
    return unicodedata.category(character[0])[0] not in "PZC"


def _is_digit(character: str) -> bool:
    return unicodedata.category(character[0]) == "Nd"


def _begins_name(character: str) -> bool:
    return character in "_:" or unicodedata.category(character[0])[0] == "L"


def _in_name(character: str) -> bool:
    return character in "-._:\u00b7" or unicodedata.category(character[0])[0] in "LMN"


CLASSES: dict[str, Test] = {
    "s": lambda character: character in " \t\n\r", "d": _is_digit, "w": _is_word, "i": _begins_name, "c": _in_name,
}  # fmt: skip


def opposite(test: Test) -> Test:
    """The test that holds where the other does not."""
    return lambda character: not test(character)
