"""A complaint to be improved: explained and planned, closed on understanding, free of the one-month rule."""

from __future__ import annotations

from tests.procedure.driver import Story, local


def to_improve() -> Story:
    """A defect that cannot be solved for now."""
    story = Story()
    story.complete("record_complaint")
    story.complete("judge_complaint", validity="to_improve", external_party="开发商")
    return story


def test_understanding_is_enough_to_close() -> None:
    story = to_improve()
    story.reach("visit_complainant")

    story.complete("visit_complainant", visit_result="understood")

    assert story.open == ["sum_up"]
    assert story.values["outcome"] == "understood"


def test_understanding_is_not_enough_for_a_valid_complaint() -> None:
    story = Story()
    story.reach("visit_complainant")

    story.complete("visit_complainant", visit_result="understood")

    assert story.open == ["find_cause"]
    assert story.values["round"] == 2


def test_the_one_month_rule_does_not_apply() -> None:
    story = to_improve()
    assert "unresolved" not in story.running()
    story.reach("find_cause")

    story.at(local(2026, 4, 10))

    assert story.values["severity"] == "minor"


def test_the_finding_may_change_the_validity() -> None:
    story = to_improve()
    story.reach("find_cause")

    story.complete("find_cause", cause_validity="valid", validity_change_reason="本公司巡查遗漏")

    assert story.values["validity"] == "valid"
