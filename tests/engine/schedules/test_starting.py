"""Procedures begin by hand and from one another, each in a series of its own and about a period that is over."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from engine.commands.schedules import StartProcedure
from engine.errors import Forbidden, Incident, InvalidState, NotFound
from engine.register import verify_register
from engine.storage.database import Database
from tests.office import Case, Office
from tests.published import publish

REVIEW = "new_kind_reported"
CALL = """<spiffworkflow:serviceTaskOperator id="start_procedure">
<spiffworkflow:parameters>
<spiffworkflow:parameter id="procedure" type="str" value='"review"' />
<spiffworkflow:parameter id="element" type="str" value='"{element}"' />
<spiffworkflow:parameter id="called_because" type="str" value='"充电桩起火"' />
</spiffworkflow:parameters>
</spiffworkflow:serviceTaskOperator>"""


def calling(office: Office, element: str = REVIEW) -> Case:
    """A weekly check that begins a review when it finds something."""

    def change(files: dict[str, str]) -> dict[str, str]:
        sheet = files["weekly_check.bpmn"]
        operator = re.compile(
            r'<spiffworkflow:serviceTaskOperator id="notify">.*?</spiffworkflow:serviceTaskOperator>', re.DOTALL
        )
        return {"weekly_check.bpmn": operator.sub(CALL.format(element=element), sheet)}

    publish(office.application, "reporting", change)
    command = StartProcedure("reporting", "weekly_check_due", office.estate_id())
    return Case(office, office.execute(command, "supervisor"))


def test_a_procedure_begins_another_with_what_it_gives_along(office: Office) -> None:
    check = calling(office)

    check.complete("check_week", "supervisor", visit_check="to_mend", visit_findings="没有这一类")

    (review,) = office.begun("review")
    assert review.open_tasks == ["check_execution"] and review.number == "FS-2026-001"
    assert review.values["called_because"] == "充电桩起火"
    assert check.entry["status"] == "closed"


def test_what_begins_nowhere_is_an_incident_and_nothing_is_lost(office: Office) -> None:
    check = calling(office, "nowhere")

    with pytest.raises(Incident):
        check.complete("check_week", "supervisor", visit_check="to_mend", visit_findings="没有这一类")

    assert check.open_tasks == ["check_week"] and office.begun("review") == []


def test_a_weekly_check_by_hand_is_about_the_week_that_is_over(office: Office) -> None:
    command = StartProcedure("reporting", "weekly_check_due", office.estate_id("BT"))
    check = Case(office, office.execute(command, "bitong"))

    assert check.number == "BT-TJ-2026-001"
    span = (check.values["period_from"], check.values["period_until"])
    assert span == (datetime(2026, 9, 20, 16, tzinfo=UTC), datetime(2026, 9, 27, 16, tzinfo=UTC))


def test_a_review_by_hand_is_about_the_last_quarter_and_until_now(office: Office) -> None:
    review = Case(office, office.execute(StartProcedure("review", REVIEW), "owner"))

    span = (review.values["period_from"], review.values["period_until"])
    assert span == (datetime(2026, 6, 30, 16, tzinfo=UTC), office.clock.now())


REFUSED = [
    (StartProcedure("reporting", "weekly_check_due"), "supervisor", InvalidState),
    (StartProcedure("reporting", "check_week"), "supervisor", NotFound),
    (StartProcedure("complaint", "complaint_received"), "owner", Forbidden),
    (StartProcedure("nothing", "at_all"), "owner", NotFound),
    (StartProcedure("sealing", "year_end"), "supervisor", Forbidden),
]


@pytest.mark.parametrize(("command", "login", "refusal"), REFUSED)
def test_what_cannot_begin_is_refused(office: Office, command: StartProcedure, login: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        office.execute(command, login)


def test_a_supervisor_does_not_begin_the_week_of_another_estate(office: Office) -> None:
    with pytest.raises(Forbidden):
        office.execute(StartProcedure("reporting", "weekly_check_due", office.estate_id("BT")), "supervisor")


def test_the_register_is_whole_with_reports_in_it(office: Office) -> None:
    office.register()
    for element in ("weekly_report_due", "monthly_report_due"):
        office.execute(StartProcedure("reporting", element), "manager")

    scratch = Database("sqlite:///:memory:")
    with office.application.database.read() as connection, scratch.read() as made:
        verdict = verify_register(connection, made, office.application.settings.secret_key, lambda done, of: None)

    assert verdict.flaws == ()
    assert [case.number for case in office.begun("reporting")] == ["ALL-TJ-2026-001", "ALL-TJ-2026-002"]
