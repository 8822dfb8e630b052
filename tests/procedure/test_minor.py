"""The minor path: promise, report to the supervisor, five steps, closed on satisfaction."""

from __future__ import annotations

from tests.procedure.driver import MONDAY, Story, local

STEPS = [
    "record_complaint", "judge_complaint", "make_promise", "confirm_assignment", "acknowledge_dispatch", "find_cause",
    "propose_plan", "confirm_with_complainant", "approve_plan_supervisor", "carry_out_plan", "report_completion",
    "notify_customer", "verify_result", "visit_complainant", "sum_up", "tell_first_contact", "archive_case",
]  # fmt: skip
REASON = {"acknowledgement_reason": "不归本部门管"}


def test_a_minor_complaint_runs_through_the_eight_steps_to_closing() -> None:
    story = Story()

    for step in STEPS:
        assert story.handling == [step]
        story.complete(step)

    assert story.ended
    assert story.values["severity"] == "minor"
    assert story.values["outcome"] == "satisfied"
    assert story.path[-1] == "case_closed"
    assert story.breached == [] and story.running() == []
    assert story.told == [("supervisor",)]


def test_every_clock_starts_at_first_hearing() -> None:
    story = Story(heard_at=local(2026, 3, 2, 8, 50))

    assert story.due("first_reply") == local(2026, 3, 2, 9, 20)
    assert story.due("hand_over") == local(2026, 3, 3, 8, 50)

    story.complete("record_complaint")

    assert story.due("oral_reply") == local(2026, 3, 4)
    assert story.due("rectification_plan") == local(2026, 3, 6)
    assert story.due("second_reply") == local(2026, 3, 6)
    assert story.due("dispatch") == local(2026, 3, 2, 21)


def test_a_second_reply_is_never_later_than_agreed() -> None:
    story = Story()

    story.complete("record_complaint", agreed_reply_at=local(2026, 3, 3, 10))

    assert story.due("second_reply") == local(2026, 3, 3, 10)


def test_a_letter_has_no_limit_for_an_oral_reply() -> None:
    story = Story()

    story.complete("record_complaint", channel="letter")

    assert "oral_reply" not in story.running()


def test_a_late_dispatch_is_a_breach_that_the_supervisor_hears_of() -> None:
    story = Story()
    story.reach("confirm_assignment")

    story.advance(hours=12, seconds=1)

    assert story.breached == ["dispatch"]
    assert story.told[-1] == ("supervisor",)
    assert "dispatch_late_told" in story.path
    assert story.handling == ["confirm_assignment"]


def test_a_complaint_recorded_late_is_a_breach_of_first_reply_and_hand_over() -> None:
    story = Story()

    story.advance(hours=24, seconds=1)

    assert story.breached == ["first_reply", "hand_over"]
    assert "first_reply_late_told" in story.path and "hand_over_late_told" in story.path
    assert story.warned[:2] == ["first_reply", "hand_over"], "ten minutes before, and half an hour after hearing"


def test_a_complaint_judged_late_is_late_to_be_dispatched_too() -> None:
    story = Story()
    story.complete("record_complaint")

    story.advance(hours=12, seconds=1)

    assert story.breached == ["dispatch"]
    assert "dispatch_late_judging_told" in story.path
    story.reach("confirm_assignment")
    story.advance(seconds=1)
    assert story.breached == ["dispatch"], "a run is breached once, wherever the case stands"


def test_a_department_that_says_not_ours_gives_the_complaint_back() -> None:
    story = Story()
    story.reach("acknowledge_dispatch")
    assert story.due("dispatch_acknowledgement") == local(2026, 3, 2, 11)

    story.complete("acknowledge_dispatch", acknowledgement="not_ours", suggested_department="cleaning", **REASON)

    assert story.handling == ["confirm_assignment"]
    story.complete("confirm_assignment", department="cleaning")
    assert story.item("acknowledge_dispatch").department == "cleaning"
    story.complete("acknowledge_dispatch")
    assert story.handling == ["find_cause"]


def test_the_named_handler_holds_the_work_and_another_person_visits() -> None:
    story = Story()
    story.reach("carry_out_plan")

    assert story.item("carry_out_plan").assignee == "handler"
    assert story.item("carry_out_plan").department == "engineering"
    story.reach("visit_complainant")
    assert story.item("visit_complainant").excludes == ("handler",)


def test_the_return_visit_counts_working_days_from_the_end_of_the_work() -> None:
    story = Story(at=local(2026, 9, 30, 16))
    story.reach("carry_out_plan")
    story.at(local(2026, 10, 8, 9))

    story.complete("carry_out_plan")

    assert story.due("return_visit") == local(2026, 10, 11), "the 9th, and Saturday the 10th, a make-up day"


def test_a_same_day_matter_skips_the_relay_and_must_be_planned_by_midnight() -> None:
    story = Story()

    story.complete("record_complaint", same_day=True, same_day_reason="danger_to_people")

    assert "dispatch" not in story.running()
    assert story.due("same_day") == local(2026, 3, 3)
    story.reach("find_cause")
    story.at(local(2026, 3, 3, 0, 1))
    assert "same_day" in story.breached
    assert ("manager",) in story.told
    assert "same_day_late_finding_told" in story.path


