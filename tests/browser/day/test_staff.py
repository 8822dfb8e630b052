"""The stories a person clicks: a call, a task on a phone, an emergency, and all of it without scripts."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit
from tests.office import Office

pytestmark = pytest.mark.browser

SERIOUS = {"serious", "critical"}


def record_a_call(page: Page, subject: str) -> None:
    """Fill in what a call needs."""
    page.goto("/record")
    page.locator("[name=channel]").select_option(index=1)
    page.locator("[name=subject]").fill(subject)
    page.locator("[name=occurred_place]").fill("3 号楼 1 单元")


def judge(page: Page) -> None:
    """Answer what judging asks, each with the first choice."""
    for group in page.locator("fieldset.rd-field:has(input[type=radio])").all():
        group.locator("input[type=radio]").first.check()


def test_a_call_is_recorded_with_its_household(visit: Visit) -> None:
    page = visit("张倩")
    record_a_call(page, "电梯异响三天没人管")

    page.locator("#find").press_sequentially("3-1-502")
    page.locator("#found button", has_text="选这一户").click()
    expect(page.locator("[name=complainant_name]")).to_have_value("李晓梅")
    expect(page.locator("[name=subject]")).to_have_value("电梯异响三天没人管")
    page.get_by_role("button", name="保存并记下一个").click()

    expect(page.get_by_role("status").filter(has_text="YH-2026-00001")).to_be_visible()


def test_questions_come_and_go_while_what_was_typed_stays(visit: Visit) -> None:
    page = visit("张倩")
    record_a_call(page, "电梯异响")

    page.get_by_label("由他人代为投诉").check()
    expect(page.locator("[name=proxy_name]")).to_be_visible()
    page.locator("[name='demands[0].demand_text']").fill("修好")
    page.get_by_role("button", name="再加一行").click()
    page.locator("[name='demands[1].demand_text']").fill("书面答复")
    page.get_by_label("由他人代为投诉").uncheck()
    expect(page.locator("[name=proxy_name]")).to_have_count(0)

    expect(page.locator("[name=subject]")).to_have_value("电梯异响")
    expect(page.locator("[name='demands[1].demand_text']")).to_have_value("书面答复")
    page.get_by_role("button", name="删去这行 1").click()
    expect(page.locator("[name='demands[0].demand_text']")).to_have_value("书面答复")


def test_a_task_is_done_on_a_phone(visit: Visit, office: Office) -> None:
    case = office.register(subject="电梯异响")
    page = visit("刘敏", size=PHONE)

    page.goto("/inbox/available")
    page.get_by_role("link", name=re.compile("判断投诉")).click()
    judge(page)
    page.get_by_role("button", name="完成", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("已完成")
    assert "judge_complaint" not in case.open_tasks
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_an_emergency_takes_seconds_and_shows_the_numbers(visit: Visit) -> None:
    page = visit("张倩")

    page.get_by_role("link", name="紧急", exact=True).first.click()
    page.locator("[name=occurred_place]").fill("1 号楼东侧电梯")
    page.locator("[name=subject]").fill("电梯困人")
    page.get_by_role("button", name="立即登记").click()

    now = page.locator(".rd-rung--now")
    expect(now.locator("a")).to_have_attribute("href", "tel:13700008001")
    expect(now.locator(".rd-countdown")).to_have_text(re.compile(r"^[0-3]:\d\d$"))
    expect(page.locator(".rd-action-bar")).to_be_visible()


def test_everything_works_without_scripts(visit: Visit, office: Office) -> None:
    page = visit("张倩", scripts=False)
    record_a_call(page, "电梯异响")
    page.locator("#find").fill("3-1-502")
    page.get_by_role("button", name="查找", exact=True).click()
    expect(page.locator("[name=complainant_name]")).to_have_value("李晓梅")
    page.get_by_label("由他人代为投诉").check()
    page.get_by_role("button", name="按已填内容更新表单").click()
    page.locator("[name=proxy_name]").fill("李晓兰")
    page.get_by_role("button", name="再加一行").click()
    page.get_by_role("button", name="保存并打开").click()
    page.context.close()

    supervisor = visit("刘敏", scripts=False)
    supervisor.goto("/inbox/available")
    supervisor.get_by_role("button", name="认领", exact=True).click()
    supervisor.goto("/inbox/mine")
    supervisor.get_by_role("link", name=re.compile("判断投诉")).click()
    judge(supervisor)
    supervisor.get_by_role("button", name="完成", exact=True).click()

    expect(supervisor.get_by_role("heading", level=1)).to_contain_text("已完成")


def test_pressing_enter_in_a_field_never_completes_a_task(visit: Visit, office: Office) -> None:
    case = office.register_emergency()
    page = visit("张倩")

    page.goto(f"/tasks/{case.item('notify_departments')['id']}")
    field = page.locator("#fields input.form-control").first
    field.fill("还没写完")
    field.press("Enter")

    expect(page.locator("#fields input.form-control").first).to_have_value("还没写完")
    assert "notify_departments" in case.open_tasks


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("size", [(1280, 800), PHONE])
def test_pages_can_be_read_by_everybody(visit: Visit, office: Office, language: str, size: tuple[int, int]) -> None:
    case = office.register_emergency()
    office.register(subject="电梯异响", occurred_place="3 号楼")
    page = visit("张倩", size=size, language=language)

    for path in ("/inbox/followed", "/record", "/emergency", f"/emergency/{case.id}", "/messages", "/nowhere"):
        page.goto(path)
        found = Axe().run(page).response["violations"]
        assert [(path, fault["id"], fault["nodes"][0]["html"]) for fault in found if fault["impact"] in SERIOUS] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], path
