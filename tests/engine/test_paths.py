"""Each path from receipt to closing, through commands, database and worker."""

from __future__ import annotations

from tests.office import Office


def test_a_minor_complaint_runs_to_closing(office: Office) -> None:
    case = office.register()

    case.finish()

    assert case.entry["status"] == "closed"
    assert case.entry["outcome"] == "satisfied"
