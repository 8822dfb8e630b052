"""Handled again until satisfied: rounds are counted, the third is major."""

from __future__ import annotations

from tests.procedure.driver import Story


def turn_down(story: Story) -> None:
    """Carry the round to the return visit and hear that it did not satisfy."""
    story.reach("visit_complainant")
    story.complete("visit_complainant", visit_result="dissatisfied", dissatisfied_reason="仍有异味")


def test_a_dissatisfied_complainant_is_handled_again_from_the_cause() -> None:
    story = Story()

    turn_down(story)

    assert story.handling == ["find_cause"]
    assert story.values["round"] == 2
    assert story.values["outcome"] is None
    story.finish()
    assert story.values["outcome"] == "satisfied"
    assert story.passed("confirm_assignment") == 1 and story.passed("find_cause") == 2


def test_each_round_has_its_own_return_visit_limit() -> None:
    story = Story()
    turn_down(story)

    story.reach("visit_complainant")

    assert story.run("return_visit").round == 2


def test_the_third_round_is_major() -> None:
    story = Story()
    turn_down(story)
    assert story.values["severity"] == "minor"

    turn_down(story)

    assert story.values["severity"] == "major"
    assert story.values["severity_reason_code"] == "rework_rounds"
    assert story.handling == ["report_to_general_manager"]


def test_the_third_round_goes_on_at_the_cause_and_is_approved_by_the_general_manager() -> None:
    story = Story()
    turn_down(story)
    turn_down(story)

    story.finish()

    assert story.values["outcome"] == "satisfied"
    assert story.passed("confirm_assignment") == 1 and story.passed("find_cause") == 3
    assert story.passed("approve_plan_supervisor") == 2 and story.passed("approve_plan_general_manager") == 1


def test_a_round_never_reads_the_answers_of_the_round_before() -> None:
    story = Story()
    turn_down(story)

    story.reach("carry_out_plan")

    assert story.values["plan_reply"] == "agreed"
    assert story.values["completion"] is None or "report_completion" in story.path
    story.reach("visit_complainant")
    assert story.values["visit_result"] is None
