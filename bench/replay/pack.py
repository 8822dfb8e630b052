"""The pack of a review over a quarter of very many complaints: how long its reader waits for the page and its files."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from bench.crowd import multiply
from bench.ground import COMPLAINT, ground, kind_of
from bench.replay.run import START, TABLES, WAITS, handled
from engine.clock import ManualClock
from engine.commands.schedules import StartProcedure
from engine.outbound import reports as outbound
from engine.queries.reports import reviewing
from engine.storage import tables as t
from tests.office import Office


def run(cases: int, database_url: str = "") -> dict[str, Any]:
    """So many complaints of one period, as their owner reads them."""
    with ground(database_url) as place:
        clock = ManualClock(START)
        application = place.application(COMPLAINT, clock)
        office = Office(application, clock)
        originals = [handled(office, number, hours) for number, hours in enumerate(WAITS * 2)]
        multiply(application, originals, -(-cases // len(originals)) - 1, timedelta(), TABLES)
        review = office.execute(StartProcedure("review", "new_kind_reported"), "owner")
        period = {"period_start": START - timedelta(30), "period_end": clock.now()}
        with application.database.write() as connection:
            connection.execute(sa.update(t.report).values(period))
        with application.read() as reader:
            found, took = _timed(lambda: reviewing.pack(reader, office.actor("owner"), review.case_id))
        with application.read() as reader:
            _, again = _timed(lambda: reviewing.pack(reader, office.actor("owner"), review.case_id))
        _, sheets = _timed(lambda: outbound.as_workbook(found, "zh_Hans", application.zone, clock.now()))
        (entries,) = office.rows(sa.select(sa.func.count().label("entries")).select_from(t.journal))
        application.close()
        told = {"database": kind_of(application), "cases": cases, "journal_entries": entries["entries"]}
        return {
            **told,
            **{f"pack_{name}": value for name, value in took.items()},
            "again_processor_s": again["processor_s"],
            "workbook_s": sheets["seconds"],
        }


def _timed(work: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    began, busy = time.perf_counter(), time.process_time()
    found = work()
    return found, {"seconds": round(time.perf_counter() - began, 2), "processor_s": round(time.process_time() - busy, 2)}
