"""Year end: the closed complaints become a volume with one digest; the keeper binds it, the general manager has seen it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from engine.domain.codec import loads
from engine.storage import tables as t
from tests.office import Case, Office

YEAR_END = datetime(2026, 12, 31, 10, 0, tzinfo=UTC)


def volume_of(office: Office, case: Case) -> dict[str, Any]:
    """What the volume says of itself."""
    (row,) = office.rows(sa.select(t.report).where(t.report.c.case_id == case.id))
    return dict(loads(row["figures"]))["volume"]  # type: ignore[no-any-return]


def sealing(office: Office) -> Case:
    """The sealing of 2026, begun by the calendar, everything else of the quarter left as it is."""
    office.clock.set(YEAR_END)
    while office.worker.tick():
        pass
    (case,) = office.begun("sealing")
    return case


def test_the_year_is_bound_by_the_keeper_and_seen_by_the_general_manager(office: Office) -> None:
    closed, still_open = office.register(), office.register()
    closed.finish()
    year = sealing(office)
    listed = volume_of(office, year)

    year.complete("check_records", "keeper")
    year.complete("bind_volume", "keeper", kept_by=office.person_id("keeper"))
    year.complete("confirm_seal", "director")

    sealed = volume_of(office, year)
    assert year.number == "FC-2026-001" and year.entry["status"] == "closed"
    assert sealed["estates"] == [{**listed["estates"][0], "first": closed.number, "last": closed.number, "cases": 1}]
    assert sealed["missing"] == [] and sealed["digest"] == listed["digest"]
    assert still_open.entry["status"] == "open"


def test_another_closed_complaint_is_another_digest(office: Office) -> None:
    office.register().finish()
    year = sealing(office)
    before = volume_of(office, year)

    office.register().finish()
    year.complete("check_records", "keeper")
    year.complete("bind_volume", "keeper", kept_by=office.person_id("keeper"))

    after = volume_of(office, year)
    assert (before["cases"], after["cases"]) == (1, 2) and before["digest"] != after["digest"]
