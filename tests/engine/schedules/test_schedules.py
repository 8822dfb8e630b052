"""The calendar begins procedures: once a period, whoever looks first, and also for the time when nobody was there."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from engine.bootstrap import build
from engine.commands import directory
from engine.commands.clock import DoubtClock
from engine.commands.schedules import RunSchedule
from engine.domain.actor import COMPANY, SYSTEM
from engine.domain.text import Text
from engine.storage import tables as t
from engine.worker import Worker
from tests.office import Office
from tests.published import publish, replacing

WEEKLY = "weekly_report_due"
MONDAY = datetime(2026, 10, 5, 0, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


def periods(office: Office, kind: str = "weekly_report") -> list[datetime]:
    """The first moments of the periods that reports of a kind are about, in the order in which they were begun."""
    cases = [case for case in office.begun("reporting") if case.values.get("report_kind") == kind]
    return [case.values["period_from"] for case in cases]  # type: ignore[misc]


def due(office: Office, element_id: str = WEEKLY) -> list[datetime]:
    """When a start event is due, in every place where it begins."""
    query = sa.select(t.schedule.c.due_at).where(t.schedule.c.element_id == element_id)
    return [row["due_at"] for row in office.rows(query)]


def test_a_week_of_reports_after_three_weeks_without_a_worker(office: Office) -> None:
    office.clock.set(MONDAY + 2 * WEEK + timedelta(hours=5))

    while office.worker.tick():
        pass

    assert periods(office) == [datetime(2026, 9, 27, 16, tzinfo=UTC) + number * WEEK for number in range(3)]
    assert due(office) == [MONDAY + 3 * WEEK]


def test_several_workers_begin_a_period_once(office: Office, settings: object) -> None:
    office.clock.set(MONDAY)
    others = [build(settings, office.clock) for _ in range(3)]  # type: ignore[arg-type]
    workers = [office.worker, *map(Worker, others)]

    with ThreadPoolExecutor(len(workers)) as pool:
        for _ in range(3):
            list(pool.map(lambda worker: worker.tick(), workers))

    for other in others:
        other.close()
    assert len(periods(office)) == 1
    assert due(office) == [MONDAY + WEEK]


def test_what_is_not_due_does_not_begin(office: Office) -> None:
    office.clock.set(MONDAY - timedelta(seconds=1))

    begun = office.application.execute(RunSchedule("reporting", WEEKLY, COMPANY), SYSTEM)

    assert (begun, periods(office)) == (0, [])


def test_a_clock_in_doubt_begins_nothing(office: Office) -> None:
    office.clock.set(MONDAY)
    office.application.execute(DoubtClock(Text("时钟跳了", "the clock has jumped")), SYSTEM)

    assert office.worker.tick() == 0
    assert office.application.execute(RunSchedule("reporting", WEEKLY, COMPANY), SYSTEM) == 0
    assert periods(office) == []


def test_a_new_estate_checks_its_week_too(office: Office) -> None:
    estate_id = office.execute(directory.AddEstate("NEW", "新苑", "New Court"), "admin")

    office.go_to(MONDAY)

    checked = {case.entry["estate_id"] for case in office.begun("reporting") if case.open_tasks == ["check_week"]}
    assert checked == {office.estate_id(), office.estate_id("BT"), estate_id}


def test_a_version_with_another_day_is_followed_from_its_first_day_on(office: Office) -> None:
    office.clock.set(MONDAY - timedelta(days=3))
    publish(office.application, "reporting", replacing("reporting.bpmn", '"mon", "08:00"', '"tue", "08:00"'))

    office.go_to(MONDAY + timedelta(hours=1))
    assert periods(office) == []
    office.go_to(MONDAY + timedelta(days=1))

    assert periods(office) == [datetime(2026, 9, 27, 16, tzinfo=UTC)]
    assert due(office) == [MONDAY + timedelta(days=8)]


def test_a_version_with_another_season_is_not_late_for_the_one_before(office: Office) -> None:
    publish(office.application, "sealing", replacing("sealing.bpmn", 'yearly(12, 31, "18:00")', 'yearly(6, 30, "18:00")'))

    office.clock.set(datetime(2027, 1, 1, tzinfo=UTC))
    while office.worker.tick():
        pass

    assert office.begun("sealing") == []
    assert due(office, "year_end") == [datetime(2027, 6, 30, 10, tzinfo=UTC)]
