"""What an owner does to a diagram: inserts an approval with its rework; breaks something and mends it by a button."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.procedure.studio import BUSY, begun, file_of, opened, picked, ready, saved
from tests.office import Office

pytestmark = pytest.mark.browser

INITIAL = (Path(__file__).parents[3] / "processes/complaint/limits.dmn").read_bytes()
WORDS = {
    "zh-CN": {"user": "人工任务", "otherwise": "其他情况都去", "english": "英文名称写", "nothing": "检查没有发现问题"},
    "en-GB": {"user": "User task", "otherwise": "In all other cases", "english": "Call it", "nothing": "finds nothing"},
}


def line(page: Page, flow: str) -> Locator:
    """A connection as drawn."""
    return page.locator(f".djs-connection[data-element-id='{flow}'] .djs-visual").last


def click_at(page: Page, where: Locator, share: float) -> None:
    """Move there as a hand does, and press."""
    box = where.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] * share, box["y"] + box["height"] / 2
    page.mouse.move(x - 20, y - 20)
    page.mouse.move(x, y, steps=4)
    page.mouse.click(x, y)


def put(page: Page, what: str, flow: str) -> None:
    """Take something from the palette and drop it on a connection, which it divides."""
    page.locator(f".djs-palette [data-action='create.{what}']").click()
    click_at(page, line(page, flow), 0.45)
    expect(page.locator(".djs-context-pad.open")).to_be_visible()
    page.keyboard.press("Escape")


def new_flow(page: Page) -> str:
    """The id of the newest connection, which the editor has named."""
    return str(page.locator(".djs-connection[data-element-id^='Flow_']").last.get_attribute("data-element-id"))


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_an_owner_inserts_an_approval_with_its_rework(visit: Visit, office: Office, language: str) -> None:
    office.register()
    said = WORDS[language]
    page = visit("曹颖", language=language)
    begun(page, language)
    opened(page, "approve")
    panel = page.locator("[data-rd-panel]")

    # What comes after makes room by itself, and a task is one of a person.
    put(page, "task", "flow_mark_approved_plan_approved")
    expect(panel).to_contain_text(said["user"], ignore_case=True)
    panel.locator("[name=name]").fill("复核批示")
    panel.locator("[name=name_en]").fill("Look at it again")
    panel.locator("[name=role]").select_option("general_manager")
    panel.locator("[name=form]").select_option("approve_plan")
    put(page, "exclusive-gateway", new_flow(page))
    page.locator(".djs-context-pad.open [data-action=connect]").click()
    click_at(page, page.locator(".djs-shape[data-element-id=reopen_plan] .djs-visual").last, 0.5)
    panel.locator(".rd-when button").first.click()
    panel.locator(".rd-when__row select").nth(0).select_option("approval")
    panel.locator(".rd-when__row select").nth(2).select_option("sent_back")
    saved(page)
    # Until the condition is known to the check, either way out could be the other cases'.
    otherwise = page.locator(".rd-studio__mend", has_text=said["otherwise"])
    expect(otherwise).to_have_count(1, timeout=BUSY)
    otherwise.click()
    expect(page.locator("[data-rd-found]")).to_contain_text(said["nothing"], timeout=2 * BUSY)

    drawn = file_of(page).decode()
    assert 'name="复核批示"' in drawn and 'value="general_manager"' in drawn
    assert 'approval = "sent_back"' in html.unescape(drawn) and 'targetRef="reopen_plan"' in drawn


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_what_an_owner_breaks_is_mended_by_a_button_and_taken_back_by_a_key(visit: Visit, office: Office, language: str) -> None:
    office.register()
    said = WORDS[language]
    page = visit("曹颖", language=language)
    begun(page, language)
    opened(page, "approve", "approve_plan_manager")
    name = page.locator("[data-rd-panel] [name=name_en]")

    # What is picked is headed in the language of the pages, as far as it has a name there, while it is typed too.
    heading = page.locator(".bio-properties-panel-header-label")
    expect(heading).to_have_text("批示方案" if language == "zh-CN" else "Approve the plan")
    name.fill("")
    expect(heading).to_have_text("批示方案")
    saved(page)
    mend = page.locator(".rd-studio__mend", has_text=said["english"])
    expect(mend).to_have_count(1, timeout=BUSY)
    # It stands at the task on the drawing too, and leads from there to the list.
    page.locator("[data-container-id=approve_plan_manager] .rd-finding-mark--warning").click()
    expect(page.locator(".rd-studio__finding--chosen")).to_have_count(1)
    mend.click()
    expect(name).to_have_value("Approve plan manager")
    expect(heading).to_have_text("批示方案" if language == "zh-CN" else "Approve plan manager")
    expect(mend).to_have_count(0, timeout=BUSY)
    page.keyboard.press("Control+z")
    expect(name).to_have_value("")
    page.locator("[data-rd-do=redo]").click()
    expect(name).to_have_value("Approve plan manager")
    saved(page)

    assert 'value="Approve plan manager"' in file_of(page).decode()


def test_an_owner_goes_from_the_drawing_to_a_limit_changes_it_and_comes_back(visit: Visit, office: Office) -> None:
    office.register()
    for language, (before, after) in {"zh-CN": ("12 小时", "8 工作小时"), "en-GB": ("12 hours", "8 working hours")}.items():
        page = visit("曹颖", language=language)
        begun(page, language)
        opened(page, "assign", "dispatch_late")
        panel = page.locator("[data-rd-panel]")
        expect(panel.locator(".rd-timer")).to_contain_text(before)

        panel.locator(".rd-timer a").click()
        line = page.locator(".rd-limit:target")
        expect(line).to_be_in_viewport()
        expect(line.locator("[name=amount]")).to_have_value("12")
        line.locator("[name=amount]").fill("8")
        line.locator("[name=unit]").select_option("working_hours")
        expect(page.locator("[data-rd-editor-status]")).to_contain_text("已保存" if language.startswith("zh") else "aved")
        line.locator("a[href*='element=confirm_assignment']").first.click()

        ready(page)
        expect(panel.locator("[name=name]")).to_have_value("确定受理人")
        picked(page, "dispatch_late")
        expect(panel.locator(".rd-timer")).to_contain_text(after)
        file = page.request.get(f"{page.url.partition('/studio')[0]}/files/limits.dmn").body()
        assert file.count(b'"working_hours"') == 1 + INITIAL.count(b'"working_hours"')


def test_a_step_that_follows_another_goes_into_the_way_there_is_and_gets_a_form_of_its_own(visit: Visit, office: Office) -> None:
    office.register()
    page = visit("曹颖")
    draft = begun(page).partition("/studio")[0]
    opened(page, "minor", "approve_minor")
    panel = page.locator("[data-rd-panel]")

    page.locator(".djs-context-pad.open [data-action='append.append-task']").click()
    page.keyboard.type("复核批示")
    page.keyboard.press("Enter")
    expect(panel.locator(".bio-properties-panel-header")).to_contain_text("人工任务")
    panel.get_by_role("button", name="新建一张表单").click()
    panel.get_by_role("link", name="打开这张表单").click()

    # The way to the form waited for what was drawn.
    expect(page.get_by_role("heading", name="复核批示")).to_be_visible(timeout=BUSY)
    drawn = page.request.get(f"{draft}/files/minor.bpmn").body().decode()
    assert drawn.count('sourceRef="approve_minor"') == drawn.count('targetRef="carry_out_minor"') == 1
    assert re.search('<bpmn:userTask id="[^"]+" name="复核批示">', drawn)
    findings = page.request.get(f"{draft}/findings?file=minor.bpmn&first=1").json()["findings"]
    assert not [one for one in findings if one["rule"] in {"covered", "unknown-form"}]
