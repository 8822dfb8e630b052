"""A story of the rehearsal as its file: what it begins with on top, one step below the other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from engine.domain.text import Text, named
from engine.procedure.writing.spelling import behind_colon, block

STORY = "story"
_TITLE = re.compile(r"^scenario(_en)?:[ \t]*(\S.*?)[ \t]*$", re.MULTILINE)
_ORDER = ("scenario", "scenario_en", "clauses", "begins", "starts", "facts", "with")


def written(story: Mapping[str, Any]) -> bytes:
    """A new story's file; keys and values as docs/scenarios.md has them, moments and dates as such, numbers as Decimal."""
    head = [key for key in _ORDER if story.get(key) is not None]
    lines = [f"{key}:{behind_colon(story[key], 0)}" for key in head]
    steps = story.get(STORY) or []
    lines.append(f"{STORY}:\n  {block(list(steps), 2)}" if steps else f"{STORY}: []")
    return ("\n".join(lines) + "\n").encode()


def title_of(story: bytes | None) -> Text | None:
    """What a story calls itself, each language in one line, without the rest being read; None when its file does not say."""
    said = {own: _plain(words) for own, words in _TITLE.findall((story or b"").decode("utf-8", "replace"))}
    return named(said[""], said.get("_en")) if said.get("") else None


def _plain(words: str) -> str:
    """As YAML reads it when it is quoted; half a quotation, which a draft may hold, as it stands without its quotes."""
    if words[0] not in "\"'":
        return words
    try:
        return str(yaml.safe_load(words))
    except yaml.YAMLError:
        return words.strip("\"'")
