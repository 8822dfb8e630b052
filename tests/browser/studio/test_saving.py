"""Whatever is changed in an editor that is a page reaches the server, or its maker is told that it has not."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from engine.commands.versions import SaveFile
from engine.commands.versions.editing import digest_of
from engine.procedure import Bundle
from engine.storage import tables as t
from tests.browser.conftest import Visit
from tests.browser.procedure.studio import BUSY, begun, file_of, ready
from tests.office import Office

pytestmark = pytest.mark.browser

#: The first lines of the table, each with another length than it has.
CHANGED = {"紧急通知：数额": "4", "上报主管领导：数额": "6", "上报董事：数额": "12"}


def test_no_change_of_a_limit_is_lost(visit: Visit, office: Office) -> None:
    office.register()
    page = visit("曹颖")
    page.goto(f"{begun(page)}?file=limits.dmn")
    status = page.locator("[data-rd-editor-status]")

    # Quicker than the server: each goes after the one before it.
    for name, amount in CHANGED.items():
        changed(page, name, amount)
    expect(status).to_contain_text("已保存", timeout=BUSY)
    expect(page.get_by_label("上报董事：数额").first).to_have_attribute("value", "12", timeout=BUSY)
    page.reload()
    assert {name: page.get_by_label(name).first.input_value() for name in CHANGED} == CHANGED

    # A button that is pressed meanwhile waits for what is being saved.
    changed(page, "紧急通知：数额", "9")
    page.locator("[value=undo]").dispatch_event("click")
    expect(page.locator("[value=redo]")).to_be_enabled(timeout=BUSY)
    expect(page.get_by_label("紧急通知：数额").first).to_have_value("4")

    # Without a connection it says so, keeps what was typed, and saves by itself afterwards.
    page.context.set_offline(True)
    changed(page, "紧急通知：数额", "5")
    expect(status).to_contain_text("没有连上")
    page.context.set_offline(False)
    expect(status).to_contain_text("已保存", timeout=BUSY)
    expect(page.get_by_label("紧急通知：数额").first).to_have_attribute("value", "5", timeout=BUSY)

    # What was not saved when the tab was closed is saved when the page is opened again.
    limits, vocabulary = page.url, page.url.replace("limits.dmn", "fields.yaml&element=impact")
    page.goto(vocabulary)
    page.context.set_offline(True)
    page.locator("#name").fill("波及范围")
    page.locator("#name").press("Tab")
    expect(status).to_contain_text("记在这台电脑上")
    page.context.set_offline(False)
    later = page.context.new_page()
    page.close(run_before_unload=False)
    page = later
    page.goto(vocabulary)
    expect(page.locator("[data-rd-editor-status]")).to_contain_text("已保存", timeout=BUSY)
    expect(page.locator("#name")).to_have_value("波及范围")

    # Changed elsewhere meanwhile, that is what stands here, and what was kept is its maker's to decide.
    page.context.set_offline(True)
    page.locator("#name").fill("受影响的范围")
    page.locator("#name").press("Tab")
    expect(page.locator("[data-rd-editor-status]")).to_contain_text("记在这台电脑上")
    page.context.set_offline(False)
    elsewhere(office, page.url, "波及范围", "影响多大")
    later = page.context.new_page()
    page.close(run_before_unload=False)
    page = later
    page.goto(vocabulary)
    expect(page.locator("[data-rd-kept-here]")).to_be_visible()
    expect(page.locator("#name")).to_have_value("影响多大")
    page.locator("[data-rd-kept-use]").click()
    expect(page.locator("#name")).to_have_value("受影响的范围", timeout=BUSY)
    elsewhere(office, page.url, "受影响的范围", "波及范围")
    page.goto(vocabulary)

    # A button that is pressed while a change is on its way comes after it.
    page.locator("#name").fill("影响大小")
    page.get_by_role("button", name="撤销").click()
    expect(page.locator("#name")).to_have_value("波及范围", timeout=BUSY)
    page.goto(limits)

    # The session is over: whoever signs in again goes on with what was typed.
    page.context.clear_cookies()
    changed(page, "紧急通知：数额", "7")
    page.locator("button[name=person_id]", has_text="曹颖").first.click()
    expect(page.get_by_text("7", exact=True).first).to_be_visible(timeout=BUSY)


def test_no_text_is_lost(visit: Visit, office: Office) -> None:
    office.register()
    page = visit("曹颖")
    studio = begun(page)
    page.goto(f"{studio}?file=documents.yaml&as=text")
    status, text = page.locator("[data-rd-editor-status]"), page.locator("#text")
    before = text.input_value()

    # It saves itself while somebody types; a button pressed before that comes after it.
    text.fill(f"# 一\n{before}")
    expect(status).to_contain_text("已保存", timeout=BUSY)
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_role("button", name="重做")).to_be_enabled(timeout=BUSY)
    assert text.input_value() == before
    text.fill(f"# 二\n{before}")
    page.get_by_role("link", name="回到编辑页").click()
    page.wait_for_url("**/studio?file=documents.yaml", timeout=BUSY)
    page.goto(f"{studio}?file=documents.yaml&as=text")
    assert text.input_value().startswith("# 二\n")

    # Without a connection it says so and keeps it, a closed tab loses nothing, and what came from elsewhere is not written over.
    page.context.set_offline(True)
    text.fill(f"# 三\n{before}")
    expect(status).to_contain_text("连接断开", timeout=BUSY)
    form, later = page.locator("form[data-rd-text]"), page.context.new_page()
    address, token = (form.get_attribute(name) or "" for name in ("data-save", "data-token"))
    headers = {"X-CSRFToken": token, "If-Match": form.locator("[name=seen]").input_value()}
    page.close(run_before_unload=False)
    page = later
    page.context.set_offline(False)
    assert page.request.post(address, data="# 别处\n".encode(), headers=headers).ok
    page.goto(f"{studio}?file=documents.yaml&as=text")
    status, text = page.locator("[data-rd-editor-status]"), page.locator("#text")
    assert text.input_value() == "# 别处\n"
    expect(page.locator("[data-rd-kept]")).to_contain_text("没存上的文本")
    page.get_by_role("button", name="用我的修改").click()
    expect(status).to_contain_text("已保存", timeout=BUSY)
    page.reload()
    assert text.input_value().startswith("# 三\n")

    # Changed elsewhere while it is open: it is told, and what was typed stands here and in the browser.
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("#text").fill("# 四\n")
    expect(other.locator("[data-rd-editor-status]")).to_contain_text("已保存", timeout=BUSY)
    text.fill("# 五\n")
    expect(status).to_contain_text("在别处改过了", timeout=BUSY)
    assert text.input_value() == "# 五\n"
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("[data-rd-kept]")).to_be_visible(timeout=BUSY)


#: Leaves in the browser what tabs that were closed had of a file: each with what it was made from, when, and its text.
LEFT = """(left) => {
  const place = `redress:${document.querySelector('[data-rd-studio]').dataset.save}`;
  left.forEach(([digest, at, xml], n) => localStorage.setItem(`${place}#${n}`, JSON.stringify({ digest, at, xml })));
}"""
HELD = "Object.keys(localStorage).filter((one) => one.includes('approve.bpmn')).length"


def test_what_waits_here_of_a_diagram_changed_elsewhere_is_its_makers_to_decide(visit: Visit, office: Office) -> None:
    office.register()
    page = visit("曹颖")
    address = f"{begun(page)}?file=approve.bpmn&element=approve_plan_manager"
    draft = address.partition("/drafts/")[2].partition("/")[0]
    page.goto(address)
    ready(page)
    before = file_of(page)
    named = {one: before.replace(b"Approve the plan", one.encode()) for one in ("Mine", "Theirs", "Older", "Yet older")}
    name, kept = page.locator("[data-rd-panel] [name=name_en]"), page.locator("[data-rd-kept]")
    status = page.locator("[data-rd-status]")

    # Made from what the server has: that goes on, whatever is newer and made from something else.
    page.evaluate(LEFT, [[digest_of(before), 1, named["Older"].decode()], ["other", 2, named["Yet older"].decode()]])
    page.reload()
    expect(name).to_have_value("Older", timeout=BUSY)
    expect(status).to_have_attribute("data-state", "saved", timeout=BUSY)
    page.evaluate("localStorage.clear()")

    # Changed by somebody else meanwhile: theirs is shown, mine is offered, and taking over is a press of its own.
    page.evaluate(LEFT, [[digest_of(before), 1, named["Mine"].decode()]])
    stands = file_of(page)
    office.execute(SaveFile(draft, "approve.bpmn", named["Theirs"], digest_of(stands), take_over=True), "admin")
    page.reload()
    expect(name).to_have_value("Theirs", timeout=BUSY)
    page.get_by_role("button", name="换成本机的这份").click()
    expect(kept).to_be_hidden()
    expect(status).to_have_attribute("data-state", "refused", timeout=BUSY)
    assert file_of(page) == named["Theirs"]
    page.locator("[data-rd-take-over]").click()
    expect(status).to_have_attribute("data-state", "saved", timeout=BUSY)
    assert b"Mine" in file_of(page) and page.evaluate(HELD) == 0

    # Not wanted, it is gone for good.
    page.evaluate(LEFT, [["other", 1, named["Yet older"].decode()]])
    page.reload()
    kept.get_by_role("button", name="不要了").click()
    expect(kept).to_be_hidden()
    assert page.evaluate(HELD) == 0


def changed(page: Page, name: str, amount: str) -> None:
    """Write another length into a line of the table and go on to the next field."""
    field = page.get_by_label(name).first
    field.fill(amount)
    field.press("Tab")


def elsewhere(office: Office, address: str, old: str, new: str) -> None:
    """In another window of the same owner the vocabulary is changed."""
    draft = address.partition("/drafts/")[2].partition("/")[0]
    (row,) = office.rows(t.procedure_draft.select().where(t.procedure_draft.c.id == draft))
    content = Bundle.from_bytes(row["bundle"]).files["fields.yaml"]
    office.execute(SaveFile(draft, "fields.yaml", content.replace(old.encode(), new.encode()), digest_of(content)), "owner")
