"""Who a signed-in person is and what they hold at a moment, deputising included."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from engine.domain.actor import Actor, Grant
from engine.storage import tables as t


def actor_of(connection: Connection, person_id: str, now: datetime) -> Actor | None:
    """The person with own and deputised grants; None when unknown or no longer active."""
    person = connection.execute(sa.select(t.person).where(t.person.c.id == person_id, t.person.c.active)).first()
    if person is None:
        return None
    grants = (*_own(connection, person_id), *_deputised(connection, person_id, now))
    return Actor(person.id, person.name, grants, person.language, person.administrator)


def _own(connection: Connection, person_id: str) -> list[Grant]:
    held = t.role_grant.c
    query = sa.select(held.role, held.estate_id, held.department).where(held.person_id == person_id)
    return [Grant(*row) for row in connection.execute(query)]


def _deputised(connection: Connection, person_id: str, now: datetime) -> list[Grant]:
    held, standing_in = t.role_grant.c, t.deputy.c
    query = sa.select(held.role, held.estate_id, held.department, held.person_id)
    query = query.join(t.deputy, standing_in.person_id == held.person_id).where(standing_in.deputy_id == person_id)
    current = query.where(standing_in.starts_at <= now, standing_in.ends_at > now)
    return [Grant(*row) for row in connection.execute(current)]
