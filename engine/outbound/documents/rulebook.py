"""A version of a procedure in one language, ready to print: cover, contents, steps, tables, drawn diagrams, history."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from engine.domain.text import Text
from engine.outbound.documents.environment import NOTHING, moment_text, render
from engine.outbound.documents.pdf import STYLE
from engine.outbound.documents.svg import drawn
from engine.outbound.documents.words import WORDS
from engine.queries.documents import Rules

TEMPLATE = "rulebook.html"
#: In which order versions are signed, and what that is called on the cover [S4.36].
COVER = ("by_author", "by_reviewer", "by_approver")


def rulebook_html(rules: Rules, language: str, zone: ZoneInfo, *, screen: bool = False) -> str:
    """The procedure as one printable page; a version is always printed alike, so the same version gives the same bytes."""
    words = {key: text.in_language(language) for key, text in WORDS.items()}
    values = {
        "rules": rules,
        "number": number_of(rules),
        "issued": bool(rules.version.signatures) and rules.version.awaits is None,
        "proposal": rules.version.state in ("proposed", "taken_back"),
        "cover": tuple(_cover(rules, words, language, zone)),
        "pictures": [drawn(chapter.picture, language) if chapter.picture else None for chapter in rules.chapters],
        "listed": lambda texts: _listed(texts, language),
        "w": words,
        "style": STYLE if screen else None,
    }
    return render(TEMPLATE, language, zone, values)


def number_of(rules: Rules) -> str:
    """The number of a version on paper; a version never changes, so it needs no other."""
    return f"{rules.version.procedure_key.upper()}-{rules.version.number:02}"


def _cover(rules: Rules, words: dict[str, str], language: str, zone: ZoneInfo) -> Any:
    """Part, name and day of each signature; an empty line for a pen where nobody has signed."""
    signed = list(rules.version.signatures)
    for place, part in enumerate(COVER):
        one = signed[place] if place < len(signed) else None
        yield words[part], one.name if one else "", moment_text(one.at, language, zone) if one else ""


def _listed(texts: Any, language: str) -> str:
    said = [text.in_language(language) if isinstance(text, Text) else str(text) for text in texts]
    return (", " if language.startswith("en") else "、").join(said) or NOTHING
