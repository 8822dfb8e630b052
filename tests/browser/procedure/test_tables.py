"""Stories of tables: a limit changed in three clicks, a cell broken and mended, a missing row added with a button."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Route, expect

from engine.commands.versions.editing import digest_of
from engine.procedure.exchange.canonical import canonical_file
from tests.browser.conftest import Visit
from tests.office import Office

pytestmark = pytest.mark.browser

WORDS = {
    "zh-CN": {
        "begin": "修改规程", "limits": "时限表", "kept": "已保存", "amount": "请写一个大于 0 的数", "undo": "撤销",
        "changed": "时限 派单：12 小时 → 8 工作小时", "missing": "加上缺的这一行", "nothing": "检查没有发现问题",
        "gap": "没有一行适用于：等级 = 重要", "unreadable": "读不懂", "both": "第 1 行与第 2 行会同时符合",
        "important": "重要", "role": "主管经理", "rows": "第 1 行 · 第 2 行", "row": "第 2 行",
    },
    "en-GB": {
        "begin": "Edit the procedure", "limits": "Limits", "kept": "Saved", "amount": "Write a number above 0", "undo": "Undo",
        "changed": "Dispatch: 12 hours → 8 working hours", "missing": "Add the missing row", "nothing": "finds nothing",
        "gap": "no row takes Severity = Important", "unreadable": "cannot be read", "both": "rows 1 and 2 match together",
        "important": "Important", "role": "Manager in charge", "rows": "row 1 · row 2", "row": "Row 2",
    },
}  # fmt: skip
BUSY = 45_000
#: What an editor's model has no place for: a comment, an instruction, the words and attributes of another tool.
STRANGE = (
    '<!-- kept --><?other tool?><decision xmlns:o="urn:other" o:tone="low">'
    '<extensionElements><o:thing a="1"><o:part/> and <o:part/>words</o:thing>'
    "<o:words>more</o:words></extensionElements></decision>"
)
#: Boxes and cursors of the table editor's own parts are its makers'.
THEIRS = {"exclude": [[".dmn-decision-table-container"]]}


def begun(page: Page, begin: str) -> str:
    """The address of a new draft's studio."""
    page.goto("/procedure/complaint/versions")
    page.get_by_role("button", name=begin).click()
    page.wait_for_url("**/studio")
    return page.url


def opened(page: Page, studio: str, table: str) -> None:
    """A table of the draft in its editor."""
    page.goto(f"{studio}?file={table}.dmn")
    expect(page.locator("[data-rd-studio]")).to_have_attribute("data-ready", "yes", timeout=BUSY)


def cell(page: Page, name: str) -> Locator:
    return page.locator(f"td[data-element-id='{name}']")


#: The second of the two answers of each check.
AFTER_THE_RULES = re.compile(r"/findings\?(?!.*first=1)")


def strange(content: bytes) -> bytes:
    """The same table as another tool might have left it."""
    before, after = STRANGE.removesuffix("</decision>").split("<decision", 1)
    attributes, inside = after.split(">", 1)
    head, _, rest = content.decode().partition("<decision ")
    opening, _, body = rest.partition(">")
    return canonical_file("t.dmn", f"{head}{before}<decision {opening}{attributes}>{inside}{body}".encode())


def put(page: Page, address: str, before: bytes, content: bytes) -> None:
    """Save a file as an editor does."""
    token = page.locator("[name=csrf_token]").first.input_value()
    headers = {"X-CSRFToken": token, "If-Match": f'"{digest_of(before)}"', "Content-Type": "application/octet-stream"}
    assert page.request.post(address, data=content, headers=headers).ok


def told_later(page: Page) -> Callable[[], None]:
    """What trying brings to light is held back until the answer is called: then the list is shown for a second time."""
    held: list[Route] = []
    page.route(AFTER_THE_RULES, lambda route: held.append(route))

    def tell_again() -> None:
        page.evaluate("document.querySelector('[data-rd-found]').textContent = ''")
        # What is held goes on once nobody takes it in any more.
        page.unroute(AFTER_THE_RULES)
        expect(page.locator("[data-rd-found]")).not_to_be_empty(timeout=BUSY)

    return tell_again


def settle(page: Page, act: Callable[[], object]) -> None:
    """Do something that is kept at once, and wait until it is."""
    seen = page.locator("#line-11 [name=seen]")
    before = seen.input_value()
    act()
    expect(seen).not_to_have_value(before, timeout=BUSY)


