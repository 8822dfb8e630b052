"""The procedure in force for everybody on staff: clauses and limits at each step, by pointing, by keys, and as a list."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from tests.browser.conftest import DESK, PHONE, Visit
from tests.office import Office

pytestmark = pytest.mark.browser

WORDS = {
    "zh-CN": {"role": "接待", "limit": "派单 12 小时", "called": "六 批示", "task": "批示方案"},
    "en-GB": {"role": "Reception", "limit": "Dispatch 12 hours", "called": "6 Approve", "task": "Approve the plan"},
}
#: Somebody who only works by the procedure, on a computer and on the way.
STAFF = "刘敏"


def first_drawing(page: Page) -> Locator:
    """The page's first drawing, once it is drawn: which one of several is ready first, nobody can say."""
    drawing = page.locator(".rd-diagram__canvas").first
    expect(drawing).to_have_attribute("data-ready", "yes")
    return drawing


def test_everybody_on_staff_reads_the_map_by_pointing_by_keys_and_as_a_list(visit: Visit, office: Office) -> None:
    office.register()
    for language, said in WORDS.items():
        page = visit(STAFF, language=language)
        page.goto("/procedure?sheet=assign#diagrams")
        figure = first_drawing(page)
        note = figure.locator(".rd-diagram__note")
        figure.locator("[data-element-id=confirm_assignment]").first.hover()
        expect(note).to_contain_text(re.compile(r"S\d+\.\d+"))
        expect(note).to_contain_text(said["role"])
        expect(note).to_contain_text(said["limit"])

        page.goto("/procedure?sheet=minor#diagrams")
        steps = first_drawing(page).locator(".djs-element[tabindex]")
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


def test_a_press_at_the_edge_of_the_drawing_leads_on_and_a_long_note_is_seen_whole(visit: Visit, office: Office) -> None:
    office.register()
    page = visit(STAFF)
    page.goto("/procedure")
    figure = first_drawing(page)
    at = figure.locator("[data-element-id=record_complaint] .djs-hit").first.bounding_box()
    assert at is not None
    page.mouse.move(at["x"] + at["width"] / 2, at["y"] + 6)
    note = figure.locator(".rd-diagram__note")
    expect(note).to_contain_text("S4.10")
    told = note.bounding_box()
    assert told is not None and told["y"] >= 0 and told["y"] + told["height"] <= DESK[1]
    assert told["y"] + told["height"] <= at["y"] or told["y"] >= at["y"] + at["height"] or told["x"] >= at["x"] + at["width"]

    # The drawing stands still under the press, or it would end beside what was pressed.
    at = figure.locator("[data-element-id=run_ladder] .djs-hit").first.bounding_box()
    assert at is not None
    page.mouse.click(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    page.wait_for_url("**sheet=urgency**")


def test_the_map_is_a_list_on_a_telephone_without_scripts(visit: Visit, office: Office) -> None:
    office.register()
    page = visit(STAFF, size=PHONE, scripts=False)

    page.goto("/procedure?sheet=approve#diagrams")
    page.locator(".rd-steps summary").first.click()

    expect(page.locator(".rd-steps li", has_text="批示方案").first).to_be_visible()


def touched(fingers: CDPSession, kind: str, *points: tuple[float, float]) -> None:
    """Fingers on the glass, as the browser is told of them."""
    fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})


def pushed(fingers: CDPSession, *ways: tuple[float, float, float, float]) -> None:
    """Each finger from one point to another, in small steps, and up."""
    touched(fingers, "touchStart", *((x, y) for x, y, _, _ in ways))
    for part in (step / 8 for step in range(1, 9)):
        touched(fingers, "touchMove", *((x + (to_x - x) * part, y + (to_y - y) * part) for x, y, to_x, to_y in ways))
    touched(fingers, "touchEnd")


def test_a_drawing_is_pushed_by_fingers_once_it_was_tapped(visit: Visit, office: Office) -> None:
    office.register()
    page = visit(STAFF, size=PHONE)
    page.goto("/procedure?sheet=assign")
    figure = first_drawing(page)
    drawn = figure.locator("svg .viewport")
    fingers = page.context.new_cdp_session(page)
    fingers.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 2})
    figure.evaluate("one => scrollTo(0, one.getBoundingClientRect().top + scrollY - 150)")
    box = figure.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def scale() -> float:
        return float(drawn.evaluate("one => one.transform.baseVal.consolidate().matrix.a"))

    def stands() -> float:
        return float(drawn.evaluate("one => one.transform.baseVal.consolidate().matrix.f"))

    # Up and down is the page's own way until somebody has tapped the drawing.
    where = stands()
    page.evaluate("document.addEventListener('scroll', () => { document.body.dataset.moved = 'yes' }, { once: true })")
    pushed(fingers, (x, y + 60, x, y - 60))
    expect(page.locator("body")).to_have_attribute("data-moved", "yes")
    assert stands() == pytest.approx(where, abs=0.01)

    # A page that still glides takes the next finger for a stop.
    page.reload()
    figure = first_drawing(page)
    figure.evaluate("one => scrollTo(0, one.getBoundingClientRect().top + scrollY - 150)")
    touched(fingers, "touchStart", (x, box["y"] + 6))
    touched(fingers, "touchEnd")
    expect(figure).to_have_css("touch-action", "none")
    scrolled, before, seen = page.evaluate("scrollY"), scale(), drawn.get_attribute("transform") or ""
    pushed(fingers, (x, y + 60, x, y - 60))
    expect(drawn).not_to_have_attribute("transform", seen)
    assert page.evaluate("scrollY") == scrolled
    pushed(fingers, (x - 20, y, x - 60, y), (x + 20, y, x + 60, y))
    assert scale() > 2 * before

    closer = drawn.get_attribute("transform") or ""
    figure.get_by_role("button", name="全图").click()
    expect(drawn).not_to_have_attribute("transform", closer)
    assert scale() < 2 * before
