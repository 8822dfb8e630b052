"""What stands at one place before and after, and how long stretches in which nothing differs are left out."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Generic, Protocol, TypeVar

from engine.domain.text import Text
from engine.procedure.diff.change import ADDED, CHANGED, MOVED, REMOVED

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
#: The fate of what stayed as it was.
SAME = ""


@dataclass(frozen=True, slots=True)
class Pair(Generic[T]):
    """One place in both states; what moved stands twice, alone at its old place and alone at its new one."""

    place: str
    fate: str
    before: T | None
    after: T | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid in words; ``fate`` says whether it is another than on the other side."""

    text: Text
    fate: str = SAME


@dataclass(frozen=True, slots=True)
class Gap:
    """So many that stayed as they were and are left out here."""

    count: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table in both states: the same columns on both sides, the rows in pairs, cells in the order of the columns."""

    place: str
    name: Text
    columns: tuple[Text, ...]
    rows: tuple[Pair[tuple[Cell, ...]] | Gap, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that an entry says: what it is about, and what it says."""

    label: Text
    said: Text


@dataclass(frozen=True, slots=True)
class Block:
    """An entry in both states, such as a field, a clause or a step; ``names`` what it is called, None where it is not."""

    place: str
    fate: str
    names: tuple[Text | None, Text | None]
    lines: tuple[Pair[Line], ...]


class _Fated(Protocol):
    @property
    def fate(self) -> str: ...


F = TypeVar("F", bound=_Fated)


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


def folded(found: Sequence[F], around: int = 1) -> tuple[F | Gap, ...]:
    """What differs with so many neighbours, and between them how many are left out; a single one is never left out."""
    near = {place + step for place, one in enumerate(found) if one.fate != SAME for step in range(-around, around + 1)}
    shown: list[Any] = []
    waiting: list[F] = []
    for place, one in enumerate(found):
        if place in near:
            shown += [*_left_out(waiting), one]
            waiting = []
        else:
            waiting.append(one)
    return (*shown, *_left_out(waiting))


def _left_out(waiting: list[F]) -> list[F | Gap]:
    return [*waiting] if len(waiting) < 2 else [Gap(len(waiting))]
