"""Whatever is changed in an editor that is a page reaches the server, or its maker is told that it has not."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.procedure.studio import BUSY, begun
from tests.office import Office

pytestmark = pytest.mark.browser

#: The first lines of the table, each with another length than it has.
CHANGED = {"紧急通知：数额": "4", "上报主管领导：数额": "6", "上报董事：数额": "12"}


def test_no_change_of_a_limit_is_lost(visit: Visit, office: Office) -> None:
    office.register()
    page = visit("曹颖")
    page.goto(f"{begun(page)}?file=limits.dmn")
    status = page.locator("[data-rd-editor-status]")

    # Quicker than the server: each goes after the one before it.
    for name, amount in CHANGED.items():
        changed(page, name, amount)
    expect(status).to_contain_text("已保存", timeout=BUSY)
    expect(page.get_by_label("上报董事：数额").first).to_have_attribute("value", "12", timeout=BUSY)
    page.reload()
    assert {name: page.get_by_label(name).first.input_value() for name in CHANGED} == CHANGED

    # A button that is pressed meanwhile waits for what is being saved.
    changed(page, "紧急通知：数额", "9")
    page.locator("[value=undo]").dispatch_event("click")
    expect(page.locator("[value=redo]")).to_be_enabled(timeout=BUSY)
    expect(page.get_by_label("紧急通知：数额").first).to_have_value("4")

    # Without a connection it says so, keeps what was typed, and saves by itself afterwards.
    page.context.set_offline(True)
    changed(page, "紧急通知：数额", "5")
    expect(status).to_contain_text("没有连上")
    page.context.set_offline(False)
    expect(status).to_contain_text("已保存", timeout=BUSY)
    expect(page.get_by_label("紧急通知：数额").first).to_have_attribute("value", "5", timeout=BUSY)

    # What was not saved when the tab was closed is saved when the page is opened again.
    limits, vocabulary = page.url, page.url.replace("limits.dmn", "fields.yaml&element=impact")
    page.goto(vocabulary)
    page.context.set_offline(True)
    page.locator("#name").fill("波及范围")
    page.locator("#name").press("Tab")
    expect(status).to_contain_text("记在这台电脑上")
    page.context.set_offline(False)
    later = page.context.new_page()
    page.close(run_before_unload=False)
    page = later
    page.goto(vocabulary)
    expect(page.locator("[data-rd-editor-status]")).to_contain_text("已保存", timeout=BUSY)
    expect(page.locator("#name")).to_have_value("波及范围")

    # A button that is pressed while a change is on its way comes after it.
    page.locator("#name").fill("影响大小")
    page.get_by_role("button", name="撤销").click()
    expect(page.locator("#name")).to_have_value("波及范围", timeout=BUSY)
    page.goto(limits)

    # The session is over: whoever signs in again goes on with what was typed.
    page.context.clear_cookies()
    changed(page, "紧急通知：数额", "7")
    page.locator("button[name=person_id]", has_text="曹颖").first.click()
    expect(page.get_by_text("7", exact=True).first).to_be_visible(timeout=BUSY)


def test_no_text_is_lost(visit: Visit, office: Office) -> None:
    office.register()
    page = visit("曹颖")
    studio = begun(page)
    page.goto(f"{studio}?file=documents.yaml&as=text")
    status, text = page.locator("[data-rd-editor-status]"), page.locator("#text")
    before = text.input_value()

    # It saves itself while somebody types; a button pressed before that comes after it.
    text.fill(f"# 一\n{before}")
    expect(status).to_contain_text("已保存", timeout=BUSY)
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_role("button", name="重做")).to_be_enabled(timeout=BUSY)
    assert text.input_value() == before
    text.fill(f"# 二\n{before}")
    page.get_by_role("link", name="回到编辑页").click()
    page.wait_for_url("**/studio?file=documents.yaml", timeout=BUSY)
    page.goto(f"{studio}?file=documents.yaml&as=text")
    assert text.input_value().startswith("# 二\n")

    # Without a connection it says so and keeps it, a closed tab loses nothing, and what came from elsewhere is not written over.
    page.context.set_offline(True)
    text.fill(f"# 三\n{before}")
    expect(status).to_contain_text("连接断开", timeout=BUSY)
    form, later = page.locator("form[data-rd-text]"), page.context.new_page()
    address, token = (form.get_attribute(name) or "" for name in ("data-save", "data-token"))
    headers = {"X-CSRFToken": token, "If-Match": form.locator("[name=seen]").input_value()}
    page.close(run_before_unload=False)
    page = later
    page.context.set_offline(False)
    assert page.request.post(address, data="# 别处\n".encode(), headers=headers).ok
    page.goto(f"{studio}?file=documents.yaml&as=text")
    status, text = page.locator("[data-rd-editor-status]"), page.locator("#text")
    assert text.input_value() == "# 别处\n"
    expect(page.locator("[data-rd-kept]")).to_contain_text("没存上的文本")
    page.get_by_role("button", name="用我的修改").click()
    expect(status).to_contain_text("已保存", timeout=BUSY)
    page.reload()
    assert text.input_value().startswith("# 三\n")

    # Changed elsewhere while it is open: it is told, and what was typed stands here and in the browser.
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("#text").fill("# 四\n")
    expect(other.locator("[data-rd-editor-status]")).to_contain_text("已保存", timeout=BUSY)
    text.fill("# 五\n")
    expect(status).to_contain_text("在别处改过了", timeout=BUSY)
    assert text.input_value() == "# 五\n"
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("[data-rd-kept]")).to_be_visible(timeout=BUSY)


def changed(page: Page, name: str, amount: str) -> None:
    """Write another length into a line of the table and go on to the next field."""
    field = page.get_by_label(name).first
    field.fill(amount)
    field.press("Tab")
