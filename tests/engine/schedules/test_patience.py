"""A schedule that cannot begin is tried again after longer and longer; then an operator is told, and it waits for the answer."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from engine.clock import ManualClock
from engine.commands import incidents
from engine.commands.schedules import patience, run
from engine.domain.text import Text
from engine.errors import Incident
from engine.queries import incidents as queries
from engine.storage import tables as t
from tests.office import Office

MONDAY = datetime(2026, 10, 5, 0, 0, tzinfo=UTC)
REASON = Text("坏了", "It is broken")


@pytest.fixture
def broken(office: Office, clock: ManualClock, monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """On Monday at eight the weekly checks are due, and reports too, and nothing begins; the moments at which one was tried."""
    tried: list[datetime] = []

    def refuse(command: Any, *_: Any) -> None:
        if command.element_id == "weekly_report_due":
            tried.append(clock.now())
            raise Incident(REASON, "report_begun")

    office.go_to(datetime(2026, 9, 29, tzinfo=UTC))
    clock.set(MONDAY)
    monkeypatch.setattr(run, "_begin", refuse)
    return tried


def test_it_is_tried_less_and_less_often_and_then_waits(office: Office, clock: ManualClock, broken: list[datetime]) -> None:
    for _ in range(60):
        office.worker.tick()
        clock.advance(seconds=1)

    apart = [int((later - earlier).total_seconds()) for earlier, later in itertools.pairwise(broken)]
    assert apart == [1, 2, 4, 8] and len(broken) == patience.TRIES
    with office.application.read() as reader:
        (waiting,) = queries.open_incidents(reader, office.actor("owner"))
    assert (waiting.text, waiting.doing.en, waiting.count) == (REASON, "beginning by the calendar", 1)
    assert office.worker._turn() > 1, "nobody looks every second at what waits for an operator"


def test_an_operator_repeats_it_once_it_is_mended(
    office: Office, clock: ManualClock, broken: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(20):
        office.worker.tick()
        clock.advance(seconds=1)
    (row,) = office.rows(sa.select(t.incident).where(t.incident.c.resolved_at.is_(None)))
    monkeypatch.undo()

    office.execute(incidents.Retry(row["id"]), "owner")

    reports = [case for case in office.begun("reporting") if case.number.startswith("ALL")]
    assert [case.open_tasks for case in reports][-1] == ["write_report"]
    (due,) = office.rows(sa.select(t.schedule).where(t.schedule.c.element_id == "weekly_report_due"))
    assert due["due_at"] > clock.now()


def test_a_dismissed_one_is_tried_again(office: Office, clock: ManualClock, broken: list[datetime]) -> None:
    for _ in range(20):
        office.worker.tick()
        clock.advance(seconds=1)
    (row,) = office.rows(sa.select(t.incident).where(t.incident.c.resolved_at.is_(None)))

    office.execute(incidents.Dismiss(row["id"], "看过了"), "owner")
    office.worker.tick()

    assert len(broken) == patience.TRIES + 1
