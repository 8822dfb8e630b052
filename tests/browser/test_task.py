"""What a person types at a task or with a caller on the telephone: kept, sent up, done in seconds."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.office import Office

pytestmark = pytest.mark.browser

REASON = "[name=validity_reason]"


def status(page: Page) -> object:
    """Where the page says whether what was typed is kept."""
    return page.locator("[data-rd-draft-status]")


def test_what_is_typed_outlives_a_reload_a_lost_connection_and_an_ended_session(visit: Visit, office: Office) -> None:
    case = office.register(subject="电梯异响")
    path = f"/tasks/{case.item('judge_complaint')['id']}"
    page = visit("刘敏")
    page.goto(path)

    page.locator(REASON).press_sequentially("看过现场")
    expect(status(page)).to_contain_text("草稿已保存 09:00")
    page.reload()
    expect(page.locator(REASON)).to_have_value("看过现场")

    page.context.set_offline(True)
    page.locator(REASON).fill("看过现场，轿厢有异响")
    page.locator(REASON).blur()
    expect(status(page)).to_contain_text("连接断开，内容保存在本机")
    page.get_by_role("button", name="完成", exact=True).click()
    expect(page.locator(REASON)).to_have_value("看过现场，轿厢有异响")
    page.context.set_offline(False)
    expect(status(page)).to_contain_text("草稿已保存")
    assert page.evaluate("sessionStorage.length") == 0

    page.context.clear_cookies()
    page.locator(REASON).fill("看过现场，轿厢有异响，已拍照")
    page.locator(REASON).blur()
    expect(status(page)).to_contain_text("登录已结束")
    page.get_by_role("link", name="重新登录").click()
    page.locator("button[name=person_id]", has_text="刘敏").first.click()
    expect(page.locator(REASON)).to_have_value("看过现场，轿厢有异响，已拍照")
    expect(status(page)).to_contain_text("草稿已保存")
    assert page.evaluate("sessionStorage.length") == 0
