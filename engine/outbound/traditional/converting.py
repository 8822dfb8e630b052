"""Simplified to traditional by OpenCC with the phrases of Taiwan, save for the words that somebody has looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from opencc import OpenCC

from engine.domain.text import Text

ZH_HANT = "zh_Hant"
REVIEWED = Path(__file__).with_name("reviewed.txt")
_SCHEME = "s2twp"
_QUOTES = str.maketrans("“”‘’", "「」『』")


def written(text: Text, language: str) -> str:
    """A text in a language, ``zh_Hant`` among them; what somebody typed keeps its characters, what a procedure names does not."""
    if language != ZH_HANT or (text.zh == text.en and not text.named):
        return text.in_language(language)
    return _around(text.zh, text.own) if text.own else traditional(text.zh)


@lru_cache(maxsize=20_000)
def traditional(simplified: str) -> str:
    """A sentence in traditional characters; a place such as ``{n}`` in it stays."""
    known = reviewed()
    parts = _pattern().split(simplified)
    return "".join(known.get(part) or _converter().convert(part) for part in parts).translate(_QUOTES)


@lru_cache(maxsize=1)
def reviewed() -> dict[str, str]:
    """The words that are not left to OpenCC: the simplified word and how it is to stand."""
    lines = (line.partition("#")[0].split() for line in REVIEWED.read_text("utf-8").splitlines())
    return {words[0]: words[1] for words in lines if words}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(reviewed(), key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, longest_first))})")


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC(_SCHEME)


def _around(sentence: str, own: Iterable[str]) -> str:
    kept = [part for part in own if part]
    parts = re.split(f"({'|'.join(map(re.escape, sorted(kept, key=len, reverse=True)))})", sentence) if kept else [sentence]
    return "".join(part if part in kept else traditional(part) for part in parts)
