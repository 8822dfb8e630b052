"""What the stories about publishing have in common: looking at a page, and signing a version as one of three people."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, Visit, read_in_english, words_of

SERIOUS = {"serious", "critical"}
#: Boxes, cursors and colours of the editor's own parts are its makers'.
THEIRS = {"exclude": [[".djs-container"]]}
#: Who signs in which part, in their order.
SIGNERS = (("曹颖", "author"), ("高翔", "reviewer"), ("罗建平", "approver"))
#: Checking and playing stories takes long on a busy machine.
BUSY = 60_000


def look(page: Page) -> None:
    """What anybody must be able to read, and nothing wider than the window; a page that is being left is waited for."""
    expect(page.locator("html[data-rd-leaving]")).to_have_count(0, timeout=BUSY)
    page.wait_for_load_state()
    found = Axe().run(page, context=THEIRS).response["violations"]
    grave = [(page.url, fault["id"], fault["nodes"][0]["html"]) for fault in found if fault["impact"] in SERIOUS]
    assert grave == [], grave
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url


def in_language(page: Page, language: str) -> Page:
    """The page in that language."""
    if language.startswith("en"):
        read_in_english(page)
    return page


def signed(
    visit: Visit, version: str, name: str, part: str, *, language: str = "zh-CN", size: tuple[int, int] = DESK
) -> Page:
    """The version's page after that person has gone from it to the task and signed there."""
    said = words_of(language)
    page = in_language(visit(name, size=size, language=language), language)
    page.goto(version)
    page.get_by_role("link", name=said("version.sign_task")).click()
    expect(page.get_by_role("link", name=said("version.to_read"))).to_be_visible()
    page.locator("main input[type=checkbox], main input[type=radio]").first.check()
    page.get_by_role("button", name=said("task.complete"), exact=True).click()
    page.wait_for_url("**/done")
    page.goto(version)
    return page
