"""Files of the register from the pages: asked for, waited for, had by the person who asked alone."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from engine.bootstrap import Application
from tests.office import Office
from tests.web.conftest import Login
from tests.web.pages import Browser, Page
from webforms.blueprints.register import exporting


def asked(browser: Browser, kind: str = "xlsx", **query: str) -> Page:
    """The page of an export, asked for on the register's page."""
    form = browser.get("/register", query_string=query).form("/register/exports")
    return browser.follow(browser.post("/register/exports", {**form, "format": kind}))


def saved(page: Page) -> str:
    """Where the file is had."""
    return str(next(link for link in page.links("/register/exports/") if link.endswith("/file")))


def test_what_is_seen_is_exported_at_once_when_it_is_little(login: Login, office: Office) -> None:
    case = office.register(subject="天台漏雨")
    office.register(subject="=1+1")
    supervisor = login("supervisor")

    page = asked(supervisor, q="天台漏雨", cols="subject,status")

    assert "做好了，共 1 件" in page.text
    with supervisor.client.get(saved(page)) as answer:
        assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
        assert answer.headers["Cache-Control"] == "private, no-store"
        rows = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["序号", "编号", "事由", "状态"] and rows[1][1:] == [case.number, "天台漏雨", "办理中"]
    assert supervisor.get("/register/exports").links("/register/exports/") == [saved(page).removesuffix("/file")]


def test_a_large_one_is_waited_for_and_may_be_left(
    login: Login, office: Office, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 0)
    office.register()
    supervisor = login("supervisor")

    page = asked(supervisor, "csv")
    assert "等待开始" in page.text and page.tree.xpath("//progress") and not [link for link in page.links("/") if "file" in link]
    where = page.tree.xpath("//*[@id='progress']/@hx-get")[0]
    assert supervisor.client.get(f"{where}/file").status_code == 404

    application.make_exports()

    part = supervisor.get(where, headers={"HX-Request": "true"})
    assert "做好了" in part.text and "<html" not in part.text
    with supervisor.client.get(f"{where}/file") as answer:
        assert answer.data.startswith(b"\xef\xbb\xbf")


def test_nobody_else_has_or_sees_or_ends_it(login: Login, office: Office) -> None:
    office.register()
    page = asked(login("supervisor"))
    address, other = saved(page), login("reception")

    assert other.get(address).status == other.get(address.removesuffix("/file")).status == 404
    assert other.post(address.replace("/file", "/cancel")).status == 404
    assert other.get("/register/exports").links("/register/exports/") == []
    assert other.get("/register/exports/../../secret.key/file").status == 404
    assert other.get("/register/exports/nothing/file").status == 404


def test_the_file_can_be_taken_away_once(login: Login, office: Office, application: Application) -> None:
    office.register()
    supervisor = login("supervisor")
    address = saved(asked(supervisor))

    page = supervisor.follow(supervisor.post(address.replace("/file", "/cancel")))

    assert "文件已删除" in page.text and list(application.exports_dir.iterdir()) == []
    assert supervisor.get(address).status == 404
    assert supervisor.post(address.replace("/file", "/cancel")).status == 409


@pytest.mark.parametrize(
    "given",
    [
        {"format": "exe"},
        {"format": ""},
        {"format": ["xlsx", "csv"], "cols": "password"},
        {"format": "xlsx", "state": "' or 1=1", "since": "x", "cols": "<script>alert(1)</script>"},
        {"format": "csv", "q": "<script>alert(1)</script>" * 30, "estate": "../../etc"},
    ],
)
def test_bad_input_is_answered_with_a_sentence_and_never_breaks(login: Login, office: Office, given: dict[str, Any]) -> None:
    office.register()

    page = login("supervisor").post("/register/exports", given)

    assert page.status in (303, 422) and "alert(1)" not in page.text
    if page.status == 422:
        assert "请选 Excel 或 CSV" in page.notices


def test_too_many_at_once_are_refused_with_the_way_out(login: Login, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 0)
    office.register()
    supervisor = login("supervisor")
    for _ in range(3):
        asked(supervisor)

    page = supervisor.post("/register/exports", {"format": "csv"})

    assert page.status == 409 and "先取消一份" in page.notices