def test_a_same_day_matter_heard_late_at_night_keeps_two_hours() -> None:
    story = Story(at=local(2026, 3, 2, 23, 30))

    story.complete("record_complaint", same_day=True, same_day_reason="danger_to_people")

    assert story.due("same_day") == local(2026, 3, 3, 1, 30)


def test_a_plan_the_complainant_declines_is_made_again() -> None:
    story = Story()
    story.reach("confirm_with_complainant")

    story.complete("confirm_with_complainant", plan_reply="not_agreed")

    assert story.handling == ["propose_plan"]


def test_a_plan_sent_back_is_revised_before_it_is_carried_out() -> None:
    story = Story()
    story.reach("approve_plan_supervisor")

    story.complete("approve_plan_supervisor", approval="sent_back", sent_back_reason="缺预防措施")

    assert story.handling == ["propose_plan"]
    story.reach("approve_plan_supervisor")
    story.complete("approve_plan_supervisor")
    assert story.handling == ["carry_out_plan"]


def test_work_that_fails_verification_is_done_again() -> None:
    story = Story()
    story.reach("verify_result")

    story.complete("verify_result", verification="check_failed", verification_note="仍不亮")

    assert story.handling == ["carry_out_plan"]


def test_a_developers_matter_is_verified_with_the_developer_within_eight_hours() -> None:
    story = Story()
    story.complete("record_complaint", developer=True)
    story.reach("notify_customer")
    assert story.values["department"] == "developer"
    assert story.due("joint_verification") == local(2026, 3, 2, 17)

    story.complete("notify_customer")

    assert story.handling == ["joint_verification"]
    assert story.item("joint_verification").role == "supervisor", "who records both signatures"
    story.complete("joint_verification")
    story.complete("verify_result")
    assert "joint_verification" not in story.running()


def test_accountability_follows_only_where_a_person_asks_for_it() -> None:
    story = Story()
    story.reach("verify_result")
    story.complete("verify_result", accountability_needed=True)

    story.complete("visit_complainant")

    assert story.handling == ["assess_accountability", "sum_up"]
    story.complete("assess_accountability")
    story.complete("hear_person")
    story.complete("approve_sanction_general_manager")
    assert story.handling == ["approve_sanction_board", "sum_up"]
    story.complete("approve_sanction_board")
    assert story.handling == ["sum_up"]
    assert story.values["accountability_outcome"] == "sanctioned"


def test_a_complainant_out_of_reach_is_told_in_writing_and_closed_unconfirmed_after_seven_days() -> None:
    story = Story()
    story.reach("visit_complainant")
    for medium in ("by_phone", "at_home", "by_phone"):
        story.complete("visit_complainant", visit_result="not_answering", visit_medium=medium)
        story.advance(days=1)
    story.complete("post_notice")
    assert story.handling == []

    story.advance(days=8)

    assert "confirm_closing_supervisor" in story.open
    story.complete("confirm_closing_supervisor")
    story.finish()
    assert story.values["outcome"] == "unconfirmed"


def test_a_case_follows_up_every_three_days_but_never_twice_at_once() -> None:
    story = Story()
    story.reach("find_cause")

    story.at(local(2026, 3, 9))

    assert story.passed("is_following_up") == 2
    assert story.handling == ["find_cause", "follow_up"]
    story.complete("follow_up")
    story.at(local(2026, 3, 12))
    assert story.handling == ["find_cause", "follow_up"]


def test_a_follow_up_lapses_when_the_complaint_is_settled() -> None:
    story = Story()
    story.reach("visit_complainant")
    story.at(local(2026, 3, 6))
    assert story.handling == ["follow_up", "visit_complainant"]
    assert story.due("follow_up") == local(2026, 3, 10), "three days from the moment it fell due, the first day not counted"

    story.complete("visit_complainant")

    assert story.handling == ["sum_up"]
    assert "follow_up" not in story.running()


def test_a_withdrawn_complaint_is_confirmed_summed_up_and_closed() -> None:
    story = Story()
    story.reach("propose_plan")

    story.deliver("complaint_withdrawn")

    assert story.handling == ["confirm_withdrawal"]
    story.complete("confirm_withdrawal")
    assert story.handling == ["sum_up"]
    story.finish()
    assert story.values["outcome"] == "withdrawn"
    assert story.running() == []


def test_a_complaint_withdrawn_before_it_is_judged_is_never_handled() -> None:
    story = Story()
    story.complete("record_complaint")

    story.deliver("complaint_withdrawn")
    story.finish()

    assert story.values["outcome"] == "withdrawn"
    assert "handle_complaint" not in story.path


def test_a_review_runs_beside_the_handling() -> None:
    story = Story()
    story.reach("find_cause")

    story.deliver("review_requested")

    assert story.handling == ["find_cause", "review_request"]
    assert story.item("review_request").role == "manager"
    story.complete("review_request")
    assert story.handling == ["find_cause"]


def test_the_first_contact_is_told_within_two_hours_of_the_summing_up() -> None:
    story = Story(at=MONDAY)
    story.reach("sum_up")

    story.complete("sum_up")

    assert story.due("tell_first_contact") == local(2026, 3, 2, 11)


def test_a_task_shows_the_deadline_that_is_drawn_on_it_though_another_task_stops_the_clock() -> None:
    story = Story(heard_at=local(2026, 3, 2, 9))

    story.complete("record_complaint")

    assert story.deadline("judge_complaint") == ("dispatch", story.due("dispatch"))
