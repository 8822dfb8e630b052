"""The weekly check: the calendar opens it, it shows the week's figures, and what it finds is told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from engine.domain.codec import loads
from engine.storage import tables as t
from tests.office import Office

MONDAY = datetime(2026, 10, 5, 0, 0, tzinfo=UTC)


def figures(office: Office, case_id: str) -> dict[str, Any]:
    """The figures that a case keeps."""
    (row,) = office.rows(sa.select(t.report).where(t.report.c.case_id == case_id))
    return dict(loads(row["figures"]))


def test_every_estate_checks_its_own_week(office: Office) -> None:
    office.register()

    office.go_to(MONDAY)

    checks = [case for case in office.begun("reporting") if case.open_tasks == ["check_week"]]
    assert sorted(case.number for case in checks) == ["BT-TJ-2026-001", "YH-TJ-2026-001"]
    received = {case.number[:2]: figures(office, case.id)["totals"]["received"] for case in checks}
    assert received == {"BT": 0, "YH": 1}


def test_what_the_check_finds_is_told_and_the_case_closes(office: Office) -> None:
    office.go_to(MONDAY)
    check = next(case for case in office.begun("reporting") if case.number.startswith("YH"))

    check.complete("check_week", visit_check="to_mend", visit_findings="两件没有回访")

    assert check.entry["status"] == "closed"
    assert {login for login, _ in check.told()} == {"reception", "reception2", "head"}
