"""An invalid complaint: explained, visited, open to objection for seven days."""

from __future__ import annotations

from tests.procedure.driver import Story, local


def invalid() -> Story:
    """A complaint judged to be a misunderstanding."""
    story = Story()
    story.complete("record_complaint")
    story.complete("judge_complaint", validity="invalid", grounds_sufficient="insufficient")
    return story


def waiting() -> Story:
    """An invalid complaint that is explained, visited and waits out the objection window."""
    story = invalid()
    story.complete("explain_to_complainant")
    story.complete("visit_or_notice")
    story.complete("return_visit_invalid", by="somebody_else")
    return story


def test_an_invalid_complaint_is_explained_and_stops_the_reply_clocks() -> None:
    story = invalid()
    assert story.open == ["explain_to_complainant"]

    story.complete("explain_to_complainant")

    assert story.open == ["visit_or_notice"]
    assert story.running() == []


def test_the_department_head_steps_in_when_the_explanation_is_not_accepted() -> None:
    story = invalid()

    story.complete("explain_to_complainant", explanation_result="not_accepted")

    assert story.open == ["head_explains"]
    assert story.item("head_explains").role == "department_head"


def test_somebody_else_makes_the_return_visit() -> None:
    story = invalid()
    story.complete("explain_to_complainant", by="li")

    story.complete("visit_or_notice")

    assert story.item("return_visit_invalid").excludes == ("li",)


def test_it_closes_as_explained_when_nobody_objects_within_seven_days() -> None:
    story = waiting()

    story.at(local(2026, 3, 9, 23, 59))
    assert story.open == []
    story.at(local(2026, 3, 10))

    assert story.open == ["sum_up"]
    story.finish()
    assert story.values["outcome"] == "explained"
    assert "handle_complaint" not in story.path


def test_an_objection_brings_the_complaint_into_handling() -> None:
    story = waiting()

    story.deliver("objection_raised")

    assert story.values["validity"] == "valid"
    assert story.open == ["make_promise"]
    story.finish()
    assert story.values["outcome"] == "satisfied"
