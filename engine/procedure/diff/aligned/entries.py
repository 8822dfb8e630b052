"""Entries of the vocabulary, clauses, settings and papers beside each other, each with all that it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.domain.text import Text
from engine.procedure import clauses, manifest
from engine.procedure.diff.aligned.model import Line
from engine.procedure.diff.change import beside, shown
from engine.procedure.diff.entries import BLOCK, CHOICE, ENTRIES, KINDS, PARTS, in_words, name_of

#: A line is read whole, unlike a sentence in the list.
WHOLE = 100_000
_ASKS = {"zh": Text("内容", "Chinese text"), "en": Text("英文", "English text")}
_SAYS = Text("内容", "content")
Entry = tuple[Text, dict[str, Line]]


def entries_of(file: str, data: Mapping[str, Any]) -> dict[str, Entry]:
    """The entries of a file by key, those of the settings by their section and key."""
    if file != manifest.FILE:
        kind = KINDS.get(file)
        return {key: (_called(kind, key, entry), _lines(file, entry)) for key, entry in data.items()}
    return dict(_settings(data))


def _settings(data: Mapping[str, Any]) -> Iterator[tuple[str, Entry]]:
    for key, value in data.items():
        if key in ENTRIES and isinstance(value, dict):
            for name, entry in value.items():
                yield f"{key}/{name}", (beside(ENTRIES[key], name_of(name, entry)), _lines(manifest.FILE, entry))
        else:
            yield key, (PARTS.get(key, ENTRIES.get(key, Text(key, key))), _lines(manifest.FILE, value))


def _called(kind: Text | None, key: str, entry: Any) -> Text:
    name = name_of(key, entry)
    short = Text(key, key) if kind == KINDS[clauses.FILE] else name
    return beside(kind, short) if kind else name


def _lines(file: str, entry: Any) -> dict[str, Line]:
    if not isinstance(entry, dict):
        return {"": Line(_SAYS, shown(entry, WHOLE))}
    return dict(line for part, value in entry.items() for line in _part(file, str(part), value))


def _part(file: str, part: str, value: Any) -> Iterator[tuple[str, Line]]:
    label = (_ASKS if file == clauses.FILE else {}).get(part) or PARTS.get(part, Text(part, part))
    if part in ("choices", "blocks") and isinstance(value, list):
        for place, one in enumerate(value):
            what = str(one.get("value", place)) if isinstance(one, dict) else str(one)
            key = what if part == "choices" else shown(one, WHOLE).zh
            yield (
                f"{part}/{key}",
                Line(CHOICE if part == "choices" else BLOCK, _choice(one) if part == "choices" else shown(one, WHOLE)),
            )
    else:
        yield part, Line(label, shown(in_words(part, value), WHOLE))


def _choice(one: Any) -> Text:
    return name_of(str(one.get("value")), one) if isinstance(one, dict) else shown(one, WHOLE)
