"""The facts that a procedure may read, counted in one statement before a step and recorded with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy import Connection

from engine.domain.values import Value
from engine.storage import tables as t


@dataclass(frozen=True, slots=True)
class Known:
    """The facts of a case and the revision of the working calendar."""

    facts: dict[str, Value]
    calendar_revision: int


def read_facts(connection: Connection, case_id: str | None, passed_on: int, now: datetime, within_days: int) -> Known:
    """How often the complainant came back, how many cases are linked, and how often the case was passed on."""
    since = now - timedelta(days=within_days)
    contacts = sa.select(sa.func.count()).where(t.contact.c.case_id == case_id, t.contact.c.at >= since).scalar_subquery()
    links = sa.select(sa.func.count()).where(t.case_link.c.case_id == case_id, t.case_link.c.at >= since).scalar_subquery()
    revision = sa.select(sa.func.coalesce(sa.func.max(t.calendar_day.c.revision), 0)).scalar_subquery()
    contact_count, linked_count, calendar_revision = connection.execute(sa.select(contacts, links, revision)).one()
    return Known(
        {
            "contact_count": Decimal(contact_count),
            "linked_count": Decimal(linked_count),
            "raised_count": Decimal(1 + contact_count + linked_count),
            "passing_on_count": Decimal(passed_on),
        },
        calendar_revision,
    )
