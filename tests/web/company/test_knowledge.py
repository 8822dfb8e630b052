"""The pages of knowledge: found, read, changed with a reason."""

from __future__ import annotations

import pytest

from tests.office import Office
from tests.web.conftest import Login

SCRIPT = "<script>alert(1)</script>"
NOTE = {
    "title": "电梯停用的告知",
    "kind": "statute",
    "source": "《特种设备安全法》",
    "text": "**停用超过 4 小时**\n\n- 张贴通知\n- 逐户电话",
}


@pytest.mark.clause("S2.29")
def test_a_note_is_written_found_read_and_changed(login: Login, office: Office) -> None:
    keeper, reader = login("supervisor"), login("guard")

    written = keeper.fill("/knowledge/new", "/knowledge", **NOTE)
    found = reader.get("/knowledge?q=张贴通知")
    page = reader.get(written.location)
    changed = keeper.follow(keeper.fill(f"{written.location}/edit", written.location, text="停用超过 2 小时", reason="制度改了"))
    before = reader.get(f"{written.location}?revision=1")

    assert found.links(written.location) and "没有找到" in reader.get("/knowledge?q=游泳池").text
    assert page.tree.xpath("//strong[text()='停用超过 4 小时']") and len(page.tree.xpath("//article//li")) == 2
    assert "第 2 版" in changed.text and "制度改了" in changed.text
    assert "已有更新的" in before.text and "逐户电话" in before.text


def test_only_those_who_keep_notes_may_write_and_everybody_reads(login: Login, office: Office) -> None:
    guard = login("guard")

    assert guard.get("/knowledge").status == 200 and not guard.get("/knowledge").links("/knowledge/new")
    assert guard.get("/knowledge/new").status == 403 and guard.post("/knowledge", NOTE).status == 403
    assert guard.get("/knowledge/none").status == 404 and guard.get("/knowledge/none?revision=x").status == 404


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(login: Login, office: Office) -> None:
    keeper = login("supervisor")

    page = keeper.fill("/knowledge/new", "/knowledge", **{**NOTE, "title": "", "kind": "rumour", "category": "none_such"})
    day = keeper.fill("/knowledge/new", "/knowledge", **NOTE, valid_from="2026-02-30")
    empty = keeper.fill("/knowledge/new", "/knowledge", title=SCRIPT)

    assert page.status == 422 and len(page.errors) == 3 and page.form("/knowledge")["text"] == NOTE["text"]
    assert day.status == 422 and "请填写日期" in " ".join(day.errors)
    assert empty.status == 422 and SCRIPT not in empty.text


def test_script_is_text_and_a_stale_tab_changes_nothing(login: Login, office: Office) -> None:
    keeper = login("supervisor")
    path = keeper.fill("/knowledge/new", "/knowledge", **{**NOTE, "title": SCRIPT, "text": SCRIPT}).location
    stale = keeper.get(f"{path}/edit").form(path)
    keeper.post(path, {**stale, "text": "新", "reason": "改"})

    late = keeper.post(path, {**stale, "text": "旧", "reason": "也改"})

    assert SCRIPT not in keeper.get(path).text and late.status == 409 and "刚才有人改过" in late.text
