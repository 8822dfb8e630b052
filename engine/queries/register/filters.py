"""What narrows the register: columns, days, and what was typed into the search box."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from sqlalchemy import ColumnElement

from engine.storage.tables import register_entry

OPEN, CLOSED, HISTORIC, CURRENT = "open", "closed", "historic", "current"
STATES = (CURRENT, OPEN, CLOSED, HISTORIC)
#: The series of complaints; reports, reviews and what else begins without one have a series each.
COMPLAINTS = ("current", "historic")
#: Columns that are compared as they are.
EQUAL = ("severity", "validity", "category", "channel", "department")


@dataclass(frozen=True, slots=True)
class Filters:
    """Each narrows when it is given; ``state`` is one of ``STATES``, the days are those of receipt, both included."""

    estate: str | None = None
    severity: str | None = None
    validity: str | None = None
    category: str | None = None
    channel: str | None = None
    department: str | None = None
    state: str | None = None
    emergency: bool = False
    since: date | None = None
    until: date | None = None
    words: str = ""


def narrowed(filters: Filters, zone: tzinfo, at: ColumnElement[Any]) -> Iterator[ColumnElement[bool]]:
    """The conditions that the filters make, save the words (see ``searching``); ``at`` holds the moment of registration."""
    entry = register_entry.c
    yield entry.series.in_(COMPLAINTS)
    if filters.estate:
        yield entry.estate_id == filters.estate
    for name in EQUAL:
        if getattr(filters, name):
            yield entry[name] == getattr(filters, name)
    if filters.state == CURRENT:
        yield entry.status != HISTORIC
    elif filters.state in STATES:
        yield entry.status == filters.state
    if filters.emergency:
        yield entry.emergency
    if filters.since:
        yield at >= midnight(filters.since, zone)
    if filters.until and filters.until < date.max:
        yield at < midnight(filters.until + timedelta(days=1), zone)


def midnight(day: date, zone: tzinfo) -> datetime:
    """The moment at which a day begins."""
    return datetime.combine(day, time(), zone)
