"""A morning at the inbox: taken by key, several at once, kept filters, and colleagues who work at the same time."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from engine.commands import directory, work
from tests.browser.conftest import PHONE, Visit
from tests.office import Case, Office

pytestmark = pytest.mark.browser

GRAVE = {"moderate", "serious", "critical"}
#: A page asks every eight seconds, and what is new has to be seen after ten.
SOON = 10_000


def row_of(page: Page, case: Case) -> Locator:
    """The rows of a case."""
    return page.locator(".rd-inbox-row", has_text=case.number)


def one_more(office: Office, subject: str) -> Case:
    """A complaint a minute later than the one before, so that it stands after it."""
    office.clock.advance(minutes=1)
    return office.register(subject=subject)


def accessible(page: Page) -> None:
    """Nothing that axe calls moderate or worse."""
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in GRAVE] == []


WORDS = {
    "zh": {
        "claimed": "您已认领",
        "taken": "何雨已认领",
        "news": "有 1 项新任务",
        "claim": "认领所选 2 项",
        "said": "已认领 2 项",
        "keys": "收件箱的快捷键",
        "filter": "筛选",
        "urgent": "只看紧急",
        "apply": "应用",
        "keep": "存下这个筛选",
        "save": "保存",
    },
    "en": {
        "claimed": "yours now",
        "taken": "claimed by 何雨",
        "news": "New tasks: 1",
        "claim": "Claim 2 selected",
        "said": "Claimed: 2",
        "keys": "Keys of the inbox",
        "filter": "Filter",
        "urgent": "Emergencies only",
        "apply": "Apply",
        "keep": "Save this filter",
        "save": "Save",
    },
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_morning_at_the_inbox(visit: Visit, office: Office, language: str) -> None:
    said = WORDS[language]
    first, second, third, fourth = (one_more(office, f"第 {number} 件") for number in range(4))
    page = visit("刘敏", language=language)
    page.goto("/inbox/available")
    accessible(page)

    # By keyboard alone: the first is claimed where it stands, the next two are ticked.
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name=said["keys"])).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("j")
    expect(row_of(page, first).get_by_role("link").first).to_be_focused()
    page.keyboard.press("c")
    expect(row_of(page, first)).to_contain_text(said["claimed"])
    expect(page.locator(".rd-tabs [data-rd-count=mine]")).to_have_text("1")
    expect(page).to_have_title(re.compile(r"^\(1\) "))
    assert first.items[0]["holder_id"] == office.person_id("supervisor")
    for _ in range(2):
        page.keyboard.press("j")
        page.keyboard.press("x")
    expect(page.get_by_role("button", name=said["claim"])).to_be_visible()

    # Meanwhile a colleague takes one of them, and a call comes in: told in place, nothing is lost.
    page.evaluate("window.scrollTo(0, 40)")
    stands_in(office)
    office.execute(work.Claim(second.items[0]["id"]), "reception2")
    fifth = office.register(subject="新来的一件")
    expect(row_of(page, second)).to_contain_text(said["taken"], timeout=SOON)
    expect(page.locator("[data-rd-news]")).to_contain_text(said["news"])
    expect(row_of(page, second).get_by_role("button")).to_have_count(0)
    expect(row_of(page, third).get_by_role("checkbox")).to_be_checked()
    expect(row_of(page, third).get_by_role("link").first).to_be_focused()
    expect(row_of(page, fifth)).to_have_count(0)
    accessible(page)
    page.locator("[data-rd-news] a").click()
    expect(row_of(page, fifth)).to_have_count(1)

    # Several at once, and a filter that is kept.
    for case in (third, fourth):
        row_of(page, case).get_by_role("checkbox").check()
    page.get_by_role("button", name=said["claim"]).click()
    expect(page.locator(".rd-notice")).to_contain_text(said["said"])
    page.get_by_text(said["filter"], exact=True).click()
    page.get_by_label(said["urgent"]).check()
    page.get_by_role("button", name=said["apply"]).click()
    page.get_by_role("link", name=said["keep"]).click()
    accessible(page)
    page.locator("[name=name]").first.fill("电梯 <b>困人</b>")
    page.get_by_role("button", name=said["save"], exact=True).click()
    expect(page.locator(".rd-filter[aria-current]", has_text="电梯 <b>困人</b>")).to_be_visible()
    accessible(page)


def stands_in(office: Office) -> None:
    """The colleague holds the role too, for a day."""
    who, now = (office.person_id("supervisor"), office.person_id("reception2")), office.clock.now()
    office.execute(directory.SetDeputy(*who, now - timedelta(hours=1), now + timedelta(days=1)), "admin")


def test_a_task_is_claimed_on_a_phone_by_pushing_it_aside(visit: Visit, office: Office) -> None:
    case, other = office.register(subject="电梯异响"), office.register(subject="路灯不亮")
    page = visit("刘敏", size=PHONE)
    page.goto("/inbox/available")
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    box = row_of(page, case).bounding_box()

    swipe(page, box["x"] + 60, box["y"] + 20, by=160)

    expect(row_of(page, case)).to_contain_text("您已认领")
    assert case.items[0]["holder_id"] == office.person_id("supervisor")
    row_of(page, other).get_by_role("button", name="认领").click()
    expect(row_of(page, other)).to_contain_text("您已认领")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.context.clear_cookies()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-rd-state]")).to_contain_text("登录已过期")


def swipe(page: Page, x: float, y: float, by: float) -> None:
    """A finger that moves sideways, as the browser reports it."""
    page.evaluate(
        """([x, y, by]) => {
            const at = document.elementFromPoint(x, y);
            const say = (kind, dx) => at.dispatchEvent(new PointerEvent(kind, {
                bubbles: true, pointerType: 'touch', pointerId: 1, clientX: x + dx, clientY: y,
            }));
            say('pointerdown', 0);
            for (const part of [0.3, 0.6, 1]) say('pointermove', by * part);
            say('pointerup', by);
        }""",
        [x, y, by],
    )


def test_whoever_has_a_long_name_reaches_everything_on_a_telephone(visit: Visit, office: Office) -> None:
    name = "司马" * 30
    office.execute(directory.SavePerson("manager", name, person_id=office.actor("manager").person_id, demo=True), "admin")
    page = visit(name, size=PHONE)

    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    page.locator(".rd-menu summary").click()
    expect(page.get_by_role("button", name="English")).to_be_in_viewport(ratio=1)
