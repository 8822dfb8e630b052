"""One cause and fifty callers: it is handled once, and each of them is told, visited and asked on their own."""

from __future__ import annotations

from collections import Counter

import pytest
import sqlalchemy as sa

from engine.commands import cases, events, intake
from engine.domain import events as ev
from engine.errors import InvalidState, InvalidValues, NotFound
from engine.storage import tables as t
from tests.office import Case, Office

CALLERS = 50
NO_WATER = "三栋停水"
#: What is done once, for the cause; and what everybody who complained gets.
ONCE = ("confirm_assignment", "find_cause", "propose_plan", "carry_out_plan", "report_completion", "verify_result")


def joined(office: Office, lead: Case, **answers: object) -> Case:
    """Another caller about the same, recorded as part of the event that the case leads."""
    usual = lead.usual("record_complaint", subject=NO_WATER, **answers)
    receipt = office.execute(intake.Register(office.estate_id(), usual, office.request_id(), event_id=lead.id), "reception")
    return Case(office, receipt)


def done(office: Office, every: list[Case]) -> Counter[str]:
    """How often each task was done, over all of the cases."""
    item = t.work_item.c
    rows = office.rows(sa.select(item.element_id).where(item.case_id.in_([case.id for case in every]), item.status == "done"))
    return Counter(row["element_id"] for row in rows)


@pytest.fixture
def event(office: Office) -> list[Case]:
    """A complaint about water that is being handled, and two more callers about the same."""
    lead = office.register(subject=NO_WATER)
    lead.reach("carry_out_plan")
    parts = [joined(office, lead) for _ in range(2)]
    for part in parts:
        part.complete("judge_complaint")
    return [lead, *parts]


def test_fifty_callers_are_one_handling_fifty_replies_fifty_visits_and_fifty_consents(office: Office) -> None:
    lead = office.register(subject=NO_WATER)
    parts = [joined(office, lead) for _ in range(CALLERS - 1)]
    for part in parts:
        part.complete("judge_complaint")
        part.complete("answer_joined")

    lead.finish()
    waiting = {tuple(part.open_tasks) for part in parts}
    for part in parts:
        part.finish()

    everybody = [lead, *parts]
    counted = done(office, everybody)
    assert waiting == {("notify_joined",)}
    assert {task: counted[task] for task in ONCE} == dict.fromkeys(ONCE, 1)
    assert counted["notify_customer"] + counted["notify_joined"] == CALLERS
    assert counted["visit_complainant"] == CALLERS
    assert [case.entry["outcome"] for case in everybody] == ["satisfied"] * CALLERS
    assert {case.entry["event"] for case in everybody} == {lead.number}
    assert {case.entry["status"] for case in everybody} == {"closed"}


def test_the_event_is_a_group_in_the_register_and_each_is_judged_on_its_own(event: list[Case]) -> None:
    lead, *parts = event

    assert [case.entry["event"] for case in event] == [lead.number] * 3
    assert [part.entry["severity"] for part in parts] == ["minor", "minor"]
    assert [part.open_tasks for part in parts] == [["answer_joined"], ["answer_joined"]]


def test_closing_one_closes_no_other(event: list[Case]) -> None:
    lead, one, other = event
    lead.reach("visit_complainant")
    one.finish()

    assert one.entry["status"] == "closed"
    assert lead.entry["status"] == "open" and other.entry["status"] == "open"
    assert other.open_tasks == ["notify_joined"], "told while the progress was still to be answered"
    assert lead.open_tasks == ["visit_complainant"]


def test_whoever_is_not_satisfied_goes_on_alone(event: list[Case]) -> None:
    lead, one, other = event
    lead.reach("visit_complainant")
    one.reach("visit_complainant")

    one.complete("visit_complainant", visit_result="dissatisfied", dissatisfied_reason="水还是黄的")

    assert one.entry["round"] == 2 and one.entry["status"] == "open"
    one.reach("find_cause")
    other.finish()
    assert other.entry["outcome"] == "satisfied"
    one.finish()
    assert (one.entry["outcome"], done(one.office, [one])["carry_out_plan"]) == ("satisfied", 1)


def test_when_the_lead_is_withdrawn_the_eldest_that_waits_leads_on(event: list[Case]) -> None:
    lead, eldest, youngest = event
    youngest.complete("answer_joined")

    lead.do(cases.Act(lead.id, "withdraw", "水来了，不投诉了"), "reception")
    lead.finish()

    assert lead.entry["outcome"] == "withdrawn"
    assert [case.entry["event"] for case in (eldest, youngest)] == [eldest.number] * 2
    assert youngest.open_tasks == []
    eldest.reach("visit_complainant")
    assert youngest.open_tasks == ["notify_joined"]


def test_a_caller_who_joins_after_the_cause_was_handled_is_told_at_once(event: list[Case], office: Office) -> None:
    lead, *_ = event
    lead.reach("visit_complainant")

    late = joined(office, lead)
    late.complete("judge_complaint")

    assert late.open_tasks == ["notify_joined"]


def test_a_complaint_that_is_being_handled_joins_later_and_its_own_handling_stops(office: Office) -> None:
    lead, other = office.register(subject=NO_WATER), office.register(subject=NO_WATER)
    other.reach("find_cause")

    other.do(events.JoinEvent(other.id, lead.number, "同一根水管"), "supervisor")

    assert other.open_tasks == ["answer_joined"]
    assert lead.entry["event"] == lead.number
    assert [action.action for action in other.events(ev.ActionTaken)] == ["join_event"]


def test_a_wrong_joining_can_be_undone(event: list[Case]) -> None:
    _, part, _ = event

    part.do(events.LeaveEvent(part.id, "原因不同"), "supervisor")

    assert part.entry["event"] is None
    assert "answer_joined" not in part.open_tasks
    part.reach("find_cause")


def test_the_limits_that_the_event_keeps_for_its_parts_stop_when_they_join(event: list[Case]) -> None:
    _, part, _ = event

    standing = part.limits()
    assert [standing[key] for key in ("dispatch", "rectification_plan", "oral_reply")] == ["kept", "kept", "running"]
    part.complete("answer_joined")
    assert part.limits()["oral_reply"] == "kept"


def test_nobody_joins_a_closed_event_or_one_elsewhere(office: Office, event: list[Case]) -> None:
    lead, part, _ = event
    elsewhere = office.register("bitong", "BT")

    with pytest.raises(NotFound):
        joined(office, elsewhere)
    with pytest.raises(InvalidValues):
        part.do(events.JoinEvent(part.id, part.number, "自己"), "supervisor")
    with pytest.raises(InvalidState):
        lead.do(events.JoinEvent(lead.id, part.number, "牵头的"), "supervisor")
    lead.finish()
    with pytest.raises(InvalidState):
        joined(office, lead)
    with pytest.raises(InvalidState):
        lead.do(events.LeaveEvent(lead.id, "已结"), "supervisor")
