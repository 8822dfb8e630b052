"""A month's report in the browser: begun by the calendar, written, sent, confirmed, read as charts and tables, taken away."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from tests.browser.conftest import PHONE, Visit, words_of
from tests.office import Case, Office

pytestmark = pytest.mark.browser

FIRST_OF_OCTOBER = datetime(2026, 10, 1, 0, 0, tzinfo=UTC)
WORDS = {
    "zh-CN": ("完成", "月报", "下载 PDF", "下载 Excel", "总数", "收到", "签收", "按投诉类别"),
    "en-US": (
        "Complete",
        "Monthly report",
        "Download PDF",
        "Download Excel",
        "Totals",
        "Received",
        "Confirm receipt",
        "By Category",
    ),
}


@pytest.fixture
def september(office: Office) -> Case:
    """Three complaints of September, one closed; the calendar has begun the month's report."""
    office.register(category="charge", sub_category=None).finish()
    office.register(category="service", sub_category=None)
    office.register_emergency()
    office.go_to(FIRST_OF_OCTOBER)
    (report,) = office.begun("reporting")
    return report


def clean(page: Page) -> None:
    """Axe finds nothing."""
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("language", WORDS)
def test_a_month_report_is_written_sent_received_and_taken_away(
    visit: Visit, office: Office, september: Case, language: str, tmp_path: Path
) -> None:
    complete, heading, pdf, excel, totals, received, confirm, by_category = WORDS[language]
    person = {"supervisor": office.actor("supervisor").name, "board": office.actor("board").name}
    supervisor = visit(person["supervisor"], language=language)
    supervisor.goto(f"/tasks/{september.items[0]['id']}")
    task = supervisor.url
    for name in ("report_evaluation", "report_analysis", "report_improvements"):
        supervisor.locator(f"[name={name}]").fill(f"{name} <b>&")
    supervisor.get_by_role("button", name=complete).first.click()
    expect(supervisor).not_to_have_url(task)

    board = visit(person["board"], language=language)
    board.goto("/reports")
    board.get_by_role("link", name=september.number).click()
    expect(board.get_by_role("heading", level=1)).to_have_text(heading)
    board.get_by_role("button", name=confirm).first.click()
    expect(board.get_by_role("button", name=confirm)).to_have_count(0)

    chart = board.locator("[data-rd-chart]").first
    expect(chart.locator("canvas")).to_be_visible()
    assert _is_painted(chart)
    row = board.locator("table", has_text=totals).or_(board.locator("table")).locator("tr", has_text=received).first
    expect(row.locator("td").nth(1)).to_have_text("3")
    expect(board.get_by_role("heading", name=by_category)).to_be_visible()
    clean(board)

    paper = _taken(board, pdf, tmp_path / "report.pdf")
    assert heading in PdfReader(BytesIO(paper)).pages[0].extract_text()
    book = CalamineWorkbook.from_filelike(BytesIO(_taken(board, excel, tmp_path / "report.xlsx")))
    assert [line[1] for line in book.get_sheet_by_name(totals).to_python() if line[0] == received] == [3.0]


@pytest.mark.parametrize("language", WORDS)
def test_the_dashboard_on_desk_and_phone_and_in_the_dark(visit: Visit, office: Office, september: Case, language: str) -> None:
    page, said = visit(office.actor("manager").name, language=language), words_of(language)
    page.goto("/dashboard")
    number = page.locator(".rd-tile", has_text=said("dashboard.tile.late")).locator(".rd-tile__count").inner_text()
    clean(page)
    page.locator(".rd-tile a", has_text=said("dashboard.tile.late")).click()
    expect(page.locator("tbody tr")).to_have_count(int(number))
    clean(page)

    page.emulate_media(color_scheme="dark")
    page.goto("/dashboard")
    clean(page)
    phone = visit(office.actor("manager").name, size=PHONE, language=language)
    for path in ("/dashboard", "/dashboard/limits/expected", "/plans/new", "/ledger"):
        phone.goto(path)
        assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE[0], path
        clean(phone)


@pytest.mark.parametrize("language", WORDS)
def test_the_dashboard_refreshes_quietly(visit: Visit, office: Office, september: Case, language: str) -> None:
    page, said = visit(office.actor("manager").name, language=language), words_of(language)
    page.clock.install()
    page.goto("/dashboard")
    emergencies = page.locator(".rd-tile", has_text=said("dashboard.tile.emergencies"))
    expect(emergencies).to_contain_text("1")
    emergencies.get_by_role("link").focus()

    office.register_emergency()
    page.clock.fast_forward(61_000)

    expect(emergencies).to_contain_text("2")
    expect(emergencies.get_by_role("link")).to_be_focused()


@pytest.mark.parametrize("language", WORDS)
def test_plans_and_the_ledger_by_clicking(visit: Visit, office: Office, september: Case, language: str) -> None:
    page, said = visit(office.actor("manager").name, language=language), words_of(language)
    page.goto("/plans")
    page.get_by_role("link", name=said("plans.new")).click()
    page.get_by_role("button", name=said("plans.save")).click()
    expect(page.locator("#faults")).to_be_visible()
    clean(page)
    page.get_by_label(said("plans.what")).fill("收费说明上墙")
    for name in ("reason", "measure"):
        page.locator(f"[name={name}]").fill("大堂公示")
    for name in ("estate", "responsible"):
        page.locator(f"[name={name}]").select_option(index=1)
    page.locator("[name=figure]").select_option(index=1)
    page.locator("[name=due_on]").fill("2026-12-31")
    page.get_by_role("button", name=said("plans.save")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("收费说明上墙")
    clean(page)

    page.goto("/ledger")
    page.locator("summary", has_text=said("ledger.add")).click()
    page.locator("[name=kind]").select_option("reward")
    page.locator("[name=estate]").select_option(index=1)
    page.locator("[name=person]").select_option(index=1)
    page.locator("[name=amount]").fill("200")
    page.locator("[name=reason]").fill("业主来信表扬")
    page.locator("[name=decided_by]").fill("工程部、董事")
    page.locator("[name=decided_on]").fill("2026-09-30")
    page.get_by_role("button", name=said("ledger.save"), exact=True).click()
    expect(page.locator("tbody tr", has_text="业主来信表扬")).to_be_visible()
    clean(page)


def _is_painted(chart: Locator) -> bool:
    """Whether anything was drawn on the canvas."""
    canvas = chart.locator("canvas").element_handle()
    assert canvas is not None
    painted = "at => { const d = at.getContext('2d').getImageData(0, 0, at.width, at.height).data; return d.some(v => v > 0); }"
    return bool(canvas.evaluate(painted))


def _taken(page: Page, name: str, to: Path) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    download.value.save_as(to)
    return to.read_bytes()
