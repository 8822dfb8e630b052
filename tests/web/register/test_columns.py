"""The columns of the register: chosen, put in order, kept for the person, carried by the address; and the totals under them."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from engine.bootstrap import Application
from engine.clock import ManualClock
from engine.queries import register
from engine.storage import tables as t
from tests.office import Office
from tests.web.conftest import Login
from tests.web.pages import Page
from tests.web.register.test_book import numbers, records

USUAL = ["序号", "编号", "登记时间", "事由", "等级", "状态", "地点", "投诉人", "类别"]


def headings(page: Page) -> list[str]:
    """What stands over the columns."""
    return [cell.text_content().strip() for cell in page.tree.xpath("//table/thead/tr/th")]


def test_columns_are_chosen_moved_and_kept_for_the_person_alone(login: Login, office: Office) -> None:
    office.register(complainant_phone="13800003502")
    supervisor = login("supervisor")
    assert headings(supervisor.get("/register")) == USUAL

    page = supervisor.follow(supervisor.post("/register/columns", {"column": ["subject", "complainant_phone"], "q": "YH-2026"}))

    assert headings(page) == ["序号", "编号", "事由", "联系电话"] and "13800003502" in page.tree.xpath("string(//tbody)")
    moved = supervisor.post("/register/columns", {"column": ["subject", "complainant_phone"], "up": "complainant_phone"})
    assert headings(supervisor.follow(moved))[2:] == ["联系电话", "事由"]
    assert headings(supervisor.get("/register"))[2:] == ["联系电话", "事由"], "kept without the address"
    assert headings(login("reception").get("/register")) == USUAL
    assert headings(supervisor.follow(supervisor.post("/register/columns", {"usual": "1"}))) == USUAL


def test_the_address_carries_columns_and_forged_ones_are_left_out(login: Login, office: Office) -> None:
    office.register()
    supervisor = login("supervisor")

    page = supervisor.get("/register", query_string={"cols": "status,<script>,case_id,number,status", "state": "open"})

    assert headings(page) == ["序号", "编号", "状态"]
    assert "<script>" not in page.text.replace('<script type="module"', "")
    assert all("cols=" in link for link in page.links("/register?") if "state" not in link)
    assert headings(supervisor.get("/register", query_string={"cols": "password"})) == USUAL


@pytest.mark.parametrize("columns", [[], ["x" * 99], ["a"] * 1 + ["'; drop table export"]])
def test_what_cannot_be_columns_is_refused_with_a_sentence(login: Login, office: Office, columns: list[str]) -> None:
    office.register()
    supervisor = login("supervisor")

    page = supervisor.follow(supervisor.post("/register/columns", {"column": columns}))

    assert "请至少选一列" in page.notices and headings(page) == USUAL


def test_a_sensitive_entry_is_shown_to_those_alone_who_work_with_it(
    login: Login, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.register(complainant_phone="13800003502", subject="楼道灯不亮")
    names = office.application.catalogue.intake(office.clock.now()).procedure.register
    hidden = frozenset({names["complainant_phone"]})
    monkeypatch.setattr(register.rows, "withheld", lambda *given: hidden)

    page = login("supervisor").get("/register", query_string={"cols": "subject,complainant_phone"})

    assert "楼道灯不亮" in page.text and "13800003502" not in page.text


@pytest.mark.parametrize("typed", ["17", "2026-00017", "2026-17", "yh-2026-00017", "00017"])
def test_a_case_is_found_by_part_of_its_number(login: Login, office: Office, typed: str) -> None:
    wanted = [office.register() for _ in range(17)][-1]

    assert numbers(login("supervisor").get("/register", query_string={"q": typed})) == [wanted.number]


def test_a_month_is_one_filter_and_can_be_gone_to(login: Login, office: Office, application: Application) -> None:
    records(application, office, 60)  # one an hour back from 28 September
    supervisor = login("supervisor")

    page = supervisor.get("/register", query_string={"since": "2026-09-01", "until": "2026-09-30", "state": "historic"})
    chips = {" ".join(chip.text_content().split()): chip.get("href") for chip in page.tree.xpath("//a[@aria-current='true']")}

    assert chips == {"2026年9月 ×": "/register?state=historic", "历史记录 ×": "/register?since=2026-09-01&until=2026-09-30"}
    assert len(numbers(supervisor.get("/register", query_string={"at": "2026-09"}))) == 50
    assert numbers(supervisor.get("/register", query_string={"at": "2026-08"})) == []
    for strange in ("2026-13", "x", "9999-12", "0000-00"):
        assert supervisor.get("/register", query_string={"at": strange}).status == 200


def test_very_many_are_counted_afterwards_or_by_a_link(
    login: Login, office: Office, application: Application, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    records(application, office, 120)
    monkeypatch.setattr(register.book, "COUNTED", 100)
    supervisor = login("supervisor")

    page = supervisor.get("/register")
    foot = page.tree.xpath("//tfoot//td")[0]

    assert "超过 100 件" in foot.text_content() and "第 1–50 件" in page.text
    assert "共 120 件" in supervisor.get(foot.get("hx-get")).text
    assert "第 1–50 件 / 共 120 件" in supervisor.get(foot.get("hx-get")).text
    assert "共 120 件" in supervisor.get(foot.xpath(".//a/@href")[0]).tree.xpath("string(//tfoot)")
    second = supervisor.get(page.tree.xpath("//a[@rel='next']/@href")[0])
    assert "第 51–100 件" in second.text
    assert "第 1–50 件" in supervisor.get(second.tree.xpath("//a[@rel='prev']/@href")[0]).text


def test_a_person_of_a_department_reads_what_the_rule_lets_them(login: Login, office: Office) -> None:
    mine, other, followed = office.register(), office.register(), office.register()
    mine.reach("find_cause")
    with office.application.database.write() as connection:
        row = {"case_id": followed.id, "person_id": office.person_id("engineer"), "estate_id": office.estate_id()}
        connection.execute(sa.insert(t.watcher).values(row))

    engineer = login("engineer")

    assert set(numbers(engineer.get("/register"))) == {mine.number, followed.number}
    assert numbers(engineer.get("/register", query_string={"q": other.number})) == []
    assert numbers(engineer.get("/register", query_string={"estate": office.estate_id("BT")})) == []
