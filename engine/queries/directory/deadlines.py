"""Which running deadlines a day of the calendar would move, and which were counted before a day was changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.calendar import Calendar, DayOverride, Days
from engine.calendar.recounting import recount
from engine.domain.actor import Actor
from engine.domain.codec import loads
from engine.domain.text import Text
from engine.queries.directory.guard import require_administrator
from engine.storage.tables import calendar_day, cases, estate, limit_run, register_entry

if TYPE_CHECKING:
    from engine.queries.reader import Reader

SHOWN, LOOKED_AT = 50, 20_000
#: A day further back moves nothing that still runs.
BACK = timedelta(days=400)
COMPANY = Text("全公司", "Whole company")


@dataclass(frozen=True, slots=True)
class Moved:
    """A running limit of a case, when it is due, and when it would be."""

    case_id: str
    number: str
    estate: Text
    name: Text
    due_at: datetime
    becomes: datetime


@dataclass(frozen=True, slots=True)
class Moves:
    """All that move, counted by estate, with the first of them; ``more`` when not every running limit was looked at."""

    total: int
    cases: tuple[str, ...]
    by_estate: tuple[tuple[Text, int], ...]
    rows: tuple[Moved, ...]
    more: bool


def moved_by(reader: Reader, actor: Actor, day: date, working: bool) -> Moves:
    """What would differ if the day were worked, or not, and every running limit were counted anew."""
    require_administrator(actor)
    overrides = {found.day: found for found in _overrides(reader)}
    changed = DayOverride(day, working, Text("预览", "preview"))
    return _moves(reader, Days([*(found for at, found in overrides.items() if at != day), changed], "preview"), day, day)


def not_counted_yet(reader: Reader, actor: Actor) -> Moves:
    """What differs from the calendar as it stands, because it was counted before a day was changed."""
    require_administrator(actor)
    overrides = [found for found in _overrides(reader) if found.day > (reader.now - BACK).date()]
    if not overrides:
        return Moves(0, (), (), (), False)
    days = sorted(found.day for found in overrides)
    return _moves(reader, Days(_overrides(reader), "today"), days[0], days[-1])


def _moves(reader: Reader, days: Days, first: date, last: date) -> Moves:
    compared = list(_compared(reader, days, first, last))
    moved = [found for found in compared if found is not None]
    named = {found.estate.zh: found.estate for found in moved}
    counted = Counter(found.estate.zh for found in moved)
    by_estate = tuple((named[zh], count) for zh, count in counted.most_common())
    involved = tuple(dict.fromkeys(found.case_id for found in moved))
    return Moves(len(moved), involved, by_estate, tuple(moved[:SHOWN]), len(compared) == LOOKED_AT)


def _compared(reader: Reader, days: Days, first: date, last: date) -> Iterator[Moved | None]:
    """Every running limit that counts over one of the days; None for one that stays."""
    calendars: dict[str, Calendar] = {}
    for row in reader.connection.execute(_running(reader, first, last)):
        if row.version_id not in calendars:
            calendars[row.version_id] = Calendar(reader.catalogue.get(row.version_id).procedure.day_rules, days)
        becomes = recount(_plain(row.derivation), calendars[row.version_id]).due_at
        stays = becomes == row.due_at or becomes <= reader.now
        place = Text(row.estate_zh, row.estate_en) if row.estate_zh else COMPANY
        name = Text(row.name_zh, row.name_en)
        yield None if stays else Moved(row.case_id, row.number, place, name, row.due_at, becomes)


def _running(reader: Reader, first: date, last: date) -> sa.Select[Any]:
    run, entry = limit_run.c, register_entry.c
    begins = datetime.combine(first, time(), reader.zone)
    ends = datetime.combine(last + timedelta(days=1), time(), reader.zone)
    joined = (
        limit_run.join(register_entry, entry.case_id == run.case_id)
        .join(cases, cases.c.id == run.case_id)
        .outerjoin(estate, estate.c.id == run.estate_id)
    )
    shown = (run.case_id, run.name_zh, run.name_en, run.due_at, run.derivation, entry.number, cases.c.version_id)
    query = sa.select(*shown, estate.c.name_zh.label("estate_zh"), estate.c.name_en.label("estate_en")).select_from(joined)
    query = query.where(run.stopped_at.is_(None), run.breached_at.is_(None), run.due_at > reader.now, sa.not_(cases.c.closed))
    return query.where(run.anchor_at < ends, run.due_at >= begins).order_by(run.due_at, run.case_id, run.id).limit(LOOKED_AT)


def _plain(derivation: str) -> dict[str, Any]:
    found: Any = loads(derivation)
    return dict(found)


def _overrides(reader: Reader) -> list[DayOverride]:
    rows = reader.connection.execute(sa.select(calendar_day))
    return [DayOverride(date.fromisoformat(row.day), row.working, Text(row.reason_zh, row.reason_en)) for row in rows]
