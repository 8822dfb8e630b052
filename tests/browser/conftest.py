"""A real browser before a really served application, on a manual clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bench.serving import served
from engine.bootstrap import Application
from tests.browser.bounded import bounded
from webforms.wording import WORDS

DESK, PHONE = (1280, 800), (390, 780)
Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium(chromium_path: str) -> Iterator[Browser]:
    """Debian's Chromium, started once. What should be seen has as long as the page itself: a busy machine is no fault."""
    expect.set_options(timeout=30_000)
    with bounded(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def address(application: Application) -> Iterator[str]:
    """Where the application is served while the test runs."""
    application.settings = application.settings.model_copy(update={"demo": True})
    with served(application) as where:
        yield where


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Visit]:
    """Opens the pages as a demo person, in English where the browser is; whatever the browser complains about fails the test."""
    complaints: list[str] = []
    opened: list[Page] = []

    def open_as(name: str, *, size: tuple[int, int] = DESK, language: str = "zh-CN", scripts: bool = True) -> Page:
        viewport = {"width": size[0], "height": size[1]}
        context = chromium.new_context(viewport=viewport, locale=language, java_script_enabled=scripts, base_url=address)  # type: ignore[arg-type]
        # A first look at uploaded files tries them all, which takes long on a busy machine.
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if _is_fault(message) else None)
        page.goto("/sign-in")
        page.locator("button[name=person_id]", has_text=name).first.click()
        if language.startswith("en"):
            read_in_english(page)
        opened.append(page)
        return page

    yield open_as
    for page in opened:
        page.context.close()
    assert complaints == []


def read_in_english(page: Page) -> None:
    """Change the language in the menu, unless the pages are English already."""
    page.locator("html[lang]").wait_for()
    if page.locator("html").get_attribute("lang") != "en":
        page.locator(".rd-menu summary").click()
        page.get_by_role("button", name="English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")


def words_of(language: str) -> Callable[[str], str]:
    """By key, what the pages say in that language up to the first place that is filled in."""

    def said(key: str) -> str:
        text = WORDS[key]
        return (text.en if language.startswith("en") else text.zh).partition("{")[0].strip()

    return said


def _is_fault(message: object) -> bool:
    # A refused form answers 422 or 409, and a test may cut the connection; the page is as it should be.
    expected = ("status of 4", "ERR_INTERNET_DISCONNECTED", "Failed to fetch")
    return message.type == "error" and not any(words in message.text for words in expected)  # type: ignore[attr-defined]
