"""Who a signed-in person is and what they hold at a moment, deputising included; all of it with one statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine.domain.actor import Actor, Grant
from engine.storage import tables as t

_OWN, _DEPUTISED = 0, 1


def actor_of(connection: Connection, person_id: str, now: datetime) -> Actor | None:
    """The person with own and deputised grants; None when unknown or no longer active."""
    return actor_in(connection.execute(asking(person_id, now)).all())


def asking(person_id: str, now: datetime, *beside: Any, joined: Any = t.person) -> sa.Select[Any]:
    """A row for each grant of the active person, one with no grant for somebody who has none; ``beside`` are more columns."""
    held = _held(person_id, now).subquery("held")
    columns = (t.person, held.c.role, held.c.estate_id, held.c.department, held.c.deputising_for)
    query = sa.select(*columns, *beside).select_from(joined.outerjoin(held, sa.true()))
    query = query.where(t.person.c.id == person_id, t.person.c.active)
    return query.order_by(held.c.whose, held.c.number)


def actor_in(rows: Sequence[Any]) -> Actor | None:
    """The person in the rows that ``asking`` brings."""
    if not rows:
        return None
    person = rows[0]
    grants = tuple(Grant(row.role, row.estate_id, row.department, row.deputising_for) for row in rows if row.role)
    return Actor(person.id, person.name, grants, person.language, person.administrator)


def _held(person_id: str, now: datetime) -> sa.CompoundSelect[Any]:
    held, standing_in = t.role_grant.c, t.deputy.c
    columns = (held.id.label("number"), held.role, held.estate_id, held.department)
    own = sa.select(*columns, sa.null().label("deputising_for"), sa.literal(_OWN).label("whose"))
    others = sa.select(*columns, held.person_id.label("deputising_for"), sa.literal(_DEPUTISED).label("whose"))
    others = others.join(t.deputy, standing_in.person_id == held.person_id).where(standing_in.deputy_id == person_id)
    return sa.union_all(
        own.where(held.person_id == person_id), others.where(standing_in.starts_at <= now, standing_in.ends_at > now)
    )
