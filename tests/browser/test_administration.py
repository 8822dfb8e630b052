"""An administrator's morning and what the company keeps beside its cases: clicked through in both languages, desk and phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from engine.queries.company import training
from tests.browser.conftest import PHONE, Visit
from tests.engine.company import sheets_of as files
from tests.office import Office

pytestmark = pytest.mark.browser

SERIOUS = {"serious", "critical"}
WORDS = {
    "zh-CN": {
        "find": "查找",
        "added": "新增",
        "too_short": "电话少一位",
        "import": "导入 2 行",
        "imported": "导入完成：新增 2 行",
        "gap": "起无人值班",
        "preview": "预览",
        "said": "请抓紧：判断投诉",
        "would_move": "看看会移动哪些期限",
        "calm": "都不受影响",
        "draw": "抽取投诉",
        "drawn": "1 件中随机抽取 1 件",
        "save": "保存",
        "conforms": "符合",
        "sign": "签名交卷",
        "passed": "通过了",
    },
    "en-GB": {
        "find": "Search",
        "added": "added",
        "too_short": "a digit too few",
        "import": "Import 2 rows",
        "imported": "Imported: 2 rows added",
        "gap": "nobody is on duty",
        "preview": "Preview",
        "said": "请抓紧：Judge the complaint",
        "would_move": "See which deadlines would move",
        "calm": "No running deadline is affected",
        "draw": "Draw the cases",
        "drawn": "1 of 1, by chance",
        "save": "Save",
        "conforms": "conforms",
        "sign": "Sign and hand in",
        "passed": "Passed",
    },
}


@pytest.mark.parametrize("language", list(WORDS))
def test_the_directory_from_a_search_to_an_import(visit: Visit, office: Office, language: str, tmp_path: Path) -> None:
    words = WORDS[language]
    page = arrive(visit, "管理员", language)
    rows = [
        ("YH", "9 号楼", "9-1-101", "钱多多", "13612345678"),
        ("YH", "9 号楼", "9-1-102", "孙九", "1361234567"),
        ("YH", "9 号楼", "9-1-103", "周十", ""),
    ]
    sheet = tmp_path / "households.xlsx"
    sheet.write_bytes(files.excel(files.HOUSEHOLDS, *rows))

    page.goto("/directory/people")
    page.locator("main [name=q]").fill("8004")
    page.locator("main").get_by_role("button", name=words["find"]).click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("link", name="孙强").click()
    all_can_read(page)

    page.goto("/directory/imports")
    page.locator("#file-households").set_input_files(sheet)
    page.locator("form[action$='/households'] button").click()
    expect(page.locator("tr", has_text="孙九")).to_contain_text(words["too_short"])
    all_can_read(page)
    page.get_by_role("button", name=words["import"]).click()
    expect(page.get_by_role("status").filter(has_text=words["imported"])).to_be_visible()

    page.goto(f"/directory/roster?estate={office.estate_id('BT')}&week=2036-10-06")
    expect(page.locator("main")).to_contain_text(words["gap"])
    all_can_read(page)

    page.goto("/directory/wordings?edit=warning")
    page.locator("[name=text_zh]").fill("请抓紧：{task}")
    page.get_by_role("button", name=words["preview"]).click()
    expect(page.locator("#preview")).to_contain_text(words["said"])
    all_can_read(page)

    page.goto("/directory/days")
    page.locator("[name=day]").fill("2029-01-02")
    page.locator("[name=reason_zh]").fill("司庆")
    page.get_by_role("button", name=words["would_move"]).click()
    expect(page.locator("#preview")).to_contain_text(words["calm"])
    all_can_read(page)


@pytest.mark.parametrize("language", list(WORDS))
def test_an_inspection_a_note_and_a_check_on_a_phone(visit: Visit, office: Office, language: str) -> None:
    words, case = WORDS[language], office.register()
    manager = arrive(visit, "高翔", language)

    manager.goto("/inspections")
    manager.locator("[name=subject]").fill("九月抽查")
    manager.locator("[name=estate_id]").select_option(index=1)
    manager.locator("[name=first_day]").fill("2026-09-01")
    manager.locator("[name=last_day]").fill("2026-09-30")
    manager.get_by_role("button", name=words["draw"]).click()
    expect(manager.locator("main")).to_contain_text(words["drawn"])
    found = manager.locator(f"#case-{case.id}")
    found.get_by_label(words["conforms"], exact=True).check()
    found.get_by_role("button", name=words["save"]).click()
    expect(manager.locator(f"#case-{case.id} .rd-chip")).to_have_text(words["conforms"])
    all_can_read(manager)

    manager.goto("/knowledge/new")
    manager.locator("[name=title]").fill("电梯停用的告知")
    manager.locator("[name=kind]").select_option(index=1)
    manager.locator("[name=source]").fill("公司制度")
    manager.locator("[name=text]").fill("**张贴通知**")
    manager.get_by_role("button", name=words["save"]).click()
    expect(manager.locator("article strong")).to_have_text("张贴通知")
    for path in ("/knowledge", "/training", "/training/mine", "/inspections"):
        manager.goto(path)
        all_can_read(manager)

    reception = arrive(visit, "张倩", language, PHONE)
    reception.goto("/training/mine")
    reception.locator("a[href^='/training/check/']").first.click()
    with office.application.read() as reader:
        version = office.application.catalogue.intake(office.clock.now()).version_id
        paper = training.paper(reader, office.actor("reception"), version, "reception")
    for number, question in enumerate(paper.questions):
        reception.locator(f"[name=q{number}]").nth(question.right).check()
    reception.locator("[name=signed]").check()
    all_can_read(reception)
    reception.get_by_role("button", name=words["sign"]).click()
    expect(reception.locator(".rd-notice--success").last).to_contain_text(words["passed"])


def arrive(visit: Visit, name: str, language: str, size: tuple[int, int] = (1280, 800)) -> Page:
    """Signed in, reading the language."""
    return visit(name, size=size, language=language)


def all_can_read(page: Page) -> None:
    """Nothing serious by axe, and nothing wider than a phone when it is one; the walk of all pages does the English."""
    if page.locator("html").get_attribute("lang") == "en":
        return
    found = Axe().run(page).response["violations"]
    assert [(page.url, fault["id"], fault["nodes"][0]["html"]) for fault in found if fault["impact"] in SERIOUS] == []
    before = page.viewport_size
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], page.url
    if before is not None:
        page.set_viewport_size(before)