def write(page: Page, name: str, text: str) -> None:
    """Type into a cell of the table, in place of what stands there."""
    cell(page, name).click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_an_owner_changes_a_limit(visit: Visit, office: Office, language: str) -> None:
    office.register()
    said = WORDS[language]
    page = visit("曹颖", language=language)
    studio = begun(page, said["begin"])
    page.goto(f"{studio}?file=limits.dmn")
    line = page.locator("#line-11")

    amount, unit = line.locator("[name=amount]"), line.locator("[name=unit]")
    amount.fill("8")
    settle(page, lambda: amount.press("Tab"))
    settle(page, lambda: unit.select_option("working_hours"))
    expect(page.locator(".rd-editor__bar")).to_contain_text(said["kept"])
    page.goto(studio.replace("/studio", "/changes"))
    expect(page.locator("main")).to_contain_text(said["changed"])

    page.goto(f"{studio}?file=limits.dmn")
    amount.fill("eight")
    amount.press("Tab")
    expect(line.locator(".rd-error")).to_contain_text(said["amount"])
    expect(amount).to_have_value("eight")
    amount.fill("9")
    settle(page, lambda: amount.press("Tab"))
    expect(line.locator(".rd-error")).to_have_count(0)
    for length in (("8", "working_hours"), ("8", "hours"), ("12", "hours")):
        settle(page, page.locator(".rd-editor__bar").get_by_role("button", name=said["undo"]).click)
        assert (amount.input_value(), unit.input_value()) == length
    assert [fault["id"] for fault in Axe().run(page).response["violations"]] == []


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_an_owner_breaks_a_table_and_mends_it(visit: Visit, office: Office, language: str) -> None:
    office.register()
    said = WORDS[language]
    page = visit("曹颖", language=language)
    studio = begun(page, said["begin"])
    opened(page, studio, "closers")
    findings, found = page.locator("[data-rd-findings]"), page.locator("[data-rd-found]")
    second = "closer_rule_row_2"
    expect(cell(page, f"{second}_severity")).to_have_attribute("data-rd-said", said["important"])
    expect(cell(page, f"{second}_out_closer_role")).to_have_attribute("data-rd-said", said["role"])

    write(page, f"{second}_severity", '"important')
    expect(findings).to_contain_text(said["unreadable"], timeout=BUSY)
    expect(cell(page, f"{second}_severity")).to_have_attribute("data-rd-mark", "error")
    expect(page.locator("[data-rd-panel]")).to_contain_text(said["unreadable"])
    page.locator("[data-rd-undo]").click()
    write(page, f"{second}_severity", '"minor", "important"')
    expect(findings).to_contain_text(said["both"], timeout=BUSY)
    for row in (1, 2):
        expect(page.locator(f"td.rule-index[data-row-id='closer_rule_row_{row}']")).to_have_attribute("data-rd-mark", "error")
    expect(findings.locator(".rd-studio__place").first).to_have_text(said["rows"])

    cell(page, f"{second}_severity").click()
    expect(page.locator("[data-rd-panel] h2").nth(1)).to_have_text(said["row"])
    ticks = page.locator("[data-rd-panel] .rd-sheet__ticks input")
    ticks.nth(0).uncheck()
    expect(cell(page, f"{second}_severity")).to_have_attribute("data-rd-said", said["important"])
    expect(found).to_contain_text(said["nothing"], timeout=BUSY)

    cell(page, f"{second}_severity").click()
    tell_again = told_later(page)
    page.locator("[data-rd-act=drop_row]").click()
    expect(findings).to_contain_text(said["gap"], timeout=BUSY)
    page.get_by_role("button", name=said["missing"]).hover()
    page.mouse.down()
    tell_again()
    page.mouse.up()
    added = page.locator("[data-rd-shown] td.input-cell")
    expect(added).to_have_attribute("data-rd-said", said["important"])
    page.locator("[data-rd-undo]").click()
    page.locator("[data-rd-undo]").click()
    expect(cell(page, f"{second}_severity")).to_have_attribute("data-rd-said", said["important"])
    expect(found).to_contain_text(said["nothing"], timeout=BUSY)
    expect(page.locator("[data-rd-status]")).to_have_attribute("data-state", "saved")

    cell(page, f"{second}_out_closer_role").click()
    page.locator("[data-rd-panel] select").first.select_option("general_manager")
    expect(page.locator("[data-rd-status]")).to_have_attribute("data-state", "saved")
    opened(page, studio, "closers")
    page.locator("[data-rd-undo]").click()
    expect(page.locator("[data-rd-redo]")).to_be_enabled()
    expect(cell(page, f"{second}_out_closer_role")).to_have_attribute("data-rd-said", said["role"])
    assert [fault["id"] for fault in Axe().run(page, context=THEIRS).response["violations"]] == []
    by_keyboard(page, second, said)
    on_a_telephone(page, said)


