"""A signed-in owner's browser before a served application with a draft of the complaint procedure."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from playwright.sync_api import Page, expect, sync_playwright

from bench.ground import COMPLAINT, ground
from bench.serving import served
from engine.clock import ManualClock
from engine.demo import PASSWORD
from tests.office import Office

SIZE = {"width": 1280, "height": 800}
_START = datetime(2026, 9, 28, 1, 0, tzinfo=UTC)
_PATIENCE = 120_000


@dataclass(frozen=True, slots=True)
class Desk:
    """The owner's page, the address of the draft's studio, and the office behind it."""

    page: Page
    studio: str
    office: Office

    def open(self, path: str) -> str:
        """Open a diagram; ``yes`` once it is drawn, ``failed`` when it cannot be."""
        self.page.goto(f"{self.studio}?file={path}")
        there = self.page.locator("[data-rd-studio][data-ready]")
        expect(there).to_have_count(1, timeout=_PATIENCE)
        return there.get_attribute("data-ready") or ""

    def save(self) -> None:
        """Have what is drawn saved."""
        self.page.locator("[data-rd-do=save]").click()
        expect(self.page.locator("[data-rd-status]")).to_have_attribute("data-state", "saved", timeout=_PATIENCE)


@contextmanager
def desk() -> Iterator[Desk]:
    """A new draft, opened."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with ground() as place, sync_playwright() as playwright:
        clock = ManualClock(_START)
        application = place.application(COMPLAINT, clock)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        with served(application, settled=True) as address:
            page = browser.new_context(base_url=address, viewport=SIZE, locale="zh-CN").new_page()  # type: ignore[arg-type]
            page.set_default_timeout(_PATIENCE)
            page.goto("/sign-in")
            page.fill("#login", "owner")
            page.fill("#password", PASSWORD)
            page.press("#password", "Enter")
            page.wait_for_url("**/inbox*")
            page.goto("/procedure/complaint/versions")
            page.locator("form[action$='/drafts/new'] button").click()
            page.wait_for_url("**/studio")
            yield Desk(page, page.url, Office(application, clock))
        browser.close()
        application.close()
