"""Who stands in for whom, and which days are worked against the national calendar, for administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.queries.directory.guard import require_administrator
from engine.storage.tables import calendar_day, deputy, person

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
class Day:
    """A day that is worked, or not, against the national calendar."""

    day: date
    working: bool
    reason: Text


def deputies(reader: Reader, actor: Actor, person_id: str | None = None) -> tuple[Deputy, ...]:
    """The newest arrangements first; of one person, who is away or stands in, or of everybody."""
    require_administrator(actor)
    absent, present = person.alias("absent"), person.alias("present")
    joined = deputy.join(absent, absent.c.id == deputy.c.person_id).join(present, present.c.id == deputy.c.deputy_id)
    query = sa.select(deputy, absent.c.name.label("absent_name"), present.c.name.label("present_name")).select_from(joined)
    if person_id is not None:
        query = query.where(sa.or_(deputy.c.person_id == person_id, deputy.c.deputy_id == person_id))
    rows = reader.connection.execute(query.order_by(deputy.c.ends_at.desc(), deputy.c.id).limit(MOST))
    return tuple(
        Deputy(
            row.id, row.absent_name, row.present_name, row.starts_at, row.ends_at, _state(row.starts_at, row.ends_at, reader.now)
        )
        for row in rows
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
