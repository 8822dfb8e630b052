"""What a step reads beside the case itself: its open items and the facts, in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine.domain.values import Value
from engine.storage import tables as t

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """The facts of a case, its open items by id, the revision of the working calendar, and how many drafts were saved."""

    facts: dict[str, Value]
    items: dict[str, Row]
    calendar_revision: int
    drafts: int


def read_known(connection: Connection, case_id: str, passed_on: int, now: datetime, within_days: int) -> Known:
    """How often the complainant came back, how many cases are linked, how often the case was passed on, and what is open."""
    item = t.work_item.c
    once = sa.select(sa.literal(1).label("one")).subquery()
    joined = once.outerjoin(t.work_item, (item.case_id == case_id) & (item.status == "open"))
    query = sa.select(*_counts(case_id, now - timedelta(days=within_days)), t.work_item).select_from(joined)
    rows = connection.execute(query).mappings().all()
    first = rows[0]
    contacts, links = first["contacts"], first["links"]
    facts = {
        "contact_count": Decimal(contacts),
        "linked_count": Decimal(links),
        "raised_count": Decimal(1 + contacts + links),
        "passing_on_count": Decimal(passed_on),
    }
    items: dict[str, Row] = {
        row["id"]: {column.name: row[column.name] for column in item} for row in rows if row["id"] is not None
    }
    return Known(facts, items, first["revision"], first["drafts"])


def _counts(case_id: str, since: datetime) -> list[sa.Label[int]]:
    def count(table: sa.Table, *where: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
        return sa.select(sa.func.count()).select_from(table).where(table.c.case_id == case_id, *where).scalar_subquery()

    revision = sa.select(sa.func.coalesce(sa.func.max(t.calendar_day.c.revision), 0)).scalar_subquery()
    return [
        count(t.contact, t.contact.c.at >= since).label("contacts"),
        count(t.case_link, t.case_link.c.at >= since).label("links"),
        count(t.draft).label("drafts"),
        revision.label("revision"),
    ]
