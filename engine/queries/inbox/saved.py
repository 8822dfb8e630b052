"""The filters that a person has kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.codec import loads
from engine.storage.tables import saved_filter

if TYPE_CHECKING:
    from engine.queries.reader import Reader


@dataclass(frozen=True, slots=True)
class Saved:
    """A filter under its name; ``query`` is what narrows the tab, as its address says it."""

    id: str
    name: str
    tab: str
    query: dict[str, str]


def saved(reader: Reader, actor: Actor) -> tuple[Saved, ...]:
    """The person's own, in the order in which they were first kept."""
    query = sa.select(saved_filter).where(saved_filter.c.person_id == actor.person_id).order_by(saved_filter.c.id)
    return tuple(_saved(row) for row in reader.connection.execute(query))


def _saved(row: Any) -> Saved:
    return Saved(row.id, row.name, row.tab, cast("dict[str, str]", loads(row.query)))
