"""The pack of a review: what people said, what changes, what was late, where nobody came; counted for whoever reads it."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from typing import Any

import pytest

from engine.commands import incidents, work
from engine.commands.studio import BeginReplay, PutForward
from engine.domain.text import Text
from engine.errors import Forbidden, Incident, NotFound
from engine.procedure.diff.losses import Evidence
from engine.queries.procedure.versions import recorded
from engine.queries.reports import Report, reviewing
from engine.queries.reports.reviewing import late
from engine.queries.studio import replaying
from engine.queries.studio.replaying import Run
from engine.storage import tables as t
from tests.engine.incidents.test_migrating import newer
from tests.engine.review.test_review import called, upload
from tests.office import Case, Office
from tests.published import publish, replacing

#: Under this the judgement cannot be gone on from while the case has the one sub-category.
STUMBLES = 'if validity = "valid" and sub_category = "noise" then sub_category else validity = "invalid"'
WHY = "等配件，先办别的"
SAID = {"feedback_text": "回访太晚", "feedback_disposition": "taken_up", "feedback_reason": "已改时限"}
OPINION = {"expert_name": "钱律师", "expert_field": "law", "expert_opinion": "告知期限要写明", "expert_answer": "采纳"}


def read(office: Office, review: Case, login: str = "owner") -> Report:
    """The pack as that person reads it."""
    with office.application.read() as reader:
        return reviewing.pack(reader, office.actor(login), review.id)


def rows(report: Report, key: str) -> list[tuple[Any, ...]]:
    """The rows of one of its tables."""
    table = next(table for figures in report.figures for table in figures.tables if table.key == key)
    return list(table.rows)


def counted(report: Report, key: str) -> dict[str, Any]:
    """What a table of items counts, by the Chinese names."""
    return {row[0].zh: row[1] for row in rows(report, key)}


def signed_by(office: Office, login: str) -> Evidence:
    """What a signer of the second version is shown to have been known of it."""
    with office.application.read() as reader:
        known = recorded(reader, office.actor(login), "complaint", 2).evidence
    assert known is not None
    return known


def seen(office: Office, run_id: str, login: str) -> Run:
    """A replay as that person reads it."""
    with office.application.read() as reader:
        return replaying.run(reader, office.actor(login), run_id)


def worked(office: Office) -> Case:
    """A complaint that was waived a step, came late and is closed, in the quarter before the review's."""
    case = office.register()
    case.reach("confirm_assignment")
    office.let_pass(hours=13)
    case.finish()
    return case


def test_the_pack_gathers_what_a_review_decides_by(office: Office) -> None:
    worked(office)
    office.let_pass(days=20)
    upload(office)
    draft_id = office.rows(t.procedure_draft.select())[0]["id"]
    run_id = str(office.execute(BeginReplay(draft_id, None, None, "all"), "owner"))
    office.application.run_replays(run_id)
    with pytest.raises(Forbidden):
        seen(office, run_id, "director")
    review = called(office)
    review.reach("sign_as_author", change_wanted="change", feedback_items=[SAID], expert_opinions=[OPINION])

    found = read(office, review)

    assert [tuple(cell if isinstance(cell, str) else cell.zh for cell in row) for row in rows(found, "feedback_items")] == [
        ("回访太晚", "采纳", "已改时限")
    ]
    assert rows(found, "expert_opinions")[0][0] == "钱律师"
    assert [(text.zh != "", file) for text, file in rows(found, "change")] == [(True, "limits.dmn")]
    assert any(late for _, _, _, late, _ in rows(found, "clauses"))
    assert all(many for _, _, many in rows(found, "never_passed")) and rows(found, "rows_unused")
    taken = {row[1].zh: (row[2].zh, row[3]) for row in rows(found, "branches_unused")}
    assert taken["投诉成立?"] == ("否 → 解释无效投诉", 1) and taken["有异议?"][1] == 0
    assert any("回访 → 已告知主任" in row[2].zh for row in rows(found, "events_unused"))
    assert rows(found, "waived") == []
    assert set(counted(found, "by_hand")) and counted(found, "passed_on")["转办次数"] == 0
    assert {label.zh for label, _ in found.written}
    points = {row[0].zh: row[1].zh for row in rows(found, "points")}
    assert found.figures[0].leads and next(iter(points)) == "结论"
    assert points["结论"].startswith("提出了第 2 版，等待起草签署，定于 ")
    assert points["这次的改动"].startswith("1 处：") and "回放 1 件：新按时的期限 0，新超时的期限 0" in points["这次的改动"]
    worst = rows(found, "clauses")[0]
    assert f"最多的是 {worst[0]}“{worst[1].zh}”：到期 {worst[2]}，超时 {worst[3]}。" in points["超时"]
    assert f"有分支没走过的判断 {len(rows(found, 'branches_unused'))} 处" in points["没有用过"]
    assert points["人工处理"].startswith("免办 0 次，人工跳步 0 次，转办 0 次。")
    assert (points["反馈"], points["专家意见"]) == ("1 条：采纳 1。", "1 条：法律 1。")
    assert counted(found, "replay")["回放的投诉"] == 1
    assert counted(read(office, review, "director"), "replay") == counted(found, "replay")
    (kept,) = signed_by(office, "manager").replays
    assert (kept.cases, kept.changed, kept.stuck) == (1, 0, 0) and seen(office, kept.run_id, "director").version == 2
    with pytest.raises(NotFound):
        read(office, review, "bitong")


