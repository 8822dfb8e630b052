"""Messages as people meet them: the line on every page, the bell without a reload, the way to the task, and the settings."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from engine.bootstrap import Application, build
from engine.clock import ManualClock
from engine.settings import Settings
from tests.browser.conftest import PHONE, Visit
from tests.office import Office
from tests.receiving import WeCom, wecom_server

pytestmark = pytest.mark.browser
PAGES = ("/messages", "/messages/settings")


@pytest.fixture
def wecom() -> Iterator[tuple[WeCom, str]]:
    """A WeCom of this machine."""
    with wecom_server() as served:
        yield served


@pytest.fixture
def application(settings: Settings, clock: ManualClock, wecom: tuple[WeCom, str]) -> Iterator[Application]:
    """An installation that writes to a WeCom group."""
    url = f"{wecom[1]}/cgi-bin/webhook/send?key={WeCom.KEY}"
    built = build(Settings(**settings.model_dump() | {"wecom_url": url}), clock)
    yield built
    built.close()


def looked_at(page: Page, *paths: str) -> None:
    """Nothing that axe finds, and nothing that has to be scrolled sideways."""
    for path in paths:
        page.goto(path)
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
        assert found.response["violations"] == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]


def test_an_urgent_message_shows_by_itself_and_leads_to_the_task(visit: Visit, office: Office) -> None:
    page = visit("张倩")
    page.goto("/register")
    expect(page.get_by_text("有新的要紧消息")).to_be_hidden()
    case = office.register_emergency()
    office.let_pass(minutes=4)

    # Within ten seconds, without a reload.
    expect(page.locator(".rd-menu summary [data-rd-count=unread]")).to_have_text("1", timeout=15_000)
    expect(page.get_by_text("有新的要紧消息")).to_be_visible()
    page.goto("/inbox")
    line = page.locator(".rd-pressing:visible")
    expect(line).to_contain_text(case.number)
    line.get_by_role("button", name=re.compile("打开")).click()
    expect(page).to_have_url(re.compile("/tasks/"))
    expect(page.locator(".rd-pressing:visible")).to_have_count(0)
    looked_at(page, *PAGES)


def test_people_choose_what_reaches_them_and_try_it(visit: Visit, office: Office, wecom: tuple[WeCom, str]) -> None:
    page = visit("刘敏", size=PHONE, language="en-GB")
    page.goto("/messages")
    page.get_by_role("link", name="Notification settings").click()
    page.get_by_label("Mobile number").fill("12")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#address_wecom-error")).to_contain_text("no mobile number")
    page.get_by_label("Mobile number").fill("138 0000 1111")
    page.get_by_label("My own").check()
    page.get_by_label("New tasks that I may do").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Your settings are saved")).to_be_visible()
    page.get_by_role("button", name="Send a test message").click()
    expect(page.get_by_text("The test is on its way")).to_be_visible()
    office.application.deliver()
    page.get_by_role("link", name="Reload").click()
    page.reload()
    expect(page.get_by_text("The service accepted the test")).to_be_visible()

    assert wecom[0].posted[0]["text"]["mentioned_mobile_list"] == ["13800001111"]
    case = office.register()
    page.goto("/messages")
    expect(page.locator(".rd-messages")).to_contain_text("New task “2 Judge the complaint”")
    looked_at(page, *PAGES)
    page.goto("/messages")
    page.get_by_role("button", name=re.compile("Go to the task")).click()
    expect(page).to_have_url(re.compile(case.items[0]["id"]))
