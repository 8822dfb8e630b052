"""Very many cases that have words: rows of the register and of its index of pairs, as recording them would leave them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bench.story.messages import messages
from engine.bootstrap import Application
from engine.domain.ids import new_id
from engine.storage import tables as t
from engine.storage.blind import kept_grams
from engine.storage.journal import GENESIS

#: What is written down of a telephone call: a subject, and so many signs of the story.
CALL = 120
_SPAN = timedelta(days=5 * 365)
_AT_ONCE = 2000
_OPEN_OF = 50
_BUILDINGS, _HOMES = 40, 60
_CATEGORIES = ("facility", "service", "charge", "sudden_event")
Rows = dict[sa.Table, list[dict[str, Any]]]


def fill(application: Application, count: int, chance: random.Random) -> str:
    """So many cases of the last five years, one in fifty still open; the answer says whose words they speak."""
    texts, source = messages(count)
    now = application.clock.now()
    homes = _homes(application)
    with application.database.read() as connection:
        version = connection.execute(sa.select(t.procedure_version.c.id, t.procedure_version.c.procedure_key)).first()
    for rows in _portions(count, texts, homes, version, now, chance):
        with application.database.write() as connection:
            for table, some in rows.items():
                connection.execute(sa.insert(table), some)
    if not application.database.is_sqlite:
        with application.database.write() as connection:
            connection.execute(sa.text("ANALYZE"))
    return source


def _homes(application: Application) -> list[sa.Row[Any]]:
    """Households of one estate, so many in each of its buildings."""
    now = application.clock.now()
    buildings = [new_id(now) for _ in range(_BUILDINGS)]
    homes = [(new_id(now), new_id(now), building) for building in buildings for _ in range(_HOMES)]
    with application.database.write() as connection:
        estate = connection.execute(sa.select(t.estate.c.id).order_by(t.estate.c.code.desc()).limit(1)).scalar_one()
        rows: Rows = {
            t.building: [{"id": key, "estate_id": estate, "name": f"B{number}"} for number, key in enumerate(buildings)],
            t.unit: [
                {"id": unit, "estate_id": estate, "building_id": building, "room": f"R{number}"}
                for number, (unit, _, building) in enumerate(homes)
            ],
            t.household: [{"id": home, "estate_id": estate, "unit_id": unit, "active": True} for unit, home, _ in homes],
        }
        for table, some in rows.items():
            connection.execute(sa.insert(table), some)
        named = sa.select(t.household.c.id, t.household.c.estate_id).where(t.household.c.name.is_(None))
        return list(connection.execute(named).all())


def call(text: tuple[str, str], chance: random.Random) -> str:
    """What somebody might say of a message: its subject and a part of its story."""
    subject, story = text
    at = chance.randrange(max(1, len(story) - CALL))
    return f"{subject} {story[at : at + CALL]}"


def _portions(count: int, texts: Any, homes: Any, version: Any, now: datetime, chance: random.Random) -> Iterator[Rows]:
    rows: Rows = {t.cases: [], t.register_entry: [], t.bigram: []}
    for number in range(count):
        home = homes[number % len(homes)]
        at = now - _SPAN + _SPAN * number / count
        _add(rows, number, at, home, version, call(texts[number], chance))
        if len(rows[t.cases]) == _AT_ONCE or number == count - 1:
            yield rows
            rows = {table: [] for table in rows}


def _add(rows: Rows, number: int, at: datetime, home: Any, version: Any, words: str) -> None:
    case_id, closed = new_id(at), number % _OPEN_OF != 0
    case = {"id": case_id, "procedure_key": version.procedure_key, "version_id": version.id, "estate_id": home.estate_id}
    rows[t.cases].append({**case, "rev": 1, "closed": closed, "journal_seq": 0, "journal_hash": GENESIS})
    counts = {"round": 1, "contact_count": 0, "passing_on_count": 0, "breach_count": 0}
    entry = {
        "case_id": case_id,
        "estate_id": home.estate_id,
        "procedure_key": version.procedure_key,
        "series": "crowd",
        "year": at.year,
        "serial": number,
        "number": f"CROWD-{number:06d}",
        "status": "closed" if closed else "open",
        "category": _CATEGORIES[number % len(_CATEGORIES)],
        "emergency": False,
        "household_id": home.id,
        "registered_at": at,
        "registered_by": "bench",
    }
    rows[t.register_entry].append(entry | counts)
    rows[t.bigram] += [{"gram": gram, "case_id": case_id} for gram in kept_grams(words)]
