"""Raising the severity mid-way: by command, from any step, without losing what was done."""

from __future__ import annotations

from datetime import date

import pytest

from tests.procedure.driver import Story

REASON = {"acknowledgement_reason": "不归本部门管"}
SHARED = [
    "confirm_assignment",
    "acknowledge_dispatch",
    "find_cause",
    "propose_plan",
    "confirm_with_complainant",
    "carry_out_plan",
    "report_completion",
    "notify_customer",
    "verify_result",
    "visit_complainant",
]


#: Between two marks of a step the last marked task is taken up again; all others stay as they are.
TAKEN_UP = {"notify_customer": "report_completion", "verify_result": "report_completion"}


@pytest.mark.parametrize("step", SHARED)
def test_a_complaint_raised_to_important_goes_on_at_the_same_task(step: str) -> None:
    story = Story()
    story.reach(step)

    story.set(severity="important")

    assert story.handling == [TAKEN_UP.get(step, step)]
    assert story.passed("make_promise") == 1 and "make_promise_important" not in story.path


def test_a_refused_dispatch_is_assigned_again_after_raising() -> None:
    story = Story()
    story.reach("acknowledge_dispatch")
    story.complete("acknowledge_dispatch", acknowledgement="date_refused", new_due_date=date(2026, 3, 20), **REASON)

    story.set(severity="important")

    assert story.handling == ["confirm_assignment"]


def test_work_that_failed_verification_is_done_again_after_raising() -> None:
    story = Story()
    story.reach("verify_result")
    story.complete("verify_result", verification="check_failed", verification_note="仍不亮")

    story.set(severity="important")

    assert story.handling == ["carry_out_plan"]


def test_a_complaint_raised_while_its_plan_is_approved_needs_the_higher_approver() -> None:
    story = Story()
    story.reach("approve_plan_supervisor")

    story.set(severity="important")

    assert story.handling == ["approve_plan_manager"]


def test_a_complaint_raised_to_major_meets_first_and_then_goes_on() -> None:
    story = Story()
    story.reach("find_cause")

    story.set(severity="major")

    assert story.handling == ["report_to_general_manager"]
    story.complete("report_to_general_manager")
    story.complete("hold_office_meeting")
    assert story.handling == ["find_cause"]


def test_an_important_complaint_is_raised_to_major() -> None:
    story = Story()
    story.complete("record_complaint", poor_service=True)
    story.reach("find_cause")

    story.set(severity="major")

    assert story.handling == ["report_to_general_manager"]


def test_the_clocks_on_the_handling_are_untouched_by_raising() -> None:
    story = Story()
    story.reach("find_cause")
    before = story.run("unresolved")

    story.set(severity="major")

    assert story.run("unresolved") == before


def test_a_raised_complaint_closes_on_the_higher_path() -> None:
    story = Story()
    story.reach("propose_plan")
    story.set(severity="major")

    story.finish()

    assert story.values["outcome"] == "satisfied"
    assert story.path.count("major_solved") == 1 and "minor_solved" not in story.path


def test_a_severity_raised_before_it_is_judged_is_kept() -> None:
    story = Story()
    story.complete("record_complaint")
    story.set(severity="important")

    story.complete("judge_complaint")

    assert story.values["severity"] == "important"


def test_a_settled_complaint_keeps_its_path_and_its_accountability() -> None:
    story = Story()
    story.reach("verify_result")
    story.complete("verify_result", accountability_needed=True)
    story.complete("visit_complainant")

    story.set(severity="major")

    assert story.handling == ["assess_accountability", "sum_up"]
    story.finish()
    assert "minor_solved" in story.path and "hear_person" in story.path
