"""The inbox with very many open tasks, asked for by people who see most of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bench.browse import Person, Times
from bench.crowd import LISTED, multiply
from bench.ground import COMPLAINT, ground, kind_of
from bench.meter import percentile
from bench.serving import served
from engine.bootstrap import Application
from engine.clock import ManualClock
from engine.demo import PASSWORD
from engine.storage import tables as t
from tests.office import Office

_START = datetime(2026, 9, 28, 1, 0, tzinfo=UTC)
#: Where the recorded cases stand, so that the crowd waits for different people.
_STAND_AT = (
    "judge_complaint", "confirm_assignment", "find_cause", "propose_plan", "confirm_with_complainant",
    "approve_plan_supervisor", "carry_out_plan", "visit_complainant",
)  # fmt: skip
_LOGINS = ("reception", "supervisor", "engineer", "manager")
_TABS = ("mine", "available", "followed", "done")
_APART = timedelta(minutes=7)
#: What narrows a list, and what leaves nothing of it, for which all of it is looked through.
_FILTERS = {
    "late": "late=1",
    "severity": "grade=minor",
    "severity_none": "grade=major",
    "emergency": "urgent=1",
    "provisional": "unsure=1",
    "task": "task=visit_complainant",
    "task_none": "task=none_such",
    "department": "dept=engineering",
    "role_none": "role=none_such",
    "number": "q=YH-2026-00003",
    "numbers": "q=YH-2026",
    "room": "q=3-1-502",
    "words": "q=%E7%94%B5%E6%A2%AF",
    "estate_none": "estate=none_such",
}
#: What the inbox and its frame look at.
_TABLES = (*LISTED, t.limit_run)


def run(open_items: int, rounds: int, database_url: str = "") -> dict[str, Any]:
    """Every tab, its next page, what is new and every filter, for four people in turn."""
    with ground(database_url) as place:
        clock = ManualClock(_START)
        application = place.application(COMPLAINT, clock)
        crowd(Office(application, clock), open_items)
        times = Times()
        with served(application, settled=True) as address:
            for login in _LOGINS:
                _look_around(Person(address, login, PASSWORD, times), rounds)
        taken, worked = _all_but_sign_in(times.taken), _all_but_sign_in(times.worked)
        result = {
            "database": kind_of(application),
            "open": open_count(application),
            "page_ms": {"p50": percentile(taken, 0.5), "p95": percentile(taken, 0.95)},
            "processor_ms": {"p50": percentile(worked, 0.5), "p95": percentile(worked, 0.95)},
            "requests": len(taken),
            "pages": times.summary(),
        }
        application.close()
        return result


def crowd(office: Office, open_items: int) -> None:
    """So many open tasks: a case at each of several steps, and copies of these."""
    application = office.application
    cases = [office.register() for _ in _STAND_AT]
    for case, element in zip(cases, _STAND_AT, strict=True):
        case.reach(element)
    ids = [case.id for case in cases]
    # What was open before is not copied.
    each = -(-(open_items - open_count(application)) // open_count(application, ids))
    multiply(application, ids, each, _APART, _TABLES)


def open_count(application: Application, case_ids: Sequence[str] | None = None) -> int:
    """How many tasks are open, of these cases or of all."""
    item = t.work_item.c
    query = sa.select(sa.func.count()).select_from(t.work_item).where(item.status == "open")
    with application.database.read() as connection:
        return int(connection.execute(query if case_ids is None else query.where(item.case_id.in_(case_ids))).scalar_one())


def _all_but_sign_in(times: dict[str, list[float]]) -> list[float]:
    return [each for name, values in times.items() if name != "sign_in" for each in values]


def _look_around(person: Person, rounds: int) -> None:
    for _ in range(rounds):
        for tab in _TABS:
            page = person.get(f"/inbox/{tab}", tab)
            assert page.status == 200, page.words()[:200]
            following = page.content.xpath("//a[contains(@href, 'after=')]/@href")
            if following:
                person.get(following[0], f"{tab}_next")
            asked = page.content.xpath("//@data-rd-inbox")[0]
            shown = page.content.xpath("//@data-rd-item")
            person.get(f"{asked}&ids={'.'.join(shown)}", f"{tab}_fresh")
        for tab in _TABS[:3]:
            for name, query in _FILTERS.items():
                page = person.get(f"/inbox/{tab}?{query}", f"filter_{name}")
                assert page.status == 200, page.words()[:200]
        person.get("/inbox/done?grade=minor", "done_filtered")
        person.get("/inbox/done?grade=major", "done_filtered")
        person.get("/inbox/fresh", "counts")
