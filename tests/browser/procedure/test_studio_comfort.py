"""Working in the diagram's editor: every word Chinese, copying between diagrams, nothing lost when the server is away."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.procedure.studio import BUSY, begun, file_of, opened, picked, saved
from tests.office import Office

pytestmark = pytest.mark.browser

#: Words of the language of expressions, of keys on the keyboard and the makers' mark are the same in every language.
SAME = re.compile(r"FEEL|Ctrl|Shift|Delete|BPMN|true|false|null")
ENGLISH = re.compile(r"[A-Za-z]{3,}")
#: What a person reads or is read of the editor: titles, labels and texts, but no values, keys and code.
SAID = """(root) => [...root.querySelectorAll('*')].flatMap((part) => [
    part.getAttribute('title'), part.getAttribute('aria-label'), part.getAttribute('placeholder'),
    part.matches('code, input, textarea, .djs-search-result-secondary, .djs-minimap svg *') ? '' : [...part.childNodes]
        .filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent).join(' '),
]).filter(Boolean)"""
#: The kinds of element that the walk selects, with the diagram in which one stands.
KINDS = {
    "complaint": ("startEvent", "exclusiveGateway", "boundaryEvent", "callActivity", "endEvent", "sequenceFlow", "subProcess"),
    "approve": ("businessRuleTask", "scriptTask", "userTask", "lane", "participant"),
    "urgency": ("serviceTask", "intermediateCatchEvent", "parallelGateway"),
}  # fmt: skip


def english_in(page: Page, *places: str) -> list[str]:
    """The English words that stand in these parts of the page."""
    said = [text for place in places for part in page.locator(place).all() for text in part.evaluate(SAID)]
    return sorted({text.strip() for text in said if ENGLISH.search(SAME.sub("", text))})


def test_no_english_word_is_left_in_the_chinese_editor(visit: Visit, office: Office) -> None:
    office.register()
    page = visit("曹颖")
    begun(page)
    left: list[str] = []

    for diagram, kinds in KINDS.items():
        opened(page, diagram)
        content = file_of(page).decode()
        left += english_in(page, ".djs-palette", "[data-rd-panel]", ".rd-studio__bar", "[data-rd-keylist]")
        for kind in kinds:
            own = re.search(rf'<bpmn:{kind} id="([^"]+)"', content)
            if own is None:
                continue
            picked(page, own[1])
            left += english_in(page, ".djs-context-pad.open", "[data-rd-panel]")
            change = page.locator(".djs-context-pad.open [data-action=replace]")
            if change.count():
                change.click()
                left += english_in(page, ".djs-popup")
                page.keyboard.press("Escape")
    page.locator(".djs-palette [data-action=create]").click()
    left += english_in(page, ".djs-popup")
    page.keyboard.press("Escape")
    page.locator("[data-rd-do=find]").click()
    page.locator(".djs-search-input input").press_sequentially("end")
    left += english_in(page, ".djs-search-container")

    assert "｜".join(sorted(set(left))) == ""


def test_what_is_copied_is_pasted_into_another_diagram_in_another_tab(visit: Visit, office: Office) -> None:
    office.register()
    page = visit("曹颖")
    draft = begun(page)
    opened(page, "approve", "approve_plan_manager")
    page.locator("[data-rd-do=copy]").click()
    other = page.context.new_page()
    other.goto(f"{draft}?file=propose.bpmn")
    expect(other.locator("[data-rd-studio]")).to_have_attribute("data-ready", "yes", timeout=BUSY)

    other.locator("[data-rd-do=paste]").click()
    saved(other)
    pasted = file_of(other).decode()
    other.locator("[data-rd-do=undo]").click()
    expect(other.locator("[data-rd-do=undo]")).to_be_disabled()
    expect(other.locator("[data-rd-do=redo]")).to_be_enabled()

    assert pasted.count('name="批示方案"') == 1
    assert 'id="approve_plan_manager"' not in pasted and 'value="Approve the plan"' in pasted
    # Its form was named by the id, which is another one now.
    assert 'name="form" value="approve_plan' in pasted
    # Taken out of its diagram it is the same task in another place.
    page.locator("[data-rd-do=cut]").click()
    other.locator("[data-rd-do=paste]").click()
    saved(other)
    assert file_of(other).count(b'<bpmn:userTask id="approve_plan_manager" name="') == 1


def test_what_is_drawn_while_the_server_is_away_is_never_lost(visit: Visit, office: Office) -> None:
    office.register()
    page = visit("曹颖")
    draft = begun(page)
    opened(page, "approve", "approve_plan_manager")
    name = page.locator("[data-rd-panel] [name=name_en]")
    status = page.locator("[data-rd-status]")

    page.context.set_offline(True)
    name.fill("First while away")
    expect(status).to_have_attribute("data-state", "offline", timeout=BUSY)
    page.context.set_offline(False)
    expect(status).to_have_attribute("data-state", "saved", timeout=BUSY)
    assert "First while away" in file_of(page).decode()

    page.context.set_offline(True)
    name.fill("Then the window was closed")
    expect(status).to_have_attribute("data-state", "offline", timeout=BUSY)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.close(run_before_unload=True)
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(f"{draft}?file=approve.bpmn&element=approve_plan_manager")
    expect(again.locator("[data-rd-panel] [name=name_en]")).to_have_value("Then the window was closed", timeout=BUSY)
    saved(again)

    assert asked == ["beforeunload"]
    assert "Then the window was closed" in file_of(again).decode()

    # The session ends meanwhile: signing in in another window is enough, as the editor says.
    again.context.clear_cookies()
    again.locator("[data-rd-panel] [name=name_en]").fill("After the session")
    expect(again.locator("[data-rd-status]")).to_have_attribute("data-state", "signedOut", timeout=BUSY)
    elsewhere = again.context.new_page()
    elsewhere.goto("/sign-in")
    elsewhere.locator("button[name=person_id]", has_text="曹颖").first.click()
    expect(elsewhere.locator(".rd-menu summary")).to_contain_text("曹颖")
    saved(again)
    assert "After the session" in file_of(again).decode()
    what_is_on_its_way_is_not_lost_either(again, draft)


def what_is_on_its_way_is_not_lost_either(page: Page, draft: str) -> None:
    """An answer that is lost is no change made elsewhere; while a server says nothing, leaving warns and the browser keeps it."""
    name, status = page.locator("[data-rd-panel] [name=name_en]"), page.locator("[data-rd-status]")
    saving = re.compile(r"/files/approve\.bpmn$")
    page.route(saving, lambda route: (route.fetch(), route.abort()))
    name.fill("Its answer was lost")
    expect(status).to_have_attribute("data-state", "offline", timeout=BUSY)
    page.unroute(saving)
    name.fill("And then it went on")
    saved(page)
    assert "And then it went on" in file_of(page).decode()

    page.route(saving, lambda route: None)
    name.fill("Nobody ever answered")
    expect(status).to_have_attribute("data-state", "saving", timeout=BUSY)
    other, asked = page.context.new_page(), list[str]()
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.close(run_before_unload=True)
    other.goto(f"{draft}?file=approve.bpmn&element=approve_plan_manager")
    expect(other.locator("[data-rd-panel] [name=name_en]")).to_have_value("Nobody ever answered", timeout=BUSY)
    saved(other)
    assert asked == ["beforeunload"]
    assert other.evaluate("Object.keys(localStorage).filter((one) => one.includes('approve.bpmn'))") == []


def test_a_telephone_shows_the_diagram_to_be_read(visit: Visit, office: Office) -> None:
    office.register()
    draft = begun(visit("曹颖"))
    page = visit("曹颖", size=PHONE)
    page.goto(f"{draft}?file=approve.bpmn")
    expect(page.locator("[data-rd-studio]")).to_have_attribute("data-ready", "yes", timeout=BUSY)

    expect(page.locator(".rd-studio__small")).to_contain_text("电脑")
    expect(page.locator(".djs-palette")).to_have_count(0)
    task = page.locator("[data-element-id=approve_plan_manager]").first
    expect(task).to_be_visible()
    before = task.evaluate("one => one.getBoundingClientRect().width")
    page.get_by_role("button", name="放大").click()
    assert task.evaluate("one => one.getBoundingClientRect().width") > before


def test_the_kinds_of_files_stay_in_sight_beside_many_of_one_kind(visit: Visit, office: Office) -> None:
    office.register()
    page = visit("曹颖")
    begun(page)

    # Twenty-two diagrams above them, and what an owner looks for first is still there.
    for kind in ("时限", "词汇", "条款"):
        expect(page.get_by_role("link", name=kind, exact=True)).to_be_in_viewport(ratio=1)
    page.goto(f"{page.url.partition('?')[0]}?file=withdrawal.bpmn")
    expect(page.locator(".rd-files [aria-current]")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("link", name="规程设置")).to_be_in_viewport(ratio=1)
