"""What an owner says beside the drawing is written into the diagram just so, there alone, and taken back in one step."""

from __future__ import annotations

import html
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.procedure.studio import begun, file_of, opened, picked, saved
from tests.office import Office

pytestmark = pytest.mark.browser


def written(page: Page, element: str) -> str:
    """The element as it stands in the file on the server."""
    saved(page)
    found = re.search(rf'<bpmn:(\w+) id="{element}".*?</bpmn:\1>', file_of(page).decode(), re.DOTALL)
    assert found is not None, element
    return html.unescape(found[0])


def group(page: Page, words: str) -> Locator:
    """A group of questions, folded up or not."""
    shown = page.locator("[data-rd-panel] .bio-properties-panel-group", has_text=words).first
    head = shown.locator(".bio-properties-panel-group-header")
    if "open" not in (head.get_attribute("class") or ""):
        head.click()
    return shown


def taken_back(page: Page, element: str, before: str) -> None:
    """One step back, and the element is in the file as it was."""
    page.locator("[data-rd-do=undo]").click()
    assert written(page, element) == before


def test_how_long_who_and_how_often_are_written_as_they_were_said(visit: Visit, office: Office) -> None:
    office.register()
    page = visit("曹颖")
    begun(page)
    panel = page.locator("[data-rd-panel]")

    opened(page, "assign", "dispatch_late")
    panel.locator("#timer-way").select_option("amount")
    panel.locator(".rd-timer__amount select").select_option("working_days")
    panel.locator(".rd-timer__amount input").fill("3")
    panel.locator(".rd-timer__amount input").press("Tab")
    timer = written(page, "dispatch_late")
    assert ">working_days(3)</bpmn:timeDate>" in timer and 'cancelActivity="false"' in timer and 'value="S1.23"' in timer
    panel.locator("[name=cancelActivity]").check()
    # The editor draws it anew, with a timer of its own.
    ending = re.sub(r'id="TimerEventDefinition_\w+"', 'id="dispatch_late_timer"', written(page, "dispatch_late"))
    assert ending == timer.replace(' cancelActivity="false"', "")
    taken_back(page, "dispatch_late", timer)

    # One by one, beside what is there.
    picked(page, "confirm_assignment")
    before = written(page, "confirm_assignment")
    for limit in ("first_reply", "return_visit"):
        panel.get_by_label("做完时开始计时").select_option(limit)
    panel.locator("[data-entry-id=clause] .rd-several__drop").first.click()
    opens = written(page, "confirm_assignment")
    assert 'name="opens" value="first_reply, return_visit"' in opens and 'name="stops" value="dispatch"' in opens
    assert 'name="clause" value="S1.23, S2.21"' in opens and 'name="moment" value="dispatched_at"' in opens
    for _ in range(2):
        page.locator("[data-rd-do=undo]").click()
    taken_back(page, "confirm_assignment", before)

    picked(page, "acknowledge_dispatch")
    group(page, "对多项各做一次").locator("[name=each-way]").select_option("inTurn")
    group(page, "对多项各做一次").locator("textarea").fill("3")
    panel.locator("[name=name_en]").focus()
    in_turn = written(page, "acknowledge_dispatch")
    assert 'isSequential="true"' in in_turn and ">3</bpmn:loopCardinality>" in in_turn
    group(page, "对多项各做一次").locator("[name=each-way]").select_option("atOnce")
    assert written(page, "acknowledge_dispatch") == in_turn.replace(' isSequential="true"', "")
    # Fields are offered while one types; a key puts one in.
    panel.locator("#feel-assignee").fill("")
    panel.locator("#feel-assignee").press_sequentially("severi")
    expect(panel.locator(".rd-feel__list li").first).to_contain_text("severity")
    page.keyboard.press("Enter")
    expect(panel.locator("#feel-assignee")).to_have_value("severity")
    panel.locator("[name=name_en]").focus()
    assert 'name="assignee" value="severity"' in written(page, "acknowledge_dispatch")


def test_a_condition_a_message_and_a_pool_are_written_as_they_were_said(visit: Visit, office: Office) -> None:
    office.register()
    page = visit("曹颖", language="en-GB")
    begun(page, "en-GB")
    panel, flow = page.locator("[data-rd-panel]"), "flow_is_plan_approved_mark_approved"

    opened(page, "approve", flow)
    rows = panel.locator(".rd-when__row")
    rows.locator("select").nth(1).select_option("!=")
    rows.locator("select").nth(2).select_option("sent_back")
    panel.locator(".rd-when > button").click()
    rows.nth(1).locator("select").nth(0).select_option("approved_round")
    rows.nth(1).locator("select").nth(1).select_option(">=")
    rows.nth(1).locator("input").fill("2")
    rows.nth(1).locator("input").press("Tab")
    panel.locator(".rd-when > select").select_option("or")
    assert '>approval != "sent_back" or approved_round >= 2</bpmn:conditionExpression>' in written(page, flow)

    # Written into the drawing in English it is the English name; the Chinese one stays.
    page.locator(".djs-shape[data-element-id=approve_plan_manager] .djs-hit").first.dblclick()
    page.keyboard.press("Control+A")
    page.keyboard.type("Decide on it")
    page.keyboard.press("Enter")
    task = written(page, "approve_plan_manager")
    assert 'name="批示方案"' in task and 'name="name_en" value="Decide on it"' in task

    # A pool and its process are called the same, and both take it back together.
    page.goto(f"{page.url.partition('?')[0]}?file=approve.bpmn&element=pool_approve")
    expect(page.locator("[data-rd-studio]")).to_have_attribute("data-ready", "yes")
    panel.locator("[name=name]").fill("批示")
    saved(page)
    drawn = file_of(page).decode()
    assert drawn.count('name="批示"') == 2 and 'name="六 批示"' not in drawn
    while page.locator("[data-rd-do=undo]").is_enabled():
        page.locator("[data-rd-do=undo]").click()
        saved(page)
        assert file_of(page).decode().count('name="六 批示"') != 1

    opened(page, "urgency", "call_deputies")
    panel.locator("[name=parameter-text_zh]").fill('"请代理人接手"')
    told = written(page, "call_deputies")
    assert 'id="text_zh" type="str" value=""请代理人接手""' in told
    assert 'id="text_en" type="str" value=""Nobody answered' in told and 'id="role" type="str" value="["supervisor"' in told
