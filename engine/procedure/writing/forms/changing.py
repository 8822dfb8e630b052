"""What an owner says of a piece, written into it; the rest of it stays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.domain.text import Text
from engine.procedure.forms.component import WRITES
from engine.procedure.writing.forms.making import WORDS
from engine.procedure.writing.forms.pieces import LABELS, PATTERN
from engine.procedure.writing.forms.tree import Tree, edited, find, mapping, say, within

_WHOLE = re.compile(r"-?[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an owner says of a piece; texts that are empty leave the words to the vocabulary, bounds not named stay."""

    kind: str
    label: Text
    help: Text
    text: Text
    required: bool
    readonly: bool
    hide: str
    width: str
    clause: str
    bounds: Mapping[str, str] = field(default_factory=dict)
    pattern_told: Text | None = None


def changed(data: bytes, ref: str, wanted: Wanted) -> bytes:
    """The form with that piece as wanted."""
    return edited(data, lambda form: _change(find(form, ref)[2], wanted))


def _change(part: Tree, wanted: Wanted) -> None:
    _become(part, wanted.kind)
    labels = [name for name in LABELS if name in part] or ["label"]
    for name in labels:
        say(part, name, wanted.label.zh)
    say(part, "description", wanted.help.zh)
    if part.get("type") == WORDS:
        say(part, "text", wanted.text.zh)
    say(part, "readonly", wanted.readonly or None)
    if not wanted.readonly:
        part.pop("disabled", None)
    within(part, "validate", {"required": wanted.required or None, **_bounds(part, wanted)})
    within(part, "conditional", {"hide": wanted.hide})
    said = {
        "label_en": wanted.label.en, "description_en": wanted.help.en, "text_en": wanted.text.en, "width": wanted.width,
        "clause": wanted.clause,
    }  # fmt: skip
    if wanted.pattern_told is not None:
        said["pattern_en"] = wanted.pattern_told.en
    within(part, "properties", said)


def _bounds(part: Tree, wanted: Wanted) -> Mapping[str, Any]:
    """The bounds that say something else than before, whole numbers as such; a form writes other numbers as text."""
    was = {name: str(value) for name, value in mapping(part, "validate").items()}
    changed = {name: value for name, value in wanted.bounds.items() if was.get(name, "") != value}
    found: Tree = {name: int(value) if name != PATTERN and _WHOLE.fullmatch(value) else value for name, value in changed.items()}
    if wanted.pattern_told is not None and wanted.pattern_told.zh != was.get("patternErrorMessage", ""):
        found["patternErrorMessage"] = wanted.pattern_told.zh
    return found


def _become(part: Tree, kind: str) -> None:
    """Another component for the same field; what stays of the old one's settings does no harm and is kept."""
    if kind in WRITES and part.get("type") in WRITES:
        part["type"] = kind
