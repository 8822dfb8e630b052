"""The pages of inspections: drawn by chance, looked at one by one, measures followed to the end."""

from __future__ import annotations

import pytest

from engine.storage import tables as t
from tests.office import Office
from tests.web.conftest import Login
from tests.web.pages import Browser, Page

SCRIPT = "<script>alert(1)</script>"


def begin(browser: Browser, office: Office, **changed: str) -> Page:
    days = {"first_day": "2026-09-01", "last_day": "2026-09-30", "sample": "2"}
    entries = {"estate_id": office.estate_id(), "subject": "九月抽查", "inspector": "街道办", "outside": "1", **days, **changed}
    return browser.fill("/inspections", **entries)


@pytest.mark.clause("S2.15")
def test_an_inspection_from_the_draw_to_the_effect(login: Login, office: Office) -> None:
    for number in range(3):
        office.register(subject=f"第 {number} 件")
    manager, supervisor = login("manager"), login("supervisor")

    page = manager.follow(begin(manager, office))
    path = page.tree.xpath("//form[contains(@action, '/measures')]/@action")[0].removesuffix("/measures")
    first, second = page.tree.xpath("//form[contains(@action, '/cases/')]/@action")
    silent = manager.post(first, {"conforming": "0", "remark": ""})
    manager.post(first, {"conforming": "0", "clause": "S1.23", "remark": "没有写完成期限"})
    manager.post(second, {"conforming": "1"})
    manager.post(
        f"{path}/measures", {"text": "写明期限", "responsible_id": office.person_id("supervisor"), "due_on": "2026-09-30"}
    )
    early = manager.post(f"{path}/close", {"conclusion": "结论", "effect": "成效"})
    office.clock.advance(days=5)
    late = manager.get("/inspections")
    finish = supervisor.get("/measures").tree.xpath("//form[contains(@action, '/measures/')]/@action")[0]
    supervisor.follow(supervisor.post(finish, {"outcome": "已写明"}))
    closed = manager.follow(manager.post(f"{path}/close", {"conclusion": "一件不符合", "effect": "已改善"}))

    assert "街道办" in page.text and "3 件中随机抽取 2 件" in page.text
    assert silent.status == 422 and "请写明情况" in " ".join(silent.errors)
    assert early.status == 409 and "1 项措施逾期" in late.notices
    assert (
        "已改善" in closed.text
        and "没有写完成期限" in closed.text
        and not closed.tree.xpath("//form[contains(@action, '/cases/')]")
    )


def test_what_is_wrong_stands_at_its_field(login: Login, office: Office) -> None:
    office.register()
    manager = login("manager")

    wrong = begin(manager, office, sample="many", subject="", last_day="2026-08-01")
    no_day = begin(manager, office, first_day="")
    nothing = begin(manager, office, first_day="2026-01-01", last_day="2026-01-31")
    page = manager.follow(begin(manager, office, subject=SCRIPT))
    path = page.tree.xpath("//form[contains(@action, '/measures')]/@action")[0]
    measure = manager.post(path, {"text": "", "responsible_id": "nobody", "due_on": "2020-01-01"})

    assert (wrong.status, no_day.status, nothing.status, measure.status) == (422, 422, 422, 422)
    assert len(wrong.errors) == 3 and "没有可抽查的" in nothing.errors[0] and len(measure.errors) == 3
    assert wrong.form("/inspections")["inspector"] == "街道办" and SCRIPT not in page.text


def test_nobody_else_sees_or_changes_it(login: Login, office: Office) -> None:
    office.register()
    path = begin(login("manager"), office).location

    for name in ("reception", "bitong", "admin"):
        stranger = login(name)
        assert stranger.get("/inspections").status == 403 and begin_at(stranger, office).status == 403
        assert stranger.get(path).status == 404 and stranger.post(f"{path}/close", {"conclusion": "x", "effect": "x"}).status in (
            403,
            404,
        )
    assert login("manager").get("/inspections/none").status == 404
    (row,) = office.rows(t.inspection.select())
    assert row["closed_at"] is None


def begin_at(browser: Browser, office: Office) -> Page:
    days = {"first_day": "2026-09-01", "last_day": "2026-09-30", "sample": "2"}
    return browser.post("/inspections", {"estate_id": office.estate_id(), "subject": "x", "inspector": "x", **days})
