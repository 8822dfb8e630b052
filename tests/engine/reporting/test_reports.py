"""Weekly and monthly reports: written by the supervisor, handed to the recipients of the table, receipts kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from engine.commands.schedules import ConfirmReceipt
from engine.errors import Forbidden, InvalidState
from engine.storage import tables as t
from tests.office import Case, Office

FIRST_OF_OCTOBER = datetime(2026, 10, 1, 0, 0, tzinfo=UTC)


def monthly(office: Office) -> Case:
    """The report of September, as the calendar has begun it."""
    office.go_to(FIRST_OF_OCTOBER)
    (report,) = [case for case in office.begun("reporting") if "write_report" in case.open_tasks]
    return report


def receipts(office: Office, case: Case) -> dict[str, str | None]:
    """Recipient to the person it was sent to."""
    query = sa.select(t.receipt.c.recipient, t.person.c.login).outerjoin(t.person, t.person.c.id == t.receipt.c.person_id)
    return {row["recipient"]: row["login"] for row in office.rows(query.where(t.receipt.c.case_id == case.id))}


@pytest.mark.clause("S1.40")
def test_the_monthly_report_goes_to_three_offices_with_a_receipt_each(office: Office) -> None:
    report = monthly(office)

    report.complete("write_report", "supervisor")

    assert report.number == "ALL-TJ-2026-001" and report.entry["status"] == "closed"
    sent = {"board_office": "board", "general_manager_office": "director", "developer_office": "developer"}
    assert receipts(office, report) == sent
    assert {login for login, _ in report.told()} == {"board", "director", "developer"}


def test_a_recipient_confirms_once_and_nobody_else_does(office: Office) -> None:
    report = monthly(office)
    report.complete("write_report", "supervisor")
    (row,) = office.rows(sa.select(t.receipt).where(t.receipt.c.case_id == report.id, t.receipt.c.recipient == "board_office"))

    with pytest.raises(Forbidden):
        office.execute(ConfirmReceipt(row["id"]), "supervisor")
    office.execute(ConfirmReceipt(row["id"]), "board")
    with pytest.raises(InvalidState):
        office.execute(ConfirmReceipt(row["id"]), "board")

    (row,) = office.rows(sa.select(t.receipt).where(t.receipt.c.id == row["id"]))
    assert (row["confirmed_by"], row["confirmed_at"]) == (office.person_id("board"), office.clock.now())
