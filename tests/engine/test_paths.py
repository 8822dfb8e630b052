"""Each path from receipt to closing, through commands, database and worker."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.clock import ManualClock
from engine.commands import cases, intake, work
from engine.domain import events as ev
from engine.storage import tables as t
from engine.storage.payloads import latest
from tests.engine.small import SmallOffice
from tests.office import Case, Office

STEPS = [
    "judge_complaint", "make_promise", "confirm_assignment", "acknowledge_dispatch", "find_cause", "propose_plan",
    "confirm_with_complainant", "approve_plan_supervisor", "carry_out_plan", "report_completion", "notify_customer",
    "verify_result", "visit_complainant", "sum_up", "tell_first_contact", "archive_case",
]  # fmt: skip


def assert_closed(case: Case, outcome: str) -> None:
    """Closed in the register, nothing left to do and nothing left to wait for."""
    assert (case.entry["status"], case.entry["outcome"]) == ("closed", outcome)
    assert case.entry["closed_at"] is not None and case.entry["next_due_at"] is None
    assert case.items == []
    assert case.office.rows(t.timer.select().where(t.timer.c.case_id == case.id)) == []
    assert "running" not in case.limits().values()


def test_a_minor_complaint_runs_to_closing(office: Office) -> None:
    case = office.register()

    for step in STEPS:
        assert case.open_tasks == [step]
        case.complete(step)

    assert_closed(case, "satisfied")
    assert case.breached() == set() and case.entry["breach_count"] == 0
    assert case.entry["severity"] == "minor" and case.entry["validity"] == "valid"
    assert {login for login, _ in case.told()} == {"supervisor"}
    assert case.path()[-1] == "case_closed"


def test_an_important_complaint_is_told_to_and_approved_by_the_manager(office: Office) -> None:
    case = office.register(poor_service=True)
    case.reach("make_promise_important")

    case.complete("make_promise_important")

    assert [login for login, _ in case.told()] == ["manager"]
    case.reach("approve_plan_manager")
    assert case.doer(case.item("approve_plan_manager")) == "manager"
    case.finish()
    assert_closed(case, "satisfied")
    assert case.entry["severity"] == "important" and case.breached() == set()


def test_a_major_complaint_is_met_about_and_approved_by_the_general_manager(office: Office) -> None:
    case = office.register(serious_harm=True)

    case.complete("judge_complaint", serious_harm=True)

    assert case.open_tasks == ["notify_departments", "report_to_general_manager"]
    case.finish(serious_harm=True)
    assert_closed(case, "satisfied")
    assert case.entry["severity"] == "major"
    assert {"hold_office_meeting", "approve_plan_general_manager"} <= set(case.path())


def test_an_invalid_complaint_closes_as_explained_when_the_objection_window_passes(office: Office) -> None:
    case = unfounded(office)
    assert case.open_tasks == []

    office.let_pass(days=7)
    assert case.open_tasks == []
    office.let_pass(days=1)

    assert case.open_tasks == ["sum_up"]
    case.finish()
    assert_closed(case, "explained")
    assert case.breached() == set()


def test_an_objection_within_the_window_brings_the_complaint_into_handling(office: Office) -> None:
    case = unfounded(office)

    case.do(cases.Act(case.id, "raise_objection", "业主坚持有漏水"), "reception")

    assert case.open_tasks == ["make_promise"]
    assert case.entry["validity"] == "valid"
    case.finish()
    assert_closed(case, "satisfied")


def test_a_complaint_to_be_improved_closes_on_understanding(office: Office) -> None:
    case = office.register()
    case.complete("judge_complaint", validity="to_improve", external_party="开发商")
    case.reach("visit_complainant", cause_validity="to_improve")

    case.complete("visit_complainant", visit_result="understood")

    case.reach("tell_first_contact")
    case.complete("tell_first_contact")
    assert case.open_tasks == [], "the plan is looked at again on its review date"
    office.let_pass(days=61)
    case.finish()
    assert_closed(case, "understood")
    assert case.entry["validity"] == "to_improve"
    assert "unresolved" not in case.limits()


def test_a_dissatisfied_complainant_is_handled_again_and_then_satisfied(office: Office) -> None:
    case = office.register()

    turn_down(case)

    assert case.open_tasks == ["find_cause"] and case.item("find_cause")["round"] == 2
    assert case.entry["outcome"] is None and case.entry["round"] == 2
    case.finish()
    assert_closed(case, "satisfied")
    assert case.entry["severity"] == "minor"


def test_a_new_round_never_reads_the_personal_answers_of_the_one_before(office: Office) -> None:
    case = office.register(complainant_name="王五")
    case.reach("visit_complainant")
    assert case.values["cause"] and case.values["plan_text"]

    turn_down(case)

    assert case.values.get("cause") is None, "the form of the open task is empty again"
    assert case.values["complainant_name"] == "王五", "what is kept stays"
    kept = office.rows(t.payload.select().where(t.payload.c.stream_id == case.id, t.payload.c.field == "cause"))
    assert len(kept) == 1, "the submission of the first round stays readable"


def test_the_third_round_is_major(office: Office) -> None:
    case = office.register()
    turn_down(case)

    turn_down(case)

    assert case.open_tasks == ["notify_departments", "report_to_general_manager"]
    assert case.entry["severity"] == "major" and case.entry["round"] == 3
    case.finish()
    assert_closed(case, "satisfied")


def test_an_emergency_kept_in_time_tells_nobody_above_the_site(office: Office, clock: ManualClock) -> None:
    case = office.register_emergency()
    assert case.open_tasks == ["notify_departments", "record_complaint"]
    assert case.entry["emergency"] is True
    assert case.run("emergency_notice")["due_at"] == clock.now() + timedelta(minutes=3)

    office.let_pass(minutes=2)
    case.complete("notify_departments", notified=["engineering"])
    office.let_pass(minutes=4)
    case.complete("site_head_decides", site_head_decision="can_solve")

    assert case.open_tasks == ["record_complaint"]
    assert case.breached() == set()
    assert {login for login, _ in case.told()} == {"reception", "reception2", "manager"}, "warned in time"
    case.finish()
    assert_closed(case, "satisfied")


def test_an_emergency_late_on_every_rung_climbs_by_the_clock(office: Office, clock: ManualClock) -> None:
    case = office.register_emergency()

    office.let_pass(minutes=3)
    assert case.breached() == {"emergency_notice"}
    assert [login for login, _ in case.told()][-1] == "manager"
    case.complete("notify_departments", notified=["engineering"])
    office.let_pass(minutes=5)
    assert "leader_decides" in case.open_tasks and "site_head_decides" not in case.open_tasks
    office.let_pass(minutes=10)

    assert "inform_board" in case.open_tasks and "leader_decides" not in case.open_tasks
    assert {"emergency_notice", "report_to_leader", "report_to_board"} <= case.breached()
    assert "board" in {login for login, _ in case.told()} or case.doer(case.item("inform_board")) == "board"
    assert case.run("report_to_board")["breached_at"] == case.run("report_to_board")["due_at"]
    case.finish()
    assert_closed(case, "satisfied")


def test_a_complaint_flagged_urgent_later_runs_the_ladder_beside_its_task(office: Office) -> None:
    case = office.register()
    case.reach("find_cause")

    case.do(cases.Act(case.id, "flag_later", "墙面开裂，可能脱落"), "engineer")

    assert case.open_tasks == ["find_cause", "notify_departments"]
    assert case.entry["emergency"] is True
    case.finish()
    assert_closed(case, "satisfied")


def test_a_valid_complaint_unsolved_for_a_month_becomes_major(office: Office) -> None:
    case = office.register()
    case.reach("find_cause")

    office.let_pass(days=33)

    assert "report_to_general_manager" in case.open_tasks
    assert case.entry["severity"] == "major" and "unresolved" in case.breached()
    told = {login for login, words in case.told() if words == "the time limit for “Solved within a month” has run out."}
    assert told == {"director"}
    assert case.open_tasks.count("follow_up") == 1, "at most one open follow-up a case"
    case.finish()
    assert_closed(case, "satisfied")


def test_raising_keeps_what_was_done_and_opens_the_same_task_with_its_draft(office: Office) -> None:
    case = office.register()
    case.reach("propose_plan")
    before, cause = case.item("propose_plan"), case.values["cause"]
    case.do(work.SaveDraft(before["id"], {"plan_text": "先换灯，再查线路"}), "engineer")

    case.do(cases.Raise(case.id, "important", "多户受影响"), "supervisor")

    after = case.item("propose_plan")
    assert case.open_tasks == ["notify_departments", "propose_plan"] and after["id"] != before["id"]
    assert case.entry["severity"] == "important"
    assert case.values["cause"] == cause
    drafts = office.rows(t.draft.select().where(t.draft.c.case_id == case.id))
    assert [(row["item_id"], row["unfinished"]) for row in drafts] == [(after["id"], False)]
    case.finish()
    assert_closed(case, "satisfied")
    assert case.path().count("find_cause") == 1


def test_a_draft_waits_while_the_office_meets_and_is_offered_when_its_task_opens_again(office: Office) -> None:
    case = office.register()
    case.reach("propose_plan")
    case.do(work.SaveDraft(case.item("propose_plan")["id"], {"plan_text": "先换灯"}), "engineer")

    case.do(cases.Raise(case.id, "major", "造成损失"), "manager")

    assert case.open_tasks == ["notify_departments", "report_to_general_manager"]
    assert [row["unfinished"] for row in office.rows(t.draft.select())] == [True]
    case.reach("propose_plan")
    (draft,) = office.rows(t.draft.select())
    assert (draft["item_id"], draft["unfinished"]) == (case.item("propose_plan")["id"], False)


def test_a_withdrawn_complaint_is_confirmed_and_closed(office: Office) -> None:
    case = office.register()
    case.reach("propose_plan")

    case.do(cases.Act(case.id, "withdraw", "业主说已经好了"), "reception")

    assert case.open_tasks == ["confirm_withdrawal"]
    case.finish()
    assert_closed(case, "withdrawn")


@pytest.mark.clause("S3.20")
def test_a_waived_step_is_passed_over_and_nobody_did_it(office: Office) -> None:
    case = office.register()
    case.reach("confirm_with_complainant")
    item = case.item("confirm_with_complainant")

    case.do(work.Waive(item["id"], "业主出国，书面同意已附"), "supervisor")

    assert "confirm_with_complainant" not in case.open_tasks
    (waived,) = office.rows(t.work_item.select().where(t.work_item.c.id == item["id"]))
    assert waived["status"] == "waived" and waived["ended_by"] == office.person_id("supervisor")
    assert [event.element_id for event in case.events(ev.WorkItemWaived)] == ["confirm_with_complainant"]
    assert office.rows(t.submission.select().where(t.submission.c.item_id == item["id"])) == []


def test_a_late_dispatch_is_a_breach_told_to_the_supervisor_once(office: Office, clock: ManualClock) -> None:
    case = office.register()
    case.reach("confirm_assignment")

    office.let_pass(hours=12, seconds=1)
    office.worker.tick()

    assert case.breached() >= {"dispatch"}
    told = [login for login, words in case.told() if words == "the time limit for “Dispatch” has run out."]
    assert told == ["supervisor"]
    assert case.entry["breach_count"] == len(case.breached())


def test_what_fell_due_while_all_was_down_fires_in_order_before_the_next_command(office: Office, clock: ManualClock) -> None:
    case = office.register()
    case.reach("confirm_assignment")
    clock.set(datetime(2026, 10, 4, 1, 0, tzinfo=UTC))

    case.complete("confirm_assignment")

    fired = [event.run_id.split("#")[0] for event in case.events(ev.LimitBreached)]
    due = [case.run(key)["due_at"] for key in fired]
    assert "dispatch" in fired and due == sorted(due)
    assert "acknowledge_dispatch" in case.open_tasks


def unfounded(office: Office) -> Case:
    """An invalid complaint that is explained and visited, and waits out the objection window."""
    case = office.register()
    case.complete("judge_complaint", validity="invalid", grounds_sufficient="insufficient")
    case.complete("explain_to_complainant")
    case.complete("visit_or_notice")
    case.complete("return_visit_invalid")
    return case


def turn_down(case: Case) -> None:
    """Carry the round to the return visit and hear that it did not satisfy."""
    case.reach("visit_complainant")
    case.complete("visit_complainant", visit_result="dissatisfied", dissatisfied_reason="仍有异味")


def test_a_row_keeps_what_a_later_form_only_shows(tmp_path: Path, clock: ManualClock) -> None:
    office = SmallOffice(tmp_path, clock)
    wished = {"subject": "灯", "wishes[0].wish": "修好", "wishes[1].wish": "道歉"}
    receipt = office.application.execute(intake.Register(office.estate_id, wished, ""), office.boss)

    answered = {"size": "6", "wishes[0].answer": "两天内", "wishes[1].answer": "当面"}
    office.application.execute(work.Complete(receipt.next_items[0].item_id, answered, ""), office.boss)

    with office.application.database.read() as connection:
        found = latest(connection, [receipt.case_id])[receipt.case_id]["wishes"]
    office.application.close()
    assert found == [{"wish": "修好", "answer": "两天内"}, {"wish": "道歉", "answer": "当面"}]