def test_a_review_is_counted_once_for_each_reader_until_anything_happens(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_by: list[str] = []
    count = late.clauses
    monkeypatch.setattr(late, "clauses", lambda asked: (asked_by.append(asked.actor.person_id), count(asked))[1])
    worked(office)
    office.let_pass(days=20)
    review = called(office)

    first, again = read(office, review), read(office, review)
    assert len(asked_by) == 1 and rows(again, "clauses") == rows(first, "clauses") != []
    assert again.figures[0].tables == first.figures[0].tables

    read(office, review, "director")
    assert len(set(asked_by)) == len(asked_by) == 2
    # A reader with other rights is another reader, and so is whoever comes after anything was done.
    office.register()
    read(office, review)
    assert asked_by == [*asked_by[:2], asked_by[0]]


def put_forward(office: Office) -> Case:
    """The review that begins with a draft of the owner's, apart from the quarter."""
    upload(office)
    draft_id = office.rows(t.procedure_draft.select())[0]["id"]
    office.execute(PutForward(draft_id, Text("派单太慢", "Too slow"), office.clock.now() + timedelta(days=1)), "owner")
    return office.begun("review")[-1]


def conclusion(office: Office, review: Case) -> str:
    """The first of the sentences that sum up the pack."""
    return str(rows(read(office, review), "points")[0][1].zh)


def period(report: Report, zone: tzinfo) -> tuple[date, datetime]:
    """The first day, there, and the last moment that a pack is about."""
    return report.figures[0].period_start.astimezone(zone).date(), report.figures[0].period_end


def test_a_review_out_of_turn_gathers_what_came_since_the_last_change_or_review(office: Office) -> None:
    zone = office.application.zone
    worked(office)
    office.let_pass(days=20)
    first = put_forward(office)
    begun = office.clock.now()
    found = read(office, first)
    assert found.decides and period(found, zone)[1] == begun and any(late for _, _, _, late, _ in rows(found, "clauses"))
    for login, part in (("owner", "author"), ("manager", "reviewer"), ("director", "approver")):
        first.complete(f"sign_as_{part}", login)
    assert first.entry["status"] == "closed"
    assert conclusion(office, first).startswith("第 2 版三人已签署，2026-")

    office.let_pass(days=3)
    signed, begun = begun.astimezone(zone).date(), office.clock.now()

    assert period(read(office, put_forward(office)), zone) == (signed, begun)
    assert not any(due for _, _, due, _, _ in rows(read(office, office.begun("review")[-1]), "clauses"))
    # What is still under way has settled nothing.
    office.let_pass(days=2)
    assert period(read(office, called(office)), zone) == (signed, office.clock.now())


def test_a_review_without_a_change_says_so_once_it_is_closed(office: Office) -> None:
    review = called(office)
    review.reach("confirm_unchanged", change_wanted="no_change")
    assert conclusion(office, review) == "还没有结论。"

    review.complete("confirm_unchanged", "director", unchanged_decision="confirmed")

    found = read(office, review)
    assert conclusion(office, review) == "没有提出新版，现行版继续有效。"
    (change,) = [table for figures in found.figures for table in figures.tables if table.key == "change"]
    assert change.empty is not None and change.empty.zh == "这次复审没有提出新版。"


def test_a_period_without_a_complaint_is_told_in_a_sentence(office: Office) -> None:
    """Not by all that the procedure has, as though each of it had been passed over."""
    found = read(office, called(office))

    tables = {table.key: table for figures in found.figures for table in figures.tables}
    never = tables["nothing_handled"]
    assert "never_passed" not in tables and never.rows == ()
    assert never.empty is not None and never.empty.zh == "期间没有投诉，哪里没有用过无从说起。"
    points = {name.zh: text for name, text in rows(found, "points")}
    assert points["没有用过"] == never.empty
    office.register()
    office.let_pass(days=1)
    assert rows(read(office, called(office)), "never_passed")


def test_what_was_done_beside_the_diagram_is_counted_and_told_by_its_clause(office: Office) -> None:
    waived, handed, moved = office.register(), office.register(), office.register()
    for case in (waived, handed):
        case.reach("find_cause")
    office.execute(work.Waive(waived.item("find_cause")["id"], WHY), "supervisor")
    office.execute(work.PassOn(handed.item("find_cause")["id"], "security", WHY), "engineer")
    moved.do(incidents.MigrateCase(moved.id, newer(office), WHY), "owner")
    office.let_pass(days=40)

    found = read(office, called(office))

    assert [(name.zh, times) for name, times in rows(found, "waived")] == [("查明原因", 1)]
    assert sum(skipped for *_, skipped in rows(found, "clauses")) > 0
    assert counted(found, "by_hand")["换到另一版规程"] == 1 and counted(found, "passed_on")["转办次数"] == 1
    assert {row[0].zh: row[1].zh for row in rows(found, "points")}["人工处理"].startswith("免办 1 次，人工跳步 1 次，转办 1 次。")


def test_rework_and_what_operators_did_to_go_on_are_counted(office: Office) -> None:
    again, once = office.register(), office.register()
    for case in (again, once):
        case.reach("verify_result")
    again.complete("verify_result", verification="check_failed", verification_note="仍不亮")
    again.reach("verify_result")
    newer(office, "complaint.bpmn", 'validity = "invalid"', STUMBLES)
    stuck = [office.register(sub_category="noise") for _ in range(3)]
    for case in stuck:
        with pytest.raises(Incident):
            case.complete("judge_complaint")
    skipped, mended, _ = (row["id"] for row in office.rows(t.incident.select().order_by(t.incident.c.id)))
    office.execute(incidents.Skip(skipped, WHY), "owner")
    office.execute(incidents.SetValue(mended, "sub_category", "leakage", WHY), "owner")
    office.let_pass(days=40)

    found = read(office, called(office))

    by_hand = counted(found, "by_hand")
    assert (by_hand["操作员跳过一步"], by_hand["操作员补填数据后继续"], by_hand["换到另一版规程"]) == (1, 1, 0)
    assert [(name.zh, times) for name, times in rows(found, "waived")] == [("二 判断投诉", 1)]
    redone = counted(found, "done_again")
    assert redone["实施方案"] == redone["验证结果"] == 1 and not redone.keys() & {"二 判断投诉", "查明原因"}
    in_short = {row[0].zh: row[1].zh for row in rows(found, "points")}["人工处理"]
    assert in_short.startswith("免办 1 次，人工跳步 2 次，转办 0 次。返工最多的是“实施方案”，1 次。")


def test_what_is_restricted_is_told_to_those_who_work_with_it(office: Office) -> None:
    restricted = replacing("fields.yaml", "expert_opinion: {", "expert_opinion: {sensitivity: restricted, ")
    publish(office.application, "review", restricted)
    review = called(office)
    review.reach("confirm_unchanged", change_wanted="no_change", expert_opinions=[OPINION])

    def read_by(login: str) -> str:
        return str(rows(read(office, review, login), "expert_opinions"))

    assert OPINION["expert_opinion"] in read_by("owner")
    assert OPINION["expert_opinion"] not in read_by("director") and OPINION["expert_name"] in read_by("director")


def test_the_conclusion_dates_no_version_before_its_last_signature(office: Office) -> None:
    review = put_forward(office)
    office.let_pass(days=2)
    for login, part in (("owner", "author"), ("manager", "reviewer"), ("director", "approver")):
        review.complete(f"sign_as_{part}", login)

    now = office.clock.now().astimezone(office.application.zone)
    assert conclusion(office, review) == f"第 2 版三人已签署，{now:%Y-%m-%d %H:%M} 起生效。"
