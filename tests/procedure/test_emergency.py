"""The urgency ladder: three, five, ten minutes, written reports after one and two days, beside the complaint itself."""

from __future__ import annotations

import pytest

from engine.errors import InvalidState
from tests.procedure.driver import Story, local

FRIDAY_NIGHT = local(2026, 3, 6, 22)


def emergency() -> Story:
    """People trapped in a lift, flagged at once."""
    return Story(at=FRIDAY_NIGHT, emergency=True, flagged_at=FRIDAY_NIGHT, channel="by_telephone", category="sudden_event")


def test_the_ladder_runs_beside_the_record_from_the_first_moment() -> None:
    story = emergency()

    assert story.open == ["notify_departments", "record_complaint"]
    assert story.due("emergency_notice") == local(2026, 3, 6, 22, 3)
    assert "hand_over" not in story.running()


def test_the_manager_hears_when_nobody_is_told_within_three_minutes() -> None:
    story = emergency()

    story.advance(minutes=3, seconds=1)

    assert story.breached == ["emergency_notice"]
    assert story.told == [("manager",)]
    assert "notify_departments" in story.open


def test_a_site_that_can_solve_it_ends_the_ladder() -> None:
    story = emergency()
    story.complete("notify_departments", notified=["engineering"])

    story.complete("site_head_decides", site_head_decision="can_solve")

    assert story.open == ["record_complaint"]
    assert "solved_on_site" in story.path and "ladder_settled" in story.path
    assert story.breached == []


def test_a_site_that_cannot_solve_it_reports_to_the_leader_and_owes_a_written_report() -> None:
    story = emergency()
    story.complete("notify_departments", notified=["engineering"])

    story.complete("site_head_decides", site_head_decision="cannot_solve")

    assert story.open == ["file_leader_report", "leader_decides", "record_complaint"]
    assert story.told == [("manager",), ("general_manager",)]
    assert story.due("leader_report") == local(2026, 3, 7, 22)
    assert story.due("report_to_board") == local(2026, 3, 6, 22, 10)


def test_a_silent_rung_opens_the_next_one_by_itself() -> None:
    story = emergency()
    story.complete("notify_departments", notified=["engineering"])

    story.advance(minutes=5)
    assert story.open == ["file_leader_report", "leader_decides", "record_complaint"]
    story.advance(minutes=10)

    assert story.open == ["file_board_report", "file_leader_report", "inform_board", "record_complaint"]
    assert story.breached == ["report_to_leader", "report_to_board"]
    assert story.item("inform_board").role == "board"
    assert story.due("board_report") == local(2026, 3, 8, 22, 15)


def test_the_case_closes_only_when_its_written_reports_are_filed() -> None:
    story = emergency()
    story.complete("notify_departments", notified=["engineering"])
    story.complete("site_head_decides", site_head_decision="cannot_solve")
    story.complete("leader_decides", leader_decision="can_solve")

    story.reach("archive_case")
    story.complete("archive_case")

    assert story.open == ["file_leader_report"]
    assert not story.ended
    story.complete("file_leader_report")
    assert story.ended


def test_a_late_written_report_is_a_breach_that_the_leader_hears_of() -> None:
    story = emergency()
    story.complete("notify_departments", notified=["engineering"])
    story.complete("site_head_decides", site_head_decision="cannot_solve")
    story.complete("leader_decides", leader_decision="can_solve")

    story.advance(hours=24, minutes=1)

    assert "leader_report" in story.breached
    assert "leader_report_late_told" in story.path


def test_a_complaint_flagged_later_runs_the_ladder_and_goes_on() -> None:
    story = Story()
    story.reach("find_cause")

    story.set(emergency=True, flagged_at=story.now)
    story.deliver("emergency_flagged")

    assert story.open == ["find_cause", "notify_departments"]


def test_a_complaint_may_be_flagged_while_it_is_judged() -> None:
    story = Story()
    story.complete("record_complaint")

    story.deliver("emergency_flagged")

    assert story.open == ["judge_complaint", "notify_departments"]
    assert story.due("emergency_notice") == local(2026, 3, 2, 9, 3), "the ladder notes the moment when nobody did"


def test_nothing_waits_for_the_flag_before_the_record() -> None:
    story = Story()

    with pytest.raises(InvalidState):
        story.deliver("emergency_flagged")
