"""The one-month clock: a valid complaint not solved within a month becomes major and goes on where it stood."""

from __future__ import annotations

from tests.procedure.driver import Story, local


def old(step: str) -> Story:
    """A valid minor complaint that stands at a step when the month is over."""
    story = Story()
    story.reach(step)
    story.at(local(2026, 4, 3, 0, 0))
    return story


def test_a_valid_complaint_becomes_major_after_a_month() -> None:
    story = old("find_cause")

    assert story.values["severity"] == "major"
    assert story.values["severity_reason_code"] == "unresolved_month"
    assert "unresolved" in story.breached
    assert story.told[-1] == ("supervisor", "manager", "general_manager")
    assert story.handling == ["follow_up", "report_to_general_manager"]


def test_it_goes_on_where_it_stood_in_a_task_with_the_same_id() -> None:
    story = old("propose_plan")

    story.complete("report_to_general_manager")
    story.complete("hold_office_meeting")

    assert "propose_plan" in story.open
    assert story.passed("confirm_assignment") == 1 and story.passed("find_cause") == 1


def test_it_still_closes_on_satisfaction() -> None:
    story = old("find_cause")

    story.finish()

    assert story.values["outcome"] == "satisfied"
    assert "approve_plan_general_manager" in story.path


def test_a_month_warning_comes_three_days_before() -> None:
    story = Story()
    story.reach("find_cause")

    story.at(local(2026, 3, 31, 0, 0))

    assert "unresolved" in story.warned
    assert story.values["severity"] == "minor"


def test_a_major_complaint_keeps_its_own_reason() -> None:
    story = Story()
    story.complete("record_complaint", serious_harm=True)
    story.complete("judge_complaint", serious_harm=True)

    story.at(local(2026, 4, 3))

    assert story.values["severity_reason_code"] == "serious_consequence"
    assert "report_to_general_manager" in story.open


def test_a_solved_complaint_is_left_alone() -> None:
    story = Story()
    story.reach("sum_up")

    story.at(local(2026, 5, 1))

    assert story.values["severity"] == "minor"
    assert "unresolved" not in story.breached
