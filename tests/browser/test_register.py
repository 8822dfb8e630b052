"""The register with a mouse: columns chosen, words found, pages turned, a month gone to, and a file had of what is seen."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from engine.bootstrap import Application
from engine.commands.access import SetLanguage
from engine.commands.imports.store_records import Record, StoreRecords
from tests.browser.conftest import PHONE, Visit
from tests.office import Office
from webforms.blueprints.register import exporting

ROWS = 60
WORDS = {
    "zh_Hans": ("列", "房号", "就看这些列", "较早的", "导出", "导出 Excel", "等待开始", "做好了", "下载 Excel", "共 20 件"),
    "en": ("Columns", "Room", "Show these", "Older", "Export", "Export Excel", "Waiting", "Ready", "Download Excel", "Cases: 20"),
}


def fill(office: Office) -> None:
    """Historic records, one an hour back from now; every third is about a lift."""
    names = office.application.catalogue.intake(office.clock.now()).procedure.register
    made = (
        Record(
            f"{place}",
            {
                names["subject"]: "电梯又停运" if place % 3 == 0 else "水管漏水",
                names["heard_at"]: office.clock.now() - timedelta(hours=place + 1),
            },
        )
        for place in range(ROWS)
    )
    office.execute(StoreRecords(office.estate_id(), tuple(made)), "admin")


def readable(page: Page) -> None:
    """No fault that keeps anybody from reading the page."""
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in found if fault["impact"] in ("serious", "critical")] == []


@pytest.mark.browser
@pytest.mark.parametrize("language", WORDS)
def test_the_book_is_narrowed_turned_and_taken_along(
    visit: Visit, office: Office, application: Application, language: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    columns, room, show, older, export, excel, waiting, ready, download, under = WORDS[language]
    monkeypatch.setattr(exporting, "AT_ONCE", 0)
    fill(office)
    office.execute(SetLanguage(language), "supervisor")
    page = visit("刘敏")
    page.goto("/register")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(50)
    readable(page)

    page.get_by_text(columns, exact=True).click()
    page.get_by_label(room, exact=True).check()
    readable(page)
    page.get_by_role("button", name=show).click()
    expect(page.locator("thead th").last).to_have_text(room)

    page.get_by_role("link", name=older).click()
    expect(rows.first.locator("td").first).to_have_text("51")
    page.locator("input[type=month]").fill("2026-09")
    page.locator("input[type=month]").press("Enter")
    expect(rows.first.locator("td").first).to_have_text("1")

    page.locator("main input[type=search]").fill("电梯")
    page.locator("main input[type=search]").press("Enter")
    expect(rows).to_have_count(ROWS // 3)
    expect(page.locator("tbody mark").first).to_have_text("电梯")

    page.locator("summary").get_by_text(export, exact=True).click()
    page.get_by_role("button", name=excel).click()
    expect(page.get_by_text(waiting)).to_be_visible()
    readable(page)
    application.make_exports()
    expect(page.get_by_text(ready)).to_be_visible(timeout=10_000)
    readable(page)
    with page.expect_download() as kept:
        page.get_by_role("link", name=download).click()
    kept.value.save_as(tmp_path / "register.xlsx")
    written = CalamineWorkbook.from_path(tmp_path / "register.xlsx").get_sheet_by_index(0).to_python()
    assert len(written) == 1 + ROWS // 3 + 1 and written[0][-1] == room and written[-1][1] == under
    assert {row[3] for row in written[1:-1]} == {"电梯又停运"}


@pytest.mark.browser
def test_on_a_phone_and_without_scripts_the_book_is_exported_too(visit: Visit, office: Office) -> None:
    fill(office)
    page = visit("刘敏", size=PHONE, scripts=False)
    page.goto("/register?q=电梯")

    page.locator("summary").get_by_text("导出", exact=True).click()
    page.get_by_role("button", name="导出 CSV").click()

    expect(page.get_by_role("link", name="下载 CSV")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
