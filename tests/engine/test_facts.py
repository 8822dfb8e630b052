"""Facts are counted before a step, lead the decision, and are recorded with it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.clock import ManualClock
from engine.commands import cases
from engine.domain import events as ev
from engine.errors import InvalidValues
from engine.storage import tables as t
from tests.office import Case, Office

#: A promised service was not delivered: important the first time, major when it was raised three times.
NOT_DELIVERED = {"service_not_delivered": True}


def call_again(case: Case, times: int) -> None:
    """The complainant gets in touch again."""
    for _ in range(times):
        case.do(cases.LogContact(case.id, "又来电催问"), "reception")


def judged(case: Case) -> tuple[str, Decimal]:
    """The severity after judging, and how often the matter had been raised, as recorded with that step."""
    case.complete("judge_complaint", **NOT_DELIVERED)
    step = next(step for step in reversed(case.events(ev.StepTaken)) if "judge_complaint" in step.passed)
    return str(case.entry["severity"]), step.facts["raised_count"]


def test_raised_once_is_important(office: Office) -> None:
    assert judged(office.register(**NOT_DELIVERED)) == ("important", 1)


def test_two_more_contacts_make_it_major(office: Office) -> None:
    case = office.register(**NOT_DELIVERED)
    call_again(case, 2)

    assert judged(case) == ("major", 3)
    assert case.entry["contact_count"] == 2
    assert case.open_tasks == ["notify_departments", "report_to_general_manager"]


def test_linked_cases_count_like_contacts(office: Office) -> None:
    earlier, case = office.register(), office.register(**NOT_DELIVERED)
    case.do(cases.Link(case.id, earlier.number, "同一件事"), "supervisor")
    call_again(case, 1)

    assert judged(case) == ("major", 3)
    links = office.rows(t.case_link.select())
    assert {(row["case_id"], row["other_id"]) for row in links} == {(case.id, earlier.id), (earlier.id, case.id)}


def test_only_the_last_ninety_days_count(office: Office, clock: ManualClock) -> None:
    case = office.register(**NOT_DELIVERED)
    call_again(case, 2)
    clock.advance(days=90, seconds=1)

    assert judged(case) == ("important", 1)


def test_the_ninetieth_day_still_counts(office: Office, clock: ManualClock) -> None:
    case = office.register(**NOT_DELIVERED)
    call_again(case, 2)
    clock.advance(days=90)

    assert judged(case) == ("major", 3)


def test_the_recorded_facts_stay_what_they_were(office: Office) -> None:
    case = office.register(**NOT_DELIVERED)
    judged(case)
    before = [step.facts for step in case.events(ev.StepTaken)]

    call_again(case, 2)

    assert [step.facts for step in case.events(ev.StepTaken)][: len(before)] == before


def test_a_decision_records_the_row_that_decided(office: Office) -> None:
    case = office.register(poor_service=True)

    decided = [decision for step in case.events(ev.StepTaken) for decision in step.decisions]

    assert any(decision["rows"] for decision in decided)


def test_a_case_cannot_be_linked_to_itself_or_to_what_one_may_not_see(office: Office) -> None:
    case, hidden = office.register(), office.register("bitong", "BT")

    for number in (case.number, hidden.number, "YH-2026-99999", ""):
        with pytest.raises(InvalidValues):
            case.do(cases.Link(case.id, number, "同一件事"), "supervisor")

    assert office.rows(t.case_link.select()) == []
