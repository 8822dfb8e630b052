"""Tables and entries in both states, and how long stretches in which nothing differs are left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from engine.domain.text import Text
from engine.procedure.diff.change import told_apart
from engine.procedure.diff.pairs import SAME, Pair, paired


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


def lines_between(old: Mapping[str, Line], new: Mapping[str, Line]) -> tuple[Pair[Line], ...]:
    """The lines of an entry, each beside its counterpart; those that differ do so in either language."""
    return tuple(map(_apart, paired(old, new)))


def _apart(pair: Pair[Line]) -> Pair[Line]:
    if pair.before is None or pair.after is None:
        return pair
    before, after = told_apart(pair.before.said, pair.after.said)
    return replace(pair, before=replace(pair.before, said=before), after=replace(pair.after, said=after))


class _Fated(Protocol):
    @property
    def fate(self) -> str: ...


F = TypeVar("F", bound=_Fated)


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
