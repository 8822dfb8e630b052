"""The important path: promise, report to the manager, who organises and approves."""

from __future__ import annotations

from tests.procedure.driver import Story


def important() -> Story:
    """A complaint caused by poor service, as judged."""
    story = Story()
    story.complete("record_complaint", poor_service=True)
    story.complete("judge_complaint", poor_service=True)
    return story


def test_poor_service_makes_a_complaint_important() -> None:
    story = important()

    assert story.values["severity"] == "important"
    assert story.values["severity_reason_code"] == "fault_in_service"
    assert story.handling == ["make_promise_important"]


def test_the_manager_hears_of_it_and_approves_the_plan() -> None:
    story = important()

    story.complete("make_promise_important")

    assert story.told == [("manager",)]
    story.reach("approve_plan_manager")
    assert story.item("approve_plan_manager").role == "manager"


def test_an_important_complaint_closes_on_satisfaction() -> None:
    story = important()

    story.finish()

    assert story.values["outcome"] == "satisfied"
    assert "important_solved" in story.path
    assert "minor_begun" not in story.path and "major_begun" not in story.path


def test_a_service_not_delivered_is_important_and_major_when_raised_three_times() -> None:
    once, thrice = Story(facts={"raised_count": 1}), Story(facts={"raised_count": 3})

    for story in (once, thrice):
        story.complete("record_complaint", service_not_delivered=True)

    assert once.values["severity"] == "important"
    assert thrice.values["severity"] == "major"
    assert thrice.values["severity_reason_code"] == "raised_repeatedly"


def test_a_complex_matter_brings_in_the_manager() -> None:
    story = Story()
    story.complete("record_complaint")

    story.complete("judge_complaint", complex=True)

    assert story.values["severity"] == "important"
    assert story.values["severity_reason_code"] == "complex_matter"


def test_a_matter_closed_unconfirmed_on_the_important_path_is_confirmed_by_the_manager() -> None:
    story = important()
    story.reach("visit_complainant")
    story.complete("visit_complainant", visit_result="visit_declined")
    story.complete("post_notice")

    story.advance(days=8)

    assert "confirm_closing_manager" in story.open
