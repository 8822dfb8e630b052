"""Who stands in for whom, who is on duty, and which days are worked against the national calendar, for administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.queries.directory.guard import require_administrator
from engine.queries.directory.roles import role_labels
from engine.storage.tables import calendar_day, deputy, duty, estate, person

if TYPE_CHECKING:
    from engine.queries.reader import Reader

MOST = 300
PAST, NOW, LATER = "past", "now", "later"


@dataclass(frozen=True, slots=True)
class Deputy:
    """Somebody who holds another's roles for a while; ``state`` is past, now or later."""

    id: str
    person: str
    deputy: str
    starts_at: datetime
    ends_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class Duty:
    """A place on the duty roster: who is called for a role, in which order, under which number."""

    id: str
    estate: Text
    role: Text
    person: str
    phone: str
    position: int
    starts_at: datetime
    ends_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day that is worked, or not, against the national calendar."""

    day: date
    working: bool
    reason: Text


def deputies(reader: Reader, actor: Actor) -> tuple[Deputy, ...]:
    """The newest arrangements first."""
    require_administrator(actor)
    absent, present = person.alias("absent"), person.alias("present")
    joined = deputy.join(absent, absent.c.id == deputy.c.person_id).join(present, present.c.id == deputy.c.deputy_id)
    query = sa.select(deputy, absent.c.name.label("absent_name"), present.c.name.label("present_name")).select_from(joined)
    rows = reader.connection.execute(query.order_by(deputy.c.ends_at.desc(), deputy.c.id).limit(MOST))
    return tuple(
        Deputy(
            row.id, row.absent_name, row.present_name, row.starts_at, row.ends_at, _state(row.starts_at, row.ends_at, reader.now)
        )
        for row in rows
    )


def roster(reader: Reader, actor: Actor) -> tuple[Duty, ...]:
    """Who is and will be on duty, by estate and order; what has ended is left out."""
    require_administrator(actor)
    joined = duty.join(person, person.c.id == duty.c.person_id).join(estate, estate.c.id == duty.c.estate_id)
    query = sa.select(duty, person.c.name, estate.c.name_zh, estate.c.name_en).select_from(joined)
    query = query.where(duty.c.ends_at > reader.now).order_by(estate.c.code, duty.c.starts_at, duty.c.position, duty.c.id)
    roles = role_labels(reader, actor)
    return tuple(
        Duty(
            id=row.id,
            estate=Text(row.name_zh, row.name_en),
            role=roles.get(row.role, Text(row.role, row.role)),
            person=row.name,
            phone=row.phone,
            position=row.position,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            state=_state(row.starts_at, row.ends_at, reader.now),
        )
        for row in reader.connection.execute(query.limit(MOST))
    )


def days(reader: Reader, actor: Actor) -> tuple[Day, ...]:
    """The days set by hand, the latest first."""
    require_administrator(actor)
    rows = reader.connection.execute(sa.select(calendar_day).order_by(calendar_day.c.day.desc()).limit(MOST))
    return tuple(Day(date.fromisoformat(row.day), row.working, Text(row.reason_zh, row.reason_en)) for row in rows)


def _state(starts_at: datetime, ends_at: datetime, now: datetime) -> str:
    if ends_at <= now:
        return PAST
    return NOW if starts_at <= now else LATER
