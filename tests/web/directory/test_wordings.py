"""The company's own words for messages: places from a closed list, a preview, and the way back."""

from __future__ import annotations

import pytest

from engine.domain.messages import Line, Parcel, Recipient
from engine.domain.text import Text
from engine.outbound.messages.wording import worded
from engine.storage import tables as t
from engine.storage.wordings import filled, read_wordings
from tests.office import Office
from tests.web.conftest import Login

SCRIPT = "<script>alert(1)</script>"
EDIT, PATH = "/directory/wordings?edit=warning", "/directory/wordings"


def parcel(office: Office, language: str) -> Parcel:
    with office.application.database.read() as connection:
        form = read_wordings(connection).get("warning")
    about = ("case", "YH-2026-00001", Text("派单", "Dispatch"), office.clock.now().replace(hour=3))
    line = Line("m", "warning", Text("原话", "As shipped"), False, *about, form)
    return Parcel("p", "mail", (Recipient("x", "x", language, "x@example.com"),), (line,), 1)


def said(office: Office, language: str) -> str:
    return worded(parcel(office, language), language, "", office.clock.now()).entries[0].words


def test_words_are_previewed_kept_said_and_taken_back(login: Login, office: Office) -> None:
    admin = login("admin")

    preview = admin.fill(EDIT, PATH, _preview="1", text_zh="请抓紧：{task}（{number}），{left}。")
    before = office.rows(t.message_wording.select())
    listed = admin.follow(admin.fill(EDIT, PATH, text_zh="请抓紧：{task}（{number}），{left}。", reason="更亲切"))
    kept = (said(office, "zh_Hans"), said(office, "en"))
    admin.follow(admin.fill(EDIT, PATH, text_zh="", text_en=""))

    assert "请抓紧：判断投诉（YH-2026-00042），还剩 1 小时 40 分钟。" in preview.text and before == []
    assert "请抓紧" in preview.form(PATH)["text_zh"] and "请抓紧" in listed.text
    assert kept[0] == "请抓紧：派单（YH-2026-00001），还剩 2 小时。" and kept[1].startswith("请抓紧：Dispatch")
    assert said(office, "zh_Hans") == "原话（还剩 2 小时）" and office.rows(t.message_wording.select()) == []


@pytest.mark.parametrize("words", ["{nmae} 您好", "{number", "}", "{number.__class__}", "{}", "{{number}}", "字" * 501])
def test_an_unknown_place_is_refused_by_its_name_and_what_was_typed_stays(login: Login, office: Office, words: str) -> None:
    admin = login("admin")

    for button in ({}, {"_preview": "1"}):
        page = admin.fill(EDIT, PATH, text_zh=words, **button)
        assert page.status == 422 and page.form(PATH)["text_zh"] == words and len(page.errors) == 1
    assert "{nmae}" not in words or "不认识 {nmae}" in page.errors[0]
    assert office.rows(t.message_wording.select()) == []


def test_a_kind_that_has_no_task_knows_no_task_and_an_unknown_kind_is_not_there(login: Login, office: Office) -> None:
    admin = login("admin")

    assert admin.fill("/directory/wordings?edit=comment", PATH, text_zh="{task}").status == 422
    assert admin.post(PATH, {"kind": "gossip", "text_zh": "x"}).status == 404
    assert login("manager").post(PATH, {"kind": "warning", "text_zh": "x"}).status == 403


def test_script_is_text_and_what_is_filled_in_is_not_filled_again(login: Login, office: Office) -> None:
    admin = login("admin")

    page = admin.fill(EDIT, PATH, _preview="1", text_zh=SCRIPT)

    assert page.status == 200 and SCRIPT not in page.text
    assert filled("{words}", {"words": "{number}", "number": "1"}) == "{number}"
