"""Improvement plans and the ledger on their pages: made, measured, put into the month's report, read by whom they concern."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from tests.office import Office
from tests.web.conftest import Login

FIRST_OF_OCTOBER = datetime(2026, 10, 1, 0, 0, tzinfo=UTC)
SCRIPT = "<script>alert(1)</script>"


def test_a_plan_is_made_measured_and_told_in_the_report(login: Login, office: Office) -> None:
    manager = login("manager")
    assert "新的改进计划" in manager.get("/plans").text
    wrong = manager.fill("/plans/new", title=SCRIPT, due_on="gestern", figure="x")
    assert wrong.status == 422 and len(wrong.errors) >= 5 and SCRIPT not in wrong.text and "gestern" in wrong.text

    typed = {"title": SCRIPT, "reason": "r", "measure": "m", "responsible": office.person_id("engineer"), "figure": "received"}
    days = {"due_on": "2026-11-30", "before_from": "2026-08-01", "before_until": "2026-08-31"}
    made = manager.follow(manager.fill("/plans/new", estate=office.estate_id(), **typed, **days))

    assert made.heading == SCRIPT and SCRIPT not in made.text and "“之前”的数字已取" in made.text
    address = made.links("/plans/")[0].removesuffix("/edit")
    office.register()
    office.go_to(FIRST_OF_OCTOBER)
    engineer = login("engineer")
    again = engineer.fill(address, f"{address}/measure", after_from="2026-09-01", after_until="2026-12-31", effect="多了")
    assert again.status == 422 and "还没有过完" in again.text and "多了" in again.text
    done = engineer.follow(
        engineer.fill(address, f"{address}/measure", after_from="2026-09-01", after_until="2026-09-30", effect="多了")
    )
    assert "没有好转" in done.text and "已检验成效" in done.text
    assert manager.get(f"{address}/edit").status == 403

    (report,) = office.begun("reporting")
    supervisor = login("supervisor")
    page = supervisor.get(f"/reports/{report.id}")
    (row,) = page.tree.xpath("//tr[td='多了']")
    assert [cell.text_content() for cell in row][5:7] == ["0", "1"]
    book = CalamineWorkbook.from_filelike(BytesIO(supervisor.client.get(f"/reports/{report.id}/report.xlsx").data))
    assert [cell for cell in book.get_sheet_by_name("服务改进计划").to_python()[-1]][5:8] == [0.0, 1.0, "多了"]
    paper = PdfReader(BytesIO(supervisor.client.get(f"/reports/{report.id}/report.pdf").data))
    assert "服务改进计划" in "".join(one.extract_text() for one in paper.pages)


def test_a_line_is_entered_taken_back_and_taken_away(login: Login, office: Office) -> None:
    manager = login("manager")
    wrong = manager.fill("/ledger", kind="reward", amount="viel", reason=SCRIPT)
    assert wrong.status == 422 and SCRIPT not in wrong.text and 'value="viel"' in wrong.text

    whom = {"kind": "reward", "estate": office.estate_id(), "person": office.person_id("engineer"), "level": "bonus"}
    why = {"amount": "1,300.50", "reason": "=1+1 得力", "decided_by": "部门、董事", "decided_on": "2026-09-27"}
    entered = manager.follow(manager.fill("/ledger", **whom, **why))
    assert "1,300.5 元" in entered.text.replace("1300.5", "1,300.5") and "已登记" in entered.text
    (counter,) = entered.tree.xpath("//form[contains(@action, '/counter')]/@action")
    name = f"counter-{counter.split('/')[2]}"
    assert manager.post(counter, {name: " "}).status == 422
    assert "已冲销" in manager.follow(manager.post(counter, {name: "登错"})).text

    assert "得力" in login("engineer").get("/ledger").text
    guard = login("guard").get("/ledger")
    assert "得力" not in guard.text and "导出" not in guard.text and "没有与您有关的" in guard.text
    taken = manager.client.post("/ledger/export", data={"csrf_token": manager.token()})
    rows = CalamineWorkbook.from_filelike(BytesIO(taken.data)).get_sheet_by_index(0).to_python()
    assert [row[8] for row in rows[1:]] == ["登错", "=1+1 得力"] and login("guard").post("/ledger/export").status == 403


def test_what_nobody_made_is_not_there(login: Login) -> None:
    manager = login("manager")

    assert {manager.get(path).status for path in ("/plans/none", "/plans/none/edit")} == {404}
    assert {manager.post(path).status for path in ("/plans/none/measure", "/plans/none/drop", "/ledger/none/counter")} == {404}
