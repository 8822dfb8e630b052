"""The pages that staff open all day, over a register and an inbox of several years."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bench.browse import Person, Times
from bench.crowd import WHOLE, multiply
from bench.ground import COMPLAINT, ground, kind_of
from bench.inbox import crowd, open_count
from bench.serving import served
from engine.bootstrap import Application
from engine.clock import ManualClock
from engine.demo import PASSWORD
from engine.storage import tables as t
from tests.longest import longest_case
from tests.office import Case, Office
from webforms.blueprints.case_file.door import OPERATORS_ONLY, TABS

_START = datetime(2026, 9, 28, 1, 0, tzinfo=UTC)
#: Recorded and handled to the end, each by its own answers; the register is made of copies of these.
_HANDLED: tuple[dict[str, Any], ...] = ({}, {"poor_service": True}, {"serious_harm": True}, {})
_EARLIER = timedelta(minutes=-90)
_OPEN_AT = "propose_plan"


def run(register_rows: int, open_items: int, rounds: int, database_url: str = "") -> dict[str, Any]:
    """Each page so many times, signed in as the supervisor."""
    with ground(database_url) as place:
        clock = ManualClock(_START)
        application = place.application(COMPLAINT, clock)
        office = Office(application, clock)
        # Months pass in it, which would be long with a crowd of open cases.
        longest = longest_case(office, close=False)
        crowd(office, open_items)
        closed, opened = _cases(office)
        each = max((register_rows - _register_rows(application)) // len(closed), 1)
        multiply(application, [case.id for case in closed], each, _EARLIER, WHOLE)
        times = Times()
        with served(application, settled=True) as address:
            _open_all(Person(address, "supervisor", PASSWORD, times), closed[0], opened, longest, rounds)
        result = {
            "database": kind_of(application),
            "register_rows": _register_rows(application),
            "open_items": open_count(application),
            "pages": times.summary(),
        }
        application.close()
        return result


def _cases(office: Office) -> tuple[list[Case], Case]:
    closed = [office.register(**answers) for answers in _HANDLED]
    for case, answers in zip(closed, _HANDLED, strict=True):
        case.finish(**answers)
    opened = office.register()
    opened.reach(_OPEN_AT)
    return closed, opened


def _register_rows(application: Application) -> int:
    with application.database.read() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(t.register_entry)).scalar_one())


def _open_all(person: Person, closed: Case, opened: Case, longest: Case, rounds: int) -> None:
    item_id = opened.items[0]["id"]
    paths = {
        "inbox": "/inbox/available",
        "register": "/register",
        "register_filtered": "/register?severity=major&state=closed",
        "register_search": "/register?q=%E7%94%B5%E6%A2%AF",
        "register_number": f"/register?q={opened.number}",
        "case": f"/cases/{opened.id}",
        "case_closed": f"/cases/{closed.id}",
        "task": f"/tasks/{item_id}",
        "dashboard": "/dashboard",
        "record": "/record",
        **{f"longest_{tab}": f"/cases/{longest.id}/{tab}".removesuffix("/overview") for tab in TABS if tab != OPERATORS_ONLY},
    }
    for _ in range(rounds):
        for name, path in paths.items():
            page = person.get(path, name)
            assert page.status == 200, f"{path}: {page.status} {page.words()[:200]}"
