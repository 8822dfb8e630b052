"""A sentence for people, in the two languages that are written by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_CHINESE, _WORD = re.compile("[\u4e00-\u9fff]"), re.compile("[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Text:
    """One message in simplified Chinese and in English; zh_Hant is derived when a page is shown.

    ``own`` are the parts of it that somebody typed, such as a person's name: they are never turned into other characters. Of
    a text that is the same in both languages all is somebody's own, save what a
    procedure calls something (``named``).
    """

    zh: str
    en: str
    own: tuple[str, ...] = field(default=(), compare=False, repr=False)
    named: bool = field(default=False, compare=False, repr=False)

    def in_language(self, language: str) -> str:
        """The wording for a locale such as ``zh_Hans`` or ``en``; Chinese unless it is English."""
        return self.en if language.startswith("en") else self.zh

    def __str__(self) -> str:
        return f"{self.zh} / {self.en}"


def named(zh: str, en: str | None = None) -> Text:
    """What a procedure calls something of its own, such as a step or a field: without English the Chinese stands in for it."""
    return Text(zh, en or zh, named=True)


def untranslated(text: Text) -> bool:
    """Whether who reads English sees Chinese: nobody has written the English, or Chinese stands in its place."""
    chinese = len(_CHINESE.findall(text.en))
    return bool(_CHINESE.search(text.zh)) and (not text.en.strip() or (chinese > 0 and chinese >= len(_WORD.findall(text.en))))
