"""The case file in a browser: the story of a case, its drawing with what happened at each step, a task by keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from engine.commands import cases
from tests.browser.conftest import PHONE, Visit
from tests.office import Office

pytestmark = pytest.mark.browser

ENOUGH = 120
_AT = """([tag, words]) => { const one = document.activeElement;
  return one.tagName === tag && (one.textContent + (one.getAttribute('aria-label') ?? '')).includes(words); }"""
_EMPTY_CHOICE = """() => { const one = document.activeElement;
  return one.type === 'radio' && !document.querySelector(`input[name="${one.name}"]:checked`); }"""


def tab_to(page: Page, tag: str, words: str) -> None:
    """Press Tab until the element with these words has the focus; every empty choice on the way gets its first answer."""
    for _ in range(ENOUGH):
        page.keyboard.press("Tab")
        if page.evaluate(_EMPTY_CHOICE):
            page.keyboard.press("Space")
        if page.evaluate(_AT, [tag, words]):
            return
    raise AssertionError(f"{words} is not reached by keyboard on {page.url}")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_task_is_done_by_keyboard_alone(visit: Visit, office: Office, scripts: bool) -> None:
    case = office.register(subject="电梯异响")
    page = visit("刘敏", scripts=scripts)

    page.goto("/inbox/available")
    page.keyboard.press("Tab")
    expect(page.locator(".rd-skip")).to_be_focused() if scripts else None
    tab_to(page, "A", "判断投诉")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("判断投诉")
    tab_to(page, "BUTTON", "完成")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("已完成")
    assert "judge_complaint" not in case.open_tasks


@pytest.mark.parametrize(
    ("language", "words"), [("zh-CN", ("经过", "第 2 轮", "联系记录")), ("en-GB", ("Timeline", "round 2", "Contacts"))]
)
def test_a_case_tells_its_story(visit: Visit, office: Office, language: str, words: tuple[str, str, str]) -> None:
    case = office.register(subject="楼道灯不亮", complainant_phone="13800003502")
    case.do(cases.LogContact(case.id, "又来电话催问"), "reception")
    case.reach("visit_complainant")
    case.complete("visit_complainant", visit_result="dissatisfied", dissatisfied_reason="又坏了")
    case.reach("propose_plan")
    page = visit("刘敏", language=language)
    timeline, second, contacts = words

    page.goto(f"/cases/{case.id}")
    page.get_by_role("link", name=timeline, exact=True).click()
    expect(page.get_by_text("又来电话催问")).to_be_visible()
    page.goto(f"/cases/{case.id}/diagram?sheet=investigate")
    expect(page.locator(".rd-diagram__canvas")).to_have_attribute("data-ready", "yes")
    expect(page.locator(".djs-shape.rd-mark--done[data-element-id=find_cause]")).to_have_count(1)
    page.locator(".djs-element[data-element-id=find_cause]").click()
    expect(page).to_have_url(re.compile("#step-find_cause$"))
    expect(page.locator("#step-find_cause")).to_contain_text(second)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.get_by_role("link", name=contacts, exact=True).click()
    expect(page.get_by_text("又坏了").first).to_be_visible()
    expect(page.get_by_role("link", name="13800003502")).to_have_attribute("href", "tel:13800003502")
