"""Entries of the vocabulary, clauses, settings and papers beside each other, each with all that it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.domain.text import Text
from engine.procedure import clauses, manifest
from engine.procedure.diff.aligned.model import Line
from engine.procedure.diff.change import beside, shown
from engine.procedure.diff.entries import BLOCK, CHOICE, ENTRIES, KINDS, in_words, name_of, part_name
from engine.procedure.diff.kinds import SECTIONS
from engine.procedure.diff.names import Names

#: A line is read whole, unlike a sentence in the list.
WHOLE = 100_000
_ASKS = {"zh": Text("内容", "Chinese text"), "en": Text("英文", "English text")}
_SAYS = Text("内容", "content")
Entry = tuple[Text, dict[str, Line]]


def entries_of(file: str, data: Mapping[str, Any], names: Names) -> dict[str, Entry]:
    """The entries of a file by key, those of the settings by their section and key."""
    if file != manifest.FILE:
        kind = KINDS.get(file)
        return {key: (_called(kind, key, entry, names), _lines(file, entry, names)) for key, entry in data.items()}
    return dict(_settings(data, names))


def _settings(data: Mapping[str, Any], names: Names) -> Iterator[tuple[str, Entry]]:
    for key, value in data.items():
        if key in ENTRIES and isinstance(value, dict):
            for name, entry in value.items():
                own = name_of(name, entry)
                called = beside(ENTRIES[key], part_name(name, names) if own == Text(name, name) else own)
                yield f"{key}/{name}", (called, _lines(manifest.FILE, entry, names, name))
        else:
            yield key, (ENTRIES.get(key) or SECTIONS.get(key, Text(key, key)), _lines(manifest.FILE, value, names, key))


def _called(kind: Text | None, key: str, entry: Any, names: Names) -> Text:
    if kind == KINDS[clauses.FILE]:
        return beside(kind, Text(key, key))
    name = name_of(key, entry)
    name = names.form(key) if name == Text(key, key) else name
    return beside(kind, name) if kind else name


def _lines(file: str, entry: Any, names: Names, under: str = "") -> dict[str, Line]:
    if not isinstance(entry, dict):
        return {"": Line(_SAYS, shown(in_words(under, entry, names), WHOLE))}
    return dict(line for part, value in entry.items() for line in _part(file, str(part), value, names))


def _part(file: str, part: str, value: Any, names: Names) -> Iterator[tuple[str, Line]]:
    label = (_ASKS if file == clauses.FILE else {}).get(part) or part_name(part, names)
    if part in ("choices", "blocks") and isinstance(value, list):
        for place, one in enumerate(value):
            if part == "choices":
                what = str(one.get("value", place)) if isinstance(one, dict) else str(one)
                yield f"{part}/{what}", Line(CHOICE, _choice(one))
            else:
                said = shown(in_words(part, one, names), WHOLE)
                yield f"{part}/{shown(one, WHOLE).zh}", Line(BLOCK, said)
    else:
        yield part, Line(label, shown(in_words(part, value, names), WHOLE))


def _choice(one: Any) -> Text:
    return name_of(str(one.get("value")), one) if isinstance(one, dict) else shown(one, WHOLE)
