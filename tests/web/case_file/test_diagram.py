"""Where a case stands in its diagrams: passed, here now, due, and the same in words."""

from __future__ import annotations

import json
from typing import Any

from engine.commands import cases
from tests.office import Case, Office
from tests.web.conftest import Login
from tests.web.pages import Page


def address(case: Case, sheet: str = "") -> str:
    return f"/cases/{case.id}/diagram" + (f"?sheet={sheet}" if sheet else "")


def state(page: Page) -> dict[str, Any]:
    """What the viewer is told."""
    return dict(json.loads(page.tree.xpath("string(//script[@id='diagram-state'])")))


def sheets(page: Page) -> dict[str, bool]:
    """The diagrams offered, by process, and whether the case stands in them now."""
    chips = page.tree.xpath("//nav[@class='rd-filters']/a")
    return {chip.get("href").partition("sheet=")[2]: "现在在这里" in chip.text_content() for chip in chips}


def test_the_frame_shows_what_was_passed_and_where_the_case_is(login: Login, office: Office) -> None:
    case = office.register()

    shown = state(login("supervisor").get(address(case)))

    assert "record_complaint" in shown["done"] and shown["active"] == ["judge_complaint"]
    assert shown["links"]["record_complaint"] == "#step-record_complaint"
    assert shown["names"] == {}


def test_the_call_activities_around_an_open_task_are_active_too(login: Login, office: Office) -> None:
    case = office.register()
    case.reach("find_cause")
    supervisor = login("supervisor")

    frame = supervisor.get(address(case))
    active = {sheet: state(supervisor.get(address(case, sheet)))["active"] for sheet in ("by_severity", "minor", "investigate")}

    assert state(frame)["active"] == ["handle_by_severity", "handle_complaint"]
    assert active == {"by_severity": ["handle_minor"], "minor": ["investigate_minor"], "investigate": ["find_cause"]}
    assert sheets(frame) == {"complaint": True, "by_severity": True, "minor": True, "assign": False, "investigate": True}


def test_after_raising_the_graver_path_is_active_and_the_left_one_is_not(login: Login, office: Office) -> None:
    case = office.register()
    case.reach("find_cause")
    case.do(cases.Raise(case.id, "important", "多户受影响"), "supervisor")

    paths = login("supervisor").get(address(case, "by_severity"))

    assert "handle_important" in state(paths)["active"] and "handle_minor" not in state(paths)["active"]
    assert sheets(paths)["important"] and not sheets(paths)["minor"]


def test_badges_say_time_left_then_overdue(login: Login, office: Office) -> None:
    case = office.register()
    case.reach("confirm_assignment")
    supervisor = login("supervisor")

    in_time = state(supervisor.get(address(case, "assign")))["badges"]["confirm_assignment"]
    office.let_pass(hours=13)
    late = state(supervisor.get(address(case, "assign")))["badges"]["confirm_assignment"]

    assert in_time["kind"] == "fine" and in_time["text"].startswith("还剩")
    assert late["kind"] == "late" and late["text"].startswith("已超时")


def test_what_was_done_twice_is_counted(login: Login, office: Office) -> None:
    case = office.register()
    case.reach("visit_complainant")
    case.complete("visit_complainant", visit_result="dissatisfied", dissatisfied_reason="仍有异味")
    case.finish()

    page = login("supervisor").get(address(case, "investigate"))

    assert state(page)["badges"]["find_cause"] == {"kind": "count", "text": "× 2"}
    assert state(page)["active"] == []
    history = page.tree.xpath("//li[@id='step-find_cause']//li")
    assert [time.text_content() for time in history] == ["今天 09:00 · 第 2 轮 · 孙强", "今天 09:00 · 第 1 轮 · 孙强"]


def test_without_the_viewer_the_steps_stand_there_in_words(login: Login, office: Office) -> None:
    case = office.register()

    words = " ".join(login("supervisor").get(address(case)).tree.xpath("string(//main)").split())

    assert "走过的步骤" in words and "一 记录投诉" in words and "现在在这里 二 判断投诉" in words


def test_an_unknown_diagram_shows_the_frame_and_its_source_is_not_there(login: Login, office: Office) -> None:
    case, supervisor = office.register(), login("supervisor")

    page = supervisor.get(address(case, "nothing_such"))
    source = supervisor.get(f"/cases/{case.id}/diagrams/nothing_such.bpmn")

    assert "record_complaint" in state(page)["done"]
    assert source.status == 404


def test_a_diagram_is_served_as_drawn_in_the_cases_own_version(login: Login, office: Office) -> None:
    case = office.register()
    published = office.application.catalogue.intake(office.clock.now())

    answer = login("supervisor").client.get(f"/cases/{case.id}/diagrams/minor.bpmn")

    assert answer.data == published.procedure.diagrams["minor"].xml
    assert answer.mimetype == "application/xml"


def test_english_readers_see_english_names_lanes_too(login: Login, office: Office) -> None:
    case, supervisor = office.register(), login("supervisor")
    supervisor.post("/language", {"language": "en"})

    names = state(supervisor.get(address(case)))["names"]

    assert names["record_complaint"].startswith("1 ") and "Manager in charge" in names.values()
