"""A form taken apart into pieces and put together again: what an owner may say of a piece changes, the rest of it stays."""

from engine.procedure.writing.forms.changing import Wanted, changed
from engine.procedure.writing.forms.making import GROUP, WORDS, asking, empty_form, explaining, grouping, suiting
from engine.procedure.writing.forms.pieces import AMOUNTS, LENGTHS, PATTERN, Piece, keys_on, pieces_of
from engine.procedure.writing.forms.placing import added, moved, removed, shifted

FORMS = "forms/{}.form"

__all__ = [
    "AMOUNTS", "FORMS", "GROUP", "LENGTHS", "PATTERN", "WORDS", "Piece", "Wanted", "added", "asking", "changed", "empty_form",
    "explaining", "grouping", "keys_on", "moved", "pieces_of", "removed", "shifted", "suiting",
]  # fmt: skip
