"""The entries of two states, each beside its counterpart as far as the order allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

from engine.procedure.diff.change import ADDED, CHANGED, MOVED, REMOVED

T = TypeVar("T")
#: The fate of what stayed as it was.
SAME = ""


@dataclass(frozen=True, slots=True)
class Pair(Generic[T]):
    """One place in both states; what moved stands twice, alone at its old place and alone at its new one."""

    place: str
    fate: str
    before: T | None
    after: T | None


def paired(old: Mapping[str, T], new: Mapping[str, T]) -> Iterator[Pair[T]]:
    """The entries of both, each beside its counterpart as far as the order allows."""
    before, after = list(old), list(new)
    for kind, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            for key in before[start:end]:
                yield Pair(key, SAME if old[key] == new[key] else CHANGED, old[key], new[key])
            continue
        for key in before[start:end]:
            yield Pair(key, MOVED if key in new else REMOVED, old[key], None)
        for key in after[first:last]:
            yield Pair(key, MOVED if key in old else ADDED, None, new[key])


def moved_after(old: Mapping[str, T], new: Mapping[str, T]) -> Iterator[tuple[str, str | None]]:
    """The keys that stand elsewhere in the new order, each with the key before it, None at the beginning."""
    order = list(new)
    for pair in paired(old, new):
        if pair.fate == MOVED and pair.after is not None:
            at = order.index(pair.place)
            yield pair.place, order[at - 1] if at else None
