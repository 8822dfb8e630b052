"""The register over very many complaints: every way of looking at it, for people who may read all, an estate, or a department."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa

from bench.browse import Person, Times
from bench.ground import COMPLAINT, ground, kind_of
from bench.register.shelf import APART, COMMON, RARE, fill
from bench.serving import served
from engine.bootstrap import Application
from engine.clock import ManualClock
from engine.demo import PASSWORD
from engine.storage import tables as t

_START = datetime(2026, 9, 28, 1, 0, tzinfo=UTC)
#: Who reads: everything, one estate, a large department of it, and one that has a case in a hundred.
PEOPLE = {"all": "director", "estate": "supervisor", "department": "engineer", "small": "liaison"}


def run(rows: int, rounds: int, database_url: str = "") -> dict[str, Any]:
    """Each page so many times for each of the people; and the exact totals, which pages fetch afterwards, once."""
    with ground(database_url) as place:
        clock = ManualClock(_START)
        application = place.application(COMPLAINT, clock)
        began = time.monotonic()
        fill(application, rows, _START)
        filled = round(time.monotonic() - began, 1)
        times, counted = Times(), Times()
        with served(application, settled=True) as address:
            for who, login in PEOPLE.items():
                _look(Person(address, login, PASSWORD, times), who, _paths(application), rounds)
                _look(Person(address, login, PASSWORD, counted), who, {"totals": "/register/totals"}, 3)
        result = {
            "database": kind_of(application),
            "register_rows": rows,
            "filled_s": filled,
            "pages": times.summary(),
            "totals_afterwards": counted.summary(),
        }
        application.close()
        return result


def _paths(application: Application) -> dict[str, str]:
    with application.database.read() as connection:
        query = sa.select(t.register_entry).order_by(t.register_entry.c.registered_at)
        some = connection.execute(query.limit(1).offset(1000)).one()
    deep = quote(f"{some.registered_at.isoformat()}~{some.case_id}")
    month = f"{some.registered_at:%Y-%m}"
    filters = {
        "severity": "major", "validity": "invalid", "category": "charge", "channel": "letter", "department": "finance",
        "state": "open", "urgent": "1", "since": "2026-09-01", "estate": some.estate_id,
    }  # fmt: skip
    words = {"common": COMMON, "rare": RARE, "apart": " ".join(APART), "phone": "13900007007", "tail": "7007"}
    words |= {"number": some.number, "serial": str(some.serial), "year": some.number[:7], "name": "赵伟一"}
    return {
        "first": "/register",
        "deep": f"/register?after={deep}&no=900000",
        "month": f"/register?at={month}",
        **{f"by {name}": f"/register?{name}={value}" for name, value in filters.items()},
        "by two": "/register?severity=major&category=charge",
        **{f"find {name}": f"/register?q={quote(value)}" for name, value in words.items()},
        "find within": f"/register?q={quote(COMMON)}&severity=major",
    }


def _look(person: Person, who: str, paths: dict[str, str], rounds: int) -> None:
    for _ in range(rounds):
        for name, path in paths.items():
            page = person.get(path, f"{who}: {name}")
            assert page.status == 200, f"{path}: {page.status} {page.words()[:200]}"
