"""The pieces of a form as an owner sees them, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.domain.text import Text
from engine.procedure.writing.forms.tree import Tree, inner, mapping, read, ref_of

LABELS = ("label", "dateLabel", "dateTimeLabel")
#: Bounds that a form may set for itself, as they are called there; the stricter of these and the vocabulary's holds.
LENGTHS, AMOUNTS = ("minLength", "maxLength"), ("min", "max")
PATTERN = "pattern"
_BOUNDS = (*LENGTHS, *AMOUNTS, PATTERN)


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a form as written: ``ref`` names it on this form, ``inside`` is the ref of what holds it, "" for none."""

    ref: str
    inside: str
    depth: int
    kind: str
    key: str
    label: Text
    help: Text
    text: Text
    required: bool
    readonly: bool
    hide: str
    width: str
    clause: str
    bounds: Mapping[str, str]
    pattern_told: Text
    first: bool
    last: bool


def pieces_of(data: bytes) -> tuple[Piece, ...]:
    """Every piece from top to bottom, what stands in a group after the group; Misconfigured when it is no form."""
    return tuple(_pieces(read(data)["components"], "", 0))


def keys_on(data: bytes) -> Iterable[str]:
    """The keys that its pieces ask for or show."""
    return (piece.key for piece in pieces_of(data) if piece.key)


def _pieces(parts: list[Any], inside: str, depth: int) -> Iterator[Piece]:
    shown = [(place, part) for place, part in enumerate(parts) if isinstance(part, dict)]
    for place, part in shown:
        ref = ref_of(part, inside, place)
        yield _piece(part, ref, inside, depth, place == 0, place == len(parts) - 1)
        yield from _pieces(inner(part), ref, depth + 1)


def _piece(part: Tree, ref: str, inside: str, depth: int, first: bool, last: bool) -> Piece:
    properties, validate = mapping(part, "properties"), mapping(part, "validate")
    return Piece(
        ref=ref,
        inside=inside,
        depth=depth,
        kind=str(part.get("type") or ""),
        key=str(part.get("key") or ""),
        label=_pair(next((part[name] for name in LABELS if part.get(name)), ""), properties.get("label_en")),
        help=_pair(part.get("description"), properties.get("description_en")),
        text=_pair(part.get("text"), properties.get("text_en")),
        required=validate.get("required") is True,
        readonly=part.get("readonly") is True or part.get("disabled") is True,
        hide=str(mapping(part, "conditional").get("hide") or ""),
        width=str(properties.get("width") or ""),
        clause=str(properties.get("clause") or ""),
        bounds={name: str(validate[name]) for name in _BOUNDS if validate.get(name) not in (None, "")},
        pattern_told=_pair(validate.get("patternErrorMessage"), properties.get("pattern_en")),
        first=first,
        last=last,
    )


def _pair(zh: Any, en: Any) -> Text:
    return Text(str(zh or ""), str(en or ""))
