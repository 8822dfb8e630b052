"""A long list in pages, with how many there are in all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import sqlalchemy as sa

from engine.domain.actor import Actor

if TYPE_CHECKING:
    from engine.queries.reader import Reader

T = TypeVar("T")
A_PAGE = 50
MOST_PAGES = 100_000


@dataclass(frozen=True, slots=True)
class Paged(Generic[T]):
    """One page of a list; ``number`` counts from 1 and is never beyond the last."""

    rows: tuple[T, ...]
    number: int
    total: int

    @property
    def first(self) -> int:
        """Where the first row of this page stands in the whole list."""
        return (self.number - 1) * A_PAGE + 1

    @property
    def last(self) -> int:
        """Where the last row of this page stands."""
        return self.first + len(self.rows) - 1

    @property
    def before(self) -> int | None:
        """The number of the page before; None on the first."""
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        """The number of the page after; None on the last."""
        return self.number + 1 if self.last < self.total else None


def page_of(reader: Reader, actor: Actor, query: sa.Select[Any], number: int) -> tuple[list[Any], int, int]:
    """The rows of a page, the number of the page that was found, and how many rows there are; who may ask was asked before."""
    total = int(reader.connection.execute(sa.select(sa.func.count()).select_from(query.order_by(None).subquery())).scalar_one())
    number = max(1, min(number, -(-total // A_PAGE), MOST_PAGES))
    rows = reader.connection.execute(query.limit(A_PAGE).offset((number - 1) * A_PAGE)).all()
    return list(rows), number, total