def by_keyboard(page: Page, second: str, said: dict[str, str]) -> None:
    """A row moves, is copied and goes again without a mouse, and the cursor goes along; fields are offered as one types."""
    findings, asked = page.locator("[data-rd-findings]"), page.locator("td.input-cell[data-rd-said]")
    cell(page, f"{second}_severity").click()
    there = f"td[data-element-id='{second}_severity'] :focus"
    expect(page.locator(there)).to_have_count(1)
    for place in ("[data-rd-panel] :focus", there):
        page.keyboard.press("F6")
        expect(page.locator(place)).to_have_count(1)
    for keys in ("Alt+ArrowUp", "Control+d"):
        page.keyboard.press(keys)
    expect(asked).to_have_count(4)
    expect(asked.nth(1)).to_have_attribute("data-rd-said", said["important"])
    expect(findings).to_contain_text(said["both"], timeout=BUSY)
    expect(page.locator("td.annotation[data-rd-told]").first).to_have_attribute("data-rd-told", re.compile(said["both"]))
    page.keyboard.press("Control+Delete")
    page.keyboard.press("Alt+ArrowUp")
    expect(asked).to_have_count(3)
    expect(page.locator("[data-rd-found]")).to_contain_text(said["nothing"], timeout=BUSY)
    page.keyboard.press("Control+a")
    page.keyboard.type("seve")
    expect(page.locator(".cm-tooltip-autocomplete")).to_contain_text("proposed_severity")
    for _ in range(2):
        page.keyboard.press("Escape")
    page.keyboard.insert_text('"minor"')
    expect(page.locator("[data-rd-status]")).to_have_attribute("data-state", "saved", timeout=BUSY)


def on_a_telephone(page: Page, said: dict[str, str]) -> None:
    """The same table row by row, each a form that saves itself."""
    page.set_viewport_size({"width": 390, "height": 780})
    page.reload()
    row = page.locator("#row-closer_rule-2")
    row.locator("summary").click()
    row.locator("select[name=c1]").select_option(label=said["role"])
    expect(row.locator("dd").nth(1)).to_contain_text(said["role"], timeout=BUSY)
    expect(row.locator("details")).to_have_attribute("open", "")
    row.locator("button[value=drop]").click()
    expect(page.locator(".rd-row")).to_have_count(2, timeout=BUSY)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    expect(page.locator("[data-rd-studio]")).to_have_attribute("data-ready", "yes", timeout=BUSY)
    assert [fault["id"] for fault in Axe().run(page).response["violations"]] == []


@pytest.mark.parametrize("table", ["closing", "limits"])
def test_what_the_editor_has_no_place_for_is_there_after_it_was_saved(visit: Visit, office: Office, table: str) -> None:
    office.register()
    page = visit("曹颖")
    studio = begun(page, "修改规程")
    address = f"{studio.removesuffix('/studio')}/files/{table}.dmn"
    before = page.request.get(address).body()
    left = strange(before)
    page.goto(f"{studio}?file={table}.dmn&as=table")
    put(page, address, before, left)

    page.reload()
    expect(page.locator("[data-rd-studio]")).to_have_attribute("data-ready", "yes", timeout=BUSY)
    page.locator("[data-rd-save]").click()

    expect(page.locator("[data-rd-status]")).to_have_attribute("data-state", "saved", timeout=BUSY)
    assert page.request.get(address).body() == left


def test_columns_are_added_and_taken_away_beside_the_table(visit: Visit, office: Office) -> None:
    office.register()
    page = visit("曹颖")
    opened(page, begun(page, "修改规程"), "routing")
    panel, headings = page.locator("[data-rd-panel]"), page.locator("th.input-cell, th.output-cell")
    before = headings.count()
    page.locator("th.input-cell").first.click()
    asked = panel.get_by_label("问什么")
    name = asked.input_value()

    panel.get_by_role("button", name="右边加一列").press("Enter")

    # The new column stands in the panel, where the keyboard goes on: the next thing to say is what it asks.
    expect(headings).to_have_count(before + 1)
    expect(asked).to_be_focused()
    expect(asked).not_to_have_value(name)
    panel.get_by_role("button", name="删去这列").press("Enter")
    expect(headings).to_have_count(before)

    # A table without an answer would be none.
    page.locator("th.output-cell").click()
    expect(panel.get_by_role("button", name="左边加一列")).to_be_enabled()
    expect(panel.get_by_role("button", name="删去这列")).to_be_disabled()
