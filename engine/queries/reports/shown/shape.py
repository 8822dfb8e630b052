"""What a table of figures is: columns with their kinds, rows of plain cells, and the words around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from engine.domain.text import Text


class Kind(Enum):
    """How the cells of a column are written; None in a count or a share is a number that is not shown."""

    TEXT = "text"
    COUNT = "count"
    CHANGE = "change"  # a difference, with its sign
    SHARE = "share"  # percent
    HOURS = "hours"
    MOMENT = "moment"
    CASE = "case"
    PERIOD = "period"

    @property
    def is_number(self) -> bool:
        """Whether the cells stand to the right."""
        return self in (Kind.COUNT, Kind.CHANGE, Kind.SHARE, Kind.HOURS)


class Ref(NamedTuple):
    """A case that a cell leads to."""

    case_id: str
    number: str


class Days(NamedTuple):
    """A period in a cell; it ends with the midnight after its last day."""

    start: datetime
    end: datetime


Cell = Text | str | int | Decimal | datetime | Ref | Days | None


class Column(NamedTuple):
    """A column: by what a chart names it, its heading, and what its cells are."""

    key: str
    head: Text
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """Figures in rows; ``keys`` names the rows where a chart may choose among them.

    ``note`` stands under the table, ``empty`` in its place when it has no rows and that means something.
    """

    key: str
    title: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    keys: tuple[str, ...] = ()
    note: Text | None = None
    empty: Text | None = None

    def column(self, key: str) -> int | None:
        """The place of the column of that key."""
        return next((place for place, column in enumerate(self.columns) if column.key == key), None)
