"""Where the pieces of a form stand: put in, moved, taken away."""

from __future__ import annotations

from engine.domain.text import Text
from engine.errors import Misconfigured
from engine.procedure.writing.forms.tree import Tree, edited, find, put, take

_INSIDE = Text("不能移到它自己里面。", "A group cannot be moved into itself.")


def added(data: bytes, piece: Tree, inside: str = "") -> bytes:
    """The form with one more piece, last in that group."""
    return edited(data, lambda form: put(form, piece, inside, ""))


def removed(data: bytes, ref: str) -> bytes:
    """The form without that piece and without what stands in it."""

    def remove(form: Tree) -> None:
        take(form, ref)

    return edited(data, remove)


def shifted(data: bytes, ref: str, by: int) -> bytes:
    """The form with the piece further up or down among its neighbours."""

    def shift(form: Tree) -> None:
        siblings, place, _ = find(form, ref)
        siblings.insert(max(0, min(place + by, len(siblings) - 1)), siblings.pop(place))

    return edited(data, shift)


def moved(data: bytes, ref: str, inside: str, before: str = "") -> bytes:
    """The form with the piece in that group ("" for none), before that one or last."""

    def move(form: Tree) -> None:
        if inside == ref or before == ref:
            raise Misconfigured(_INSIDE)
        piece = take(form, ref)
        put(form, piece, inside, before)

    return edited(data, move)
