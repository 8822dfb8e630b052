"""The procedure in force for everybody on staff: clauses and limits at each step, by pointing, by keys, and as a list."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit
from tests.office import Office

pytestmark = pytest.mark.browser

WORDS = {
    "zh-CN": {"role": "接待", "limit": "派单 12 小时", "called": "六 批示", "task": "批示方案"},
    "en-GB": {"role": "Reception", "limit": "Dispatch 12 hours", "called": "6 Approve", "task": "Approve the plan"},
}
#: Somebody who only works by the procedure, on a computer and on the way.
STAFF = "刘敏"


def test_everybody_on_staff_reads_the_map_by_pointing_by_keys_and_as_a_list(visit: Visit, office: Office) -> None:
    office.register()
    for language, said in WORDS.items():
        page = visit(STAFF, language=language)
        page.goto("/procedure?sheet=assign#diagrams")
        figure = page.locator(".rd-diagram__canvas[data-ready=yes]").first
        note = figure.locator(".rd-diagram__note")

        expect(figure).to_be_visible()
        figure.locator("[data-element-id=confirm_assignment]").first.hover()
        expect(note).to_contain_text(re.compile(r"S\d+\.\d+"))
        expect(note).to_contain_text(said["role"])
        expect(note).to_contain_text(said["limit"])

        page.goto("/procedure?sheet=minor#diagrams")
        expect(figure).to_be_visible()
        steps = figure.locator(".djs-element[tabindex]")
        steps.and_(page.locator("[tabindex='0']")).focus()
        named = [page.evaluate("document.activeElement.getAttribute('aria-label')")]
        while said["called"] not in named[-1]:
            page.keyboard.press("ArrowRight")
            named.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
            assert named[-1] != named[-2], named
        expect(note).to_be_visible()
        page.keyboard.press("Enter")
        page.wait_for_url("**sheet=approve**")

        # Without a picture: the same as a list, each step with the way to the next.
        listed = page.locator(".rd-steps").first
        listed.locator("summary").click()
        step = listed.locator("li", has_text=said["task"]).first
        expect(step).to_contain_text(re.compile(r"S\d+\.\d+"))
        step.locator("a[href^='#step-']").first.click()
        assert "#step-" in page.url


def test_the_map_is_a_list_on_a_telephone_without_scripts(visit: Visit, office: Office) -> None:
    office.register()
    page = visit(STAFF, size=PHONE, scripts=False)

    page.goto("/procedure?sheet=approve#diagrams")
    page.locator(".rd-steps summary").first.click()

    expect(page.locator(".rd-steps li", has_text="批示方案").first).to_be_visible()
