"""An owner adds a field to a form and decides by it in a table; every slip is told at its place."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.office import Office

pytestmark = pytest.mark.browser

WORDS = {
    "zh-CN": {
        "begin": "修改规程", "new": "新问题", "required": "必填", "when": "按条件", "feel": "自己写条件", "valid": "有效",
        "label": "是否复发", "twice": "词汇里已有", "markup": "只写文字", "unread": "读不懂", "save": "保存",
        "used": "还在用，不能删去", "table": "决策表", "remove": "删去这个字段",
        "column": "在这张表里加一列", "back": "回到表单",
    },
    "en-GB": {
        "begin": "Edit the procedure", "new": "New question", "required": "Required", "when": "On a condition",
        "feel": "Written condition", "valid": "Valid", "label": "Came back", "twice": "The vocabulary has",
        "markup": "Only words", "unread": "cannot be read", "save": "Save", "used": "is in use and cannot go",
        "table": "Tables", "remove": "Remove this field",
        "column": "Add a column there", "back": "Back to the form",
    },
}  # fmt: skip
FORM, TABLE, FIELD = "forms/judge_complaint.form", "severity.dmn", "came_back"
#: Saved, checked and drawn again, which takes long on a busy machine.
BUSY = 30_000


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_a_field_is_added_and_a_table_decides_by_it(visit: Visit, office: Office, language: str) -> None:
    office.register()
    said = WORDS[language]
    page = visit("曹颖", language=language)
    page.goto("/procedure/complaint/versions")
    page.get_by_role("button", name=said["begin"]).click()
    page.wait_for_url("**/studio*")
    draft = page.url.partition("/studio")[0]

    page.goto(f"{draft}/studio?file={FORM}")
    _add_field(page, said)
    row, preview = page.locator(f"#field_{FIELD}"), page.frame_locator("iframe")
    expect(row).to_contain_text(said["label"])
    expect(preview.locator("#fields")).to_contain_text(said["label"])

    row.get_by_label(said["required"]).check()
    expect(row.locator(".rd-required")).to_be_visible(timeout=BUSY)
    row.get_by_label(said["when"]).check()
    expect(row.locator("#field-error")).to_be_visible(timeout=BUSY)
    row.locator("[name=field]").select_option("validity")
    expect(row.locator("#values-error")).to_be_visible(timeout=BUSY)
    row.locator("[name=values]").select_option("valid")
    expect(row.locator(".rd-outline__when")).to_contain_text(said["valid"], timeout=BUSY)
    expect(preview.locator("#fields")).not_to_contain_text(said["label"], timeout=BUSY)
    preview.get_by_label(said["valid"], exact=True).check()
    expect(preview.locator("#fields")).to_contain_text(said["label"], timeout=BUSY)

    _slips(page, row, said)
    assert Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]}).violations_count == 0

    _decide_by_it(page, draft, said)
    page.goto(f"{draft}/studio?file=fields.yaml&q={FIELD}&element={FIELD}")
    expect(page.locator(f"#{FIELD}")).to_contain_text(said["table"])
    page.get_by_role("button", name=said["remove"]).click()
    expect(page.locator("#remove-error")).to_contain_text(said["used"])
    page.locator(f"#{FIELD} dd a[href*='{TABLE}']").first.click()
    page.wait_for_url(f"**file={TABLE}*")


def test_without_scripts_everything_is_a_page(visit: Visit, office: Office) -> None:
    office.register()
    page = visit("曹颖", scripts=False)
    page.goto("/procedure/complaint/versions")
    page.get_by_role("button", name=WORDS["zh-CN"]["begin"]).click()
    draft = page.url.partition("/studio")[0]

    page.goto(f"{draft}/studio?file={FORM}&element=field_validity_reason")
    page.locator("#field_validity_reason [name=label]").fill("性质说明")
    page.locator("#field_validity_reason .rd-piece button").click()
    expect(page.locator("#field_validity_reason .rd-outline__name")).to_have_text("性质说明")
    page.locator("[name=up][value=field_validity_reason]").click()
    expect(page.locator("#guidance_2 + li")).to_have_attribute("id", "field_validity_reason")


def test_a_piece_is_dragged_to_its_place_and_a_long_list_is_narrowed(visit: Visit, office: Office) -> None:
    office.register()
    page = visit("曹颖")
    page.goto("/procedure/complaint/versions")
    page.get_by_role("button", name=WORDS["zh-CN"]["begin"]).click()
    page.wait_for_url("**/studio*")
    page.goto(f"{page.url.partition('/studio')[0]}/studio?file={FORM}")

    there = page.locator("#field_validity_reason .rd-outline__name").first
    page.locator("#field_severity .rd-outline__name").first.dispatch_event("dragstart")
    for kind in ("dragover", "drop"):
        there.dispatch_event(kind)
    expect(page.locator("#field_severity + li")).to_have_attribute("id", "field_validity_reason", timeout=BUSY)

    page.locator("details:has([data-rd-narrows]) > summary").last.click()
    offered, left = (page.locator(f"#key [data-words]{kind}") for kind in ("", ":not([hidden])"))
    first, *_, last = (offered.first.get_attribute("data-words") or "").split()
    page.locator("[data-rd-narrows]").fill(f"{last.upper()} {first}")
    expect(left.first).to_have_attribute("data-words", re.compile(re.escape(first)))
    assert 0 < left.count() < offered.count()
    said = [(one.get_attribute("data-words") or "").lower() for one in left.all()]
    assert all(first.lower() in words and last.lower() in words for words in said)


def _add_field(page: Page, said: dict[str, str]) -> None:
    page.locator("summary", has_text=said["new"]).first.click()
    page.locator("[name=new_name]").fill("是否复发")
    page.locator("[name=new_name_en]").fill("Came back")
    page.locator("[name=new_type]").select_option("choice")
    page.locator("[name=new_choices]").fill("首次 | First time\n复发 | Again")
    page.locator("[name=new_keep]").check()
    page.get_by_role("button", name=said["new"]).click()
    page.wait_for_url(f"**element=field_{FIELD}*", timeout=BUSY)


def _slips(page: Page, row: Locator, said: dict[str, str]) -> None:
    """Script in a text, a name that is there already, a condition nobody can read: nothing is kept, and each is told."""
    page.locator("summary", has_text=said["new"]).first.click()
    page.locator("[name=new_name]").fill("投诉等级")
    page.locator("[name=new_name_en]").fill("<script>alert(1)</script>")
    page.get_by_role("button", name=said["new"]).click()
    expect(page.locator("#new_name-error")).to_contain_text(said["twice"], timeout=BUSY)
    expect(page.locator("#new_name_en-error")).to_contain_text(said["markup"])
    expect(page.locator("[name=new_name]")).to_have_value("投诉等级")
    page.goto(page.url.partition("/edit")[0] + f"/studio?file={FORM}&element=field_{FIELD}")

    row.locator("[name=help]").fill("<img src=x onerror=alert(1)>")
    row.locator("[name=help]").press("Tab")
    expect(row.locator("#help-error")).to_contain_text(said["markup"], timeout=BUSY)
    row.locator("[name=help]").fill("")
    row.locator("[name=help]").press("Tab")
    expect(row.locator("#help-error")).to_have_count(0, timeout=BUSY)
    # What is typed while the way of saying it is being saved closes the list of names; it is opened by the next letter.
    with page.expect_response("**/edit/**"):
        row.get_by_label(said["feel"]).check()
    expect(page.locator("[data-rd-editor-status]")).not_to_have_attribute("data-state", "saving", timeout=BUSY)
    row.locator("[name=feel]").fill("")
    row.locator("[name=feel]").press_sequentially("validi")
    expect(row.locator(".rd-complete li").first).to_contain_text("validity")
    page.keyboard.press("Enter")
    expect(row.locator("[name=feel]")).to_have_value("validity")
    row.locator("[name=feel]").fill("validity = = 1")
    row.locator("[name=feel]").press("Tab")
    expect(row.locator("#feel-error")).to_contain_text(said["unread"], timeout=BUSY)
    expect(row.locator("[name=feel]")).to_have_value("validity = = 1")


def _decide_by_it(page: Page, draft: str, said: dict[str, str]) -> None:
    """A column of the table looks at the field: made from the form with one button, and one link leads back."""
    page.goto(f"{draft}/studio?file={FORM}&element=field_{FIELD}")
    page.locator("#field-itself > summary").click()
    page.locator("[name=table]").select_option(f"{TABLE}#severity_rule")
    page.get_by_role("button", name=said["column"]).click()
    page.wait_for_url(re.compile(f"file={TABLE}"), timeout=BUSY)
    expect(page.locator("[data-rd-studio]")).to_have_attribute("data-ready", "yes", timeout=BUSY)
    expect(page.locator(f"th[data-rd-said='{said['label']}']")).to_have_count(1)
    page.get_by_role("link", name=said["back"]).locator("visible=true").click()
    page.wait_for_url(re.compile(f"file={FORM}"))


def test_the_keyboard_goes_on_where_it_pressed_and_escape_folds_the_menu(visit: Visit, office: Office) -> None:
    office.register()
    page = visit("曹颖")
    page.goto("/procedure/complaint/versions")
    page.get_by_role("button", name=WORDS["zh-CN"]["begin"]).click()
    page.wait_for_url("**/studio*")
    page.goto(f"{page.url.partition('/studio')[0]}/studio?file=scenarios/minor.yaml")

    page.locator("button[name=down][value='4']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#5")
    expect(page.locator("button[name=down][value='5']")).to_be_focused()

    menu = page.locator("details.rd-menu")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()
