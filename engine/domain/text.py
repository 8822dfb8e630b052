"""A sentence for people, in the two languages that are written by hand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One message in simplified Chinese and in English; zh_Hant is derived when a page is shown."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The wording for a locale such as ``zh_Hans``, ``zh_Hant`` or ``en``; Chinese unless it is English."""
        return self.en if language.startswith("en") else self.zh

    def __str__(self) -> str:
        return f"{self.zh} / {self.en}"
