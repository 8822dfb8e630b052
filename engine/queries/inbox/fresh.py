"""What has become of a list since it was shown: rows that others took or finished, and how many have come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.queries import scope
from engine.queries.inbox.filters import Filters, narrowing
from engine.queries.inbox.listing import PAGE
from engine.queries.inbox.tabs import DONE, Stretch, belongs, chosen, read_key
from engine.storage.tables import person, register_entry, work_item

if TYPE_CHECKING:
    from engine.queries.reader import Reader

#: More rows than a page has are not asked for.
MOST = 2 * PAGE


@dataclass(frozen=True, slots=True)
class Standing:
    """A row that was shown, as it stands now; ``here`` when it still belongs to its tab."""

    item_id: str
    here: bool
    status: str
    due_at: datetime | None
    warn_at: datetime | None
    holder_id: str | None
    holder: str | None
    ender_id: str | None
    ender: str | None


def standing(reader: Reader, actor: Actor, tab: str, shown: Sequence[str]) -> dict[str, Standing]:
    """The rows of these ids by id, in one statement; what the actor may not read, or does not exist, is left out."""
    if not shown:
        return {}
    found = reader.connection.execute(_asking(actor, tab), {"shown": list(shown[:MOST])})
    return {
        row.id: Standing(
            row.id, bool(row.here), row.status, row.due_at, row.warn_at, row.holder_id, row.holder, row.ended_by, row.ender
        )
        for row in found
    }


@lru_cache(maxsize=512)
def _asking(actor: Actor, tab: str) -> sa.Select[Any]:
    item, entry, holder, ender = work_item.c, register_entry.c, person.alias("holder"), person.alias("ender")
    joined = (
        work_item.join(register_entry, entry.case_id == item.case_id)
        .outerjoin(holder, holder.c.id == item.holder_id)
        .outerjoin(ender, ender.c.id == item.ended_by)
    )
    readable = sa.or_(scope.may_do_item(actor), scope.may_read_case(actor, item.case_id, item.estate_id, entry.department))
    columns = (item.id, item.status, item.due_at, item.warn_at, item.holder_id, item.ended_by)
    named = (holder.c.name.label("holder"), ender.c.name.label("ender"), belongs(actor, tab).label("here"))
    shown = item.id.in_(sa.bindparam("shown", expanding=True))
    return sa.select(*columns, *named).select_from(joined).where(shown, readable)


def arrived(
    reader: Reader, actor: Actor, tab: str, filters: Filters, shown: Sequence[str], until: str | None
) -> sa.ScalarSelect[int]:
    """Counts what the tab now holds between the first row shown and ``until``, the last one, that was not shown then."""
    if tab == DONE:
        return sa.select(sa.literal(0)).scalar_subquery()
    stretch = Stretch(read_key(filters.after), read_key(until))
    some = chosen(actor, tab, narrowing(reader, actor, tab, filters), stretch, MOST + PAGE).subquery()
    unseen = sa.select(sa.func.count()).select_from(some).where(some.c.id.not_in(list(shown[:MOST])))
    return unseen.scalar_subquery()
