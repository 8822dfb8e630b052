"""Reports: found in a list, read with their figures, confirmed by those they were sent to, begun by those who may."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.office import Case, Office
from tests.web.conftest import Login

FIRST_OF_OCTOBER = datetime(2026, 10, 1, 0, 0, tzinfo=UTC)


@pytest.fixture
def september(office: Office) -> Case:
    """The monthly report of September, with one complaint, waiting to be written."""
    office.register()
    office.go_to(FIRST_OF_OCTOBER)
    (report,) = office.begun("reporting")
    return report


def test_a_task_of_a_report_shows_its_figures(login: Login, september: Case) -> None:
    page = login("supervisor").get(f"/tasks/{september.items[0]['id']}")

    for words in ("统计", "9月1日 – 2026年9月30日", "回访率", "按投诉类别", "各环节用时", "全公司"):
        assert words in page.text


def test_the_recipient_finds_the_report_and_confirms_it(login: Login, september: Case) -> None:
    september.complete("write_report", "supervisor")
    board = login("board")
    listed = board.get("/reports")
    assert (september.number in listed.text, "待签收" in listed.text) == (True, True)
    assert listed.tree.xpath(f"//tr[contains(., '{september.number}')]//span[. = '统计']")

    (confirm,) = board.get(f"/reports/{september.id}").tree.xpath("//form[contains(@action, '/receipts/')]/@action")
    answer = board.follow(board.post(confirm))

    assert answer.status == 200 and "已签收" in answer.text
    assert "待签收" not in board.get("/reports").text


def test_others_neither_find_nor_read_it(login: Login, september: Case) -> None:
    september.complete("write_report", "supervisor")
    guard = login("guard")

    assert september.number not in guard.get("/reports").text
    assert guard.get(f"/reports/{september.id}").status == 404


def test_who_may_begins_one_by_hand(login: Login, office: Office) -> None:
    manager = login("manager")

    first = "/reports/start/reporting/weekly_check_due"
    page = manager.get("/reports")
    answer = manager.follow(manager.post(first, page.form(first)))

    assert answer.status == 200 and [case.open_tasks for case in office.begun("reporting")] == [["check_week"]]
    assert "现在开始" not in login("guard").get("/reports").text


def test_the_register_holds_complaints_alone(login: Login, september: Case) -> None:
    page = login("supervisor").get("/register")

    assert "YH-2026-00001" in page.text
    assert september.number not in page.text


def test_what_may_be_published_leaves_small_counts_out(login: Login, september: Case) -> None:
    supervisor = login("supervisor")

    public, whole = (supervisor.get(f"/reports/{september.id}{tab}") for tab in ("/public", ""))

    counts = [cell.text_content().strip() for cell in public.tree.xpath("//td[contains(@class, 'rd-num')]")]
    assert "不列出" in counts and not {"1", "2", "3", "4", "100 %"} & {count.split()[0] for count in counts if count}
    assert "派单" not in public.text and "派单" in whole.text
    assert "不列出" not in whole.text
