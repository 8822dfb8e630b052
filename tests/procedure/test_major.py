"""The major path: report to the general manager, office meeting, no promise, and the only closing without satisfaction."""

from __future__ import annotations

from tests.procedure.driver import Story


def major() -> Story:
    """A complaint about serious harm, as judged."""
    story = Story()
    story.complete("record_complaint", serious_harm=True)
    story.complete("judge_complaint", serious_harm=True)
    return story


def dissatisfied() -> Story:
    """A major complaint whose first round did not satisfy."""
    story = major()
    story.reach("visit_complainant")
    story.complete("visit_complainant", visit_result="dissatisfied", dissatisfied_reason="仍漏水")
    return story


def test_serious_harm_goes_to_the_general_manager_and_the_office_meeting() -> None:
    story = major()

    assert story.values["severity_reason_code"] == "serious_consequence"
    assert story.handling == ["report_to_general_manager"]
    story.complete("report_to_general_manager")
    assert story.handling == ["hold_office_meeting"]
    assert story.item("hold_office_meeting").role == "general_manager"
    story.complete("hold_office_meeting")
    assert story.handling == ["confirm_assignment"]


def test_a_major_complaint_needs_no_promise_and_closes_on_satisfaction() -> None:
    story = major()

    story.finish()

    assert story.values["outcome"] == "satisfied"
    assert "approve_plan_general_manager" in story.path
    assert "make_promise" not in story.path and "make_promise_important" not in story.path


def test_the_general_manager_decides_whether_to_go_on() -> None:
    story = dissatisfied()
    assert story.handling == ["decide_next_step"]

    story.complete("decide_next_step", next_step="handle_again")

    assert story.handling == ["find_cause"]
    assert story.values["round"] == 2


def test_only_the_general_manager_closes_without_satisfaction() -> None:
    story = dissatisfied()

    story.complete("decide_next_step", next_step="close_unsatisfied", next_step_reason="已尽责", routes_named=True)

    assert story.handling == ["sum_up"]
    story.finish()
    assert story.values["outcome"] == "unsatisfied"


def test_a_person_may_raise_on_the_form_and_the_table_keeps_it() -> None:
    story = Story()
    story.complete("record_complaint")

    story.complete("judge_complaint", severity="major", severity_reason="业主群已传开")

    assert story.values["severity"] == "major"
    assert story.values["severity_reason_code"] == "raised_by_person"


def test_nobody_lowers_below_what_the_facts_say() -> None:
    story = Story()
    story.complete("record_complaint", serious_harm=True)

    story.complete("judge_complaint", serious_harm=True, severity="minor", severity_reason="想从轻")

    assert story.values["severity"] == "major"
