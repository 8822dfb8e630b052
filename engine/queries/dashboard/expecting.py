"""Limits that will fall due within the next working days, and which of them will be missed at the usual pace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from engine.calendar import Calendar, DayOverride, Days, Unit
from engine.domain.text import Text
from engine.queries.dashboard.seeing import IS_DONE, IS_OPEN, Sight
from engine.queries.dashboard.workload import HELD_BY
from engine.queries.labels import estate_name
from engine.storage.tables import calendar_day, estate, limit_run, person, register_entry, work_item

if TYPE_CHECKING:
    pass

WORKING_DAYS = 3
#: Nobody counts further than this, and neither does the database.
MOST = 999
#: How long a step usually takes is told by the last tasks done of its kind: not longer ago, so many at most, of fewer not at all.
USUAL_WITHIN, USUAL_MOST, USUAL_FEWEST = timedelta(days=90), 50, 5
#: What the days are called is not asked here, and working it out takes longer than all the rest.
_OWN_DAYS = "dashboard"
_run, _entry, _item = limit_run.c, register_entry.c, work_item.c


@dataclass(frozen=True, slots=True)
class Expected:
    """A limit with an open task: its ``own``, or another that comes before what it is about.

    ``usual`` is how long such a task usually takes, None when too few were done.
    """

    case_id: str
    number: str
    estate: Text
    limit: Text
    due_at: datetime
    breached_at: datetime | None
    task: Text | None
    item_id: str | None
    holder: str | None
    opened_at: datetime | None
    own: bool
    usual: timedelta | None

    @property
    def will_be_late(self) -> bool:
        """At the usual pace the task ends after the limit."""
        return self.usual is not None and self.opened_at is not None and self.opened_at + self.usual > self.due_at


def horizon(sight: Sight) -> datetime:
    """The end of the third working day from now, by the company's calendar; today does not count."""
    rows = sight.reader.connection.execute(sa.select(calendar_day))
    own = [DayOverride(date.fromisoformat(row.day), row.working, Text(row.reason_zh, row.reason_en), None) for row in rows]
    calendar = Calendar(sight.procedure.day_rules, Days(own, _OWN_DAYS))
    return calendar.due(sight.reader.now, WORKING_DAYS, Unit.WORKING_DAYS).due_at


def falling_due(sight: Sight, until: datetime) -> ColumnElement[bool]:
    """Limits in sight that run and fall due between now and then."""
    running = sa.and_(_run.stopped_at.is_(None), _run.breached_at.is_(None), _entry.status == "open")
    # The estate as an expression: the index of what runs is to be read in its order, and no other.
    here = sight.cases(_run.case_id, _run.estate_id.concat(""))
    return sa.and_(_run.due_at >= sight.reader.now, _run.due_at <= until, running, here)


def breached_today(sight: Sight) -> ColumnElement[bool]:
    """Limits in sight that fell due today and were not kept."""
    broken = sa.and_(_run.breached_at.is_not(None), _run.due_at >= sight.midnight, _run.due_at <= sight.reader.now)
    return sa.and_(broken, sight.estates(_run.estate_id), sight.cases(_run.case_id, _run.estate_id))


def counted(where: ColumnElement[bool]) -> sa.ScalarSelect[int]:
    """How many limits there are of which the condition holds, one more than ``MOST`` where there are more."""
    joined = limit_run.join(register_entry, _entry.case_id == _run.case_id)
    some = sa.select(sa.literal(1)).select_from(joined).where(where).limit(MOST + 1).subquery()
    return sa.select(sa.func.count()).select_from(some).scalar_subquery()


def rows(sight: Sight, where: ColumnElement[bool], most: int, skipped: int = 0) -> list[Any]:
    """The limits of which the condition holds, the nearest first, each with its own open task, else with another of its case."""
    order = (_run.due_at, _run.case_id, _run.id)
    joined = limit_run.join(register_entry, _entry.case_id == _run.case_id)
    chosen = (
        sa.select(_run.case_id, _run.id).select_from(joined).where(where).order_by(*order).limit(most).offset(skipped).subquery()
    )
    own = sa.and_(_item.due_key == _run.key, _item.due_at == _run.due_at)
    joined = (
        chosen.join(limit_run, sa.and_(_run.case_id == chosen.c.case_id, _run.id == chosen.c.id))
        .join(register_entry, _entry.case_id == _run.case_id)
        .outerjoin(estate, estate.c.id == _run.estate_id)
        .outerjoin(work_item, sa.and_(_item.case_id == _run.case_id, IS_OPEN))
        .outerjoin(person, person.c.id == HELD_BY)
    )
    columns = (
        _run.case_id, _run.id.label("run_id"), _entry.number, _run.name_zh.label("limit_zh"), _run.name_en.label("limit_en"),
        _run.due_at, _run.breached_at, estate.c.name_zh.label("estate_zh"), estate.c.name_en.label("estate_en"),
        _item.id.label("item_id"), _item.element_id, _item.name_zh, _item.name_en, _item.opened_at,
        person.c.name.label("holder"), sa.func.coalesce(own, sa.false()).label("own"),
    )  # fmt: skip
    nearest = (sa.case((own, 0), else_=1), _item.due_at.is_(None), _item.due_at, _item.id)
    query = sa.select(*columns).select_from(joined).order_by(*order, *nearest)
    # A case may have several open tasks; the limit is told once, with the first.
    found = {(row.case_id, row.run_id): row for row in reversed(sight.reader.connection.execute(query).all())}
    return list(reversed(found.values()))


def told(sight: Sight, found: Iterable[Any]) -> tuple[Expected, ...]:
    """The limits with the usual time of each one's task."""
    listed = list(found)
    usual = usual_times(sight, {row.element_id for row in listed if row.element_id})
    return tuple(_expected(row, usual) for row in listed)


def usual_times(sight: Sight, elements: Collection[str]) -> dict[str, timedelta]:
    """The median time that the last done tasks of each element lay open, in every estate; left out where too few were done."""
    if not elements:
        return {}
    since = sight.reader.now - USUAL_WITHIN
    latest = (
        sa.select(_item.element_id, _item.opened_at, _item.ended_at)
        .where(IS_DONE, _item.element_id == element, _item.ended_at >= since)
        .order_by(_item.ended_at.desc())
        .limit(USUAL_MOST)
        .subquery()
        for element in sorted(elements)
    )
    lasted: dict[str, list[timedelta]] = defaultdict(list)
    for row in sight.reader.connection.execute(sa.union_all(*(sa.select(one) for one in latest))):
        lasted[row.element_id].append(row.ended_at - row.opened_at)
    return {element: _median(times) for element, times in lasted.items() if len(times) >= USUAL_FEWEST}


def _median(times: list[timedelta]) -> timedelta:
    return sorted(times)[len(times) // 2]


def _expected(row: Any, usual: dict[str, timedelta]) -> Expected:
    task = Text(row.name_zh, row.name_en) if row.item_id else None
    limit = Text(row.limit_zh, row.limit_en)
    return Expected(
        row.case_id, row.number, estate_name(row), limit, row.due_at, row.breached_at, task, row.item_id, row.holder,
        row.opened_at, bool(row.own), usual.get(row.element_id),
    )  # fmt: skip
