"""Papers as a person makes them: looked at, issued under a number, downloaded, found in the log; in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit
from tests.office import Case, Office
from tests.papers import fonts, opened, words

pytestmark = [pytest.mark.browser, pytest.mark.pdf]

SERIOUS = {"serious", "critical"}


def handled(office: Office) -> Case:
    """A complaint whose demands are answered."""
    demands = [{"demand_text": "修好三楼灯", "demand_answer": "granted", "demand_offer": "本周内更换"}]
    case = office.register(subject="三楼楼道灯不亮", complainant_name="张文秀", demands=[{"demand_text": "修好三楼灯"}])
    case.reach("confirm_with_complainant", demands=demands)
    return case


def is_accessible(page: Page) -> None:
    """Axe finds nothing serious."""
    found = Axe().run(page).response["violations"]
    assert [fault["id"] for fault in found if fault["impact"] in SERIOUS] == []


def downloaded(page: Page, name: str) -> tuple[str, bytes]:
    """What a link gives to be saved: its name and its bytes."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name).first.click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_a_reply_is_looked_at_issued_and_downloaded(visit: Visit, office: Office) -> None:
    case = handled(office)
    page = visit("刘敏")
    page.goto(f"/cases/{case.id}/documents")
    is_accessible(page)

    page.get_by_role("link", name="关于投诉处理结果的答复").click()
    expect(page.locator(".rd-paper")).to_contain_text("您提出：修好三楼灯　我们的答复：同意。本周内更换")
    expect(page.locator(".rd-paper")).to_contain_text("草稿，未编号")
    is_accessible(page)
    page.get_by_role("button", name=f"发出，编号 {case.number}-复-1").click()
    expect(page.get_by_role("status").filter(has_text=f"已发出，编号 {case.number}-复-1。")).to_be_visible()

    name, content = downloaded(page, f"下载 {case.number}-复-1")
    assert name == f"关于投诉处理结果的答复 {case.number}-复-1.pdf"
    pdf = opened(content)
    assert f"编号{case.number}-复-1" in words(pdf) and "张文秀" in words(pdf) and "草稿" not in words(pdf)
    assert all(fonts(pdf).values())
    page.goto("/documents")
    expect(page.get_by_role("row").filter(has_text=f"{case.number}-复-1")).to_contain_text("刘敏")
    is_accessible(page)


def test_an_english_letter_is_issued_on_a_phone_without_scripts(visit: Visit, office: Office) -> None:
    case = handled(office)
    page = visit("刘敏", size=PHONE, scripts=False, language="en-US")
    page.goto(f"/cases/{case.id}/documents/reply_letter?language=en")

    expect(page.locator(".rd-paper")).to_contain_text("Dear 张文秀,")
    page.get_by_role("button", name=f"{case.number}-复-1").click()
    page.get_by_role("button", name=f"{case.number}-复-2").wait_for()

    _, content = downloaded(page, f"{case.number}-复-1")
    assert "Youasked:修好三楼灯Ouranswer:granted.本周内更换" in words(opened(content))
    page.goto(f"/cases/{case.id}/documents/reply_letter/print?language=en")
    expect(page.get_by_role("heading", name="Reply to your complaint")).to_be_visible()


def test_the_procedure_is_read_printed_and_had_as_pdf(visit: Visit) -> None:
    page = visit("沈洁")
    page.goto("/procedure/sealing/versions/1")
    page.get_by_role("link", name="打印规程").click()
    expect(page.get_by_role("row", name="编制")).to_be_visible()
    expect(page.locator("svg").first).to_be_visible()
    page.go_back()

    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("link", name="规程 PDF").click()
        expect(page.get_by_role("status").filter(has_text="正在生成 PDF")).to_be_visible()
        is_accessible(page)
    assert "SEALING-01" in words(opened(Path(download.value.path()).read_bytes()))
