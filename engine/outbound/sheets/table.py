"""A table as its maker describes it: columns with their kinds, rows as they come, and what stands under them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from engine.domain.values import Value


class Kind(Enum):
    """How the values of a column are aligned and written; a value of another type is still written as what it is."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"  # 0.25 is shown as 25 %
    DATE = "date"
    MOMENT = "moment"
    DURATION = "duration"  # hours and minutes


class Column(NamedTuple):
    """A column's heading, its kind, and its width in characters of Latin type (a Chinese one takes two)."""

    heading: str
    kind: Kind = Kind.TEXT
    width: int = 14


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; ``rows`` is read once and never held, ``above`` are lines over the heading, ``totals`` one row under all."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    totals: Sequence[Value] | None = None
    above: Sequence[str] = ()
