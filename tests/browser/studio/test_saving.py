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


def changed(page: Page, name: str, amount: str) -> None:
    """Write another length into a line of the table and go on to the next field."""
    field = page.get_by_label(name).first
    field.fill(amount)
    field.press("Tab")
