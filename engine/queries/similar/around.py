"""The cases of a household, and those of its building lately."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.queries import scope
from engine.storage.tables import household, register_entry, unit

if TYPE_CHECKING:
    from engine.queries.reader import Reader

HOUSEHOLD, PLACE = "household", "place"
#: What happened longer ago is found by its words alone.
HOUSEHOLD_SINCE, PLACE_SINCE = timedelta(days=365), timedelta(days=30)
MOST_OF_HOUSEHOLD, MOST_OF_PLACE = 12, 60


def around(reader: Reader, actor: Actor, household_id: str) -> dict[str, str]:
    """Case ids with how near they are: of the household itself, or of its building."""
    entry = register_entry.c
    building = (
        sa.select(unit.c.building_id)
        .join(household, household.c.unit_id == unit.c.id)
        .where(household.c.id == household_id, scope.in_estates(actor, household.c.estate_id))
    )
    neighbours = sa.select(household.c.id).join(unit, unit.c.id == household.c.unit_id)
    neighbours = neighbours.where(unit.c.building_id == building.scalar_subquery())
    since = sa.or_(entry.status == "open", entry.registered_at >= reader.now - HOUSEHOLD_SINCE)
    own = _newest(entry.household_id == household_id, since, MOST_OF_HOUSEHOLD, HOUSEHOLD)
    lately = entry.registered_at >= reader.now - PLACE_SINCE
    others = _newest(entry.household_id.in_(neighbours), lately, MOST_OF_PLACE, PLACE)
    found: dict[str, str] = {}
    for row in reader.connection.execute(sa.union_all(own, others)):
        found[row.case_id] = HOUSEHOLD if HOUSEHOLD in (row.near, found.get(row.case_id)) else PLACE
    return found


def _newest(whose: sa.ColumnElement[bool], since: sa.ColumnElement[bool], most: int, near: str) -> sa.Select[tuple[str, str]]:
    entry = register_entry.c
    newest = sa.select(entry.case_id).where(whose, since).order_by(entry.registered_at.desc(), entry.case_id.desc()).limit(most)
    return sa.select(newest.subquery().c.case_id, sa.literal(near).label("near"))
