"""Forms beside each other piece by piece, with all that each piece says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.domain.text import Text
from engine.procedure.diff.aligned.entries import WHOLE, Entry
from engine.procedure.diff.aligned.model import Line
from engine.procedure.diff.change import shown
from engine.procedure.diff.forms import PARTS, components_of, in_words, label_of

#: Said by where it stands.
_ELSEWHERE = frozenset({"group", "key", "path"})


def pieces_of(data: bytes | None) -> dict[str, Entry]:
    """The pieces of a form by key, groups before what they hold."""
    return {key: (label_of(part, key), _lines(part)) for key, part in components_of(data or b"").items()}


def _lines(part: Mapping[str, Any]) -> dict[str, Line]:
    said = {name: value for name, value in part.items() if name not in _ELSEWHERE}
    return {name: Line(PARTS.get(name, Text(name, name)), shown(in_words(name, value), WHOLE)) for name, value in said.items()}
