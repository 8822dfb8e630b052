"""A change is looked at side by side, refused, proposed all the same, signed by three, in force tomorrow, and taken back."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from engine.commands.studio import PutForward
from engine.commands.versions import BeginDraft, SaveFile
from engine.commands.versions.editing import digest_of
from engine.domain.text import Text
from engine.procedure import Bundle
from engine.procedure.trying import Played
from engine.storage import tables as t
from tests.browser.conftest import DESK, PHONE, Visit, words_of
from tests.browser.procedure.signing import BUSY, SIGNERS, in_language, look, signed
from tests.office import Office

pytestmark = pytest.mark.browser

FAILING = Played("scenarios/minor.yaml", "轻微投诉", False, 4, (Text("到期应是明天", "It should be due tomorrow"),))
#: A story is called by the name that its file has in the reader's language.
FAILED_STORY = {"zh-CN": "轻微投诉", "en-GB": "Minor complaint"}
CHANGES = {
    "limits.dmn": (b"<text>12</text>", b"<text>8</text>"),
    "forms/record_complaint.form": ('"label": "投诉方式"'.encode(), '"label": "怎么来的"'.encode()),
    "scenarios/minor.yaml": (b"after: PT10M", b"after: PT20M"),
    "assign.bpmn": ('name="回应派单"'.encode(), 'name="答复派单"'.encode()),
}
#: Where one end of the diagram is drawn, a little higher than before: that is no other content.
MOVED = rb'(bpmnElement="already_assigned">\s*<dc:Bounds x="\d+" y=")\d+'
LIMIT = {
    "zh-CN": ("时限 派单：12 小时 → 8 小时", "时限 派单：8 小时 → 12 小时"),
    "en-GB": ("limit Dispatch: 12 hours → 8 hours", "limit Dispatch: 8 hours → 12 hours"),
}
_VERSIONS = t.procedure_version.select().where(t.procedure_version.c.procedure_key == "complaint").order_by("number")
MIDNIGHT = datetime(2026, 9, 28, 16, 0, tzinfo=UTC)


def drafted(office: Office) -> str:
    """The owner's draft with a limit and a name changed."""
    draft_id = str(office.execute(BeginDraft("complaint"), "owner"))
    files = Bundle.from_bytes(office.rows(t.procedure_draft.select())[0]["bundle"]).files
    for path, (old, new) in CHANGES.items():
        changed = files[path].replace(old, new, 1)
        if path == "assign.bpmn":
            changed = re.sub(MOVED, rb"\g<1>30", changed, count=1)
        office.execute(SaveFile(draft_id, path, changed, digest_of(files[path])), "owner")
    return draft_id


def compared(page: Page, draft_id: str, language: str) -> None:
    """Both states stand beside each other, and a click in the list shows the place in both."""
    page.goto(f"/procedure/drafts/{draft_id}/changes")
    expect(page.get_by_text(LIMIT[language][0])).to_be_visible(timeout=BUSY)
    drawings = page.locator("[data-rd-shown]")
    expect(drawings).to_have_attribute("data-ready", "yes", timeout=BUSY)
    expect(drawings.locator(".rd-fate-mark--changed")).to_have_count(2)
    expect(drawings.locator(".rd-fate-mark--moved[data-element-id=already_assigned]")).to_have_count(2)
    page.locator("[data-rd-at]").first.click()
    expect(drawings.locator(".djs-shape.rd-fate-here")).to_have_count(2)
    boxes = [box.get_attribute("transform") for box in drawings.locator(".viewport").all()]
    assert len(boxes) == 2 and boxes[0] == boxes[1], "both show the same part"
    look(page)
    page.locator("[data-rd-step='1']").first.click()
    page.wait_for_url("**file=limits.dmn&at=**")
    expect(page.locator("tr.rd-here .rd-grid__cell--changed")).to_have_count(2)
    expect(drawings).to_have_attribute("data-ready", "yes", timeout=BUSY)
    halves = page.locator("[data-rd-scrolls]")
    halves.first.evaluate("half => { half.scrollLeft = 60 }")
    expect(halves.last).to_have_js_property("scrollLeft", 60)
    look(page)
    page.keyboard.press("k")
    page.wait_for_url("**file=assign.bpmn**")
    for path, place in (("forms/record_complaint.form", "group_what.channel"), ("scenarios/minor.yaml", "2")):
        page.goto(f"/procedure/drafts/{draft_id}/changes?file={path}&at={place}")
        expect(page.locator(".rd-beside__pair--changed.rd-here")).to_have_count(1)
        look(page)
    page.goto(f"/procedure/drafts/{draft_id}/changes/paper")
    expect(page.get_by_text(LIMIT[language][0])).to_be_visible()
    expect(page.locator("svg")).to_have_count(2)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    expect(page.locator(".cmp-rows thead").first, "on a phone each row is a card").to_be_hidden()
    expect(page.locator(".cmp-rows td[data-column]").first).to_be_visible()
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})


def proposed(page: Page, draft_id: str, language: str) -> str:
    """Refused with the list, then proposed with a waiver asked for; the version's address."""
    said = words_of(language)
    page.goto(f"/procedure/drafts/{draft_id}/publish")
    look(page)
    page.get_by_label(said("draft.reason")).fill("派单太慢")
    page.get_by_role("button", name=said("draft.put_forward")).click()
    expect(page.locator("#faults")).to_be_visible(timeout=BUSY)
    against = page.locator(".rd-findings li", has_text=FAILED_STORY[language])
    assert "scenarios/minor.yaml" in (against.get_by_role("link").get_attribute("href") or "")
    look(page)
    page.get_by_label(said("publish.ask_waiver")).check()
    page.get_by_role("button", name=said("draft.put_forward")).click()
    page.wait_for_url("**/versions/2", timeout=BUSY)
    look(page)
    return page.url


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_a_changed_limit_goes_from_a_draft_to_tomorrow(visit: Visit, office: Office, language: str) -> None:
    said = words_of(language)
    office.application.stories = lambda _bundle: (FAILING,)
    draft_id = drafted(office)
    owner = in_language(visit("曹颖", language=language), language)
    compared(owner, draft_id, language)
    version = proposed(owner, draft_id, language)

    for name, part in SIGNERS[:2]:
        signed(visit, version, name, part, language=language, size=PHONE)
    approver = in_language(visit("罗建平", language=language), language)
    approver.goto(version)
    expect(approver.get_by_role("link", name=said("version.sign_task"))).to_have_count(0)
    approver.get_by_role("button", name=said("version.waive"), exact=True).click()
    expect(approver.locator("#reason-error")).to_be_visible()
    approver.locator("#reason").fill("故事按旧时限写的")
    look(approver)
    approver.get_by_role("button", name=said("version.waive"), exact=True).click()
    approver = signed(visit, version, *SIGNERS[2], language=language)
    expect(approver.get_by_text("故事按旧时限写的")).to_be_visible()
    expect(approver.get_by_text(said("version.state.coming"), exact=True)).to_be_visible()

    office.clock.set(MIDNIGHT - timedelta(seconds=1))
    today = office.register()
    office.clock.set(MIDNIGHT)
    tomorrow = office.register()
    versions = [row["digest"] for row in office.rows(_VERSIONS)]
    assert [case.procedure.digest for case in (today, tomorrow)] == versions

    owner = in_language(visit("曹颖", language=language), language)
    owner.goto("/procedure/complaint/versions")
    look(owner)
    owner.get_by_role(
        "link", name=said("procedure.version").strip() + (" 1" if language == "en-GB" else " 1 版"), exact=True
    ).click()
    owner.get_by_role("link", name=said("version.read"), exact=True).click()
    expect(owner.locator(".rd-diagram__canvas")).to_have_attribute("data-ready", "yes", timeout=BUSY)
    look(owner)
    owner.get_by_role("button", name=said("version.restore")).click()
    expect(owner.get_by_text(LIMIT[language][1])).to_be_visible(timeout=BUSY)


def without_clauses(office: Office) -> str:
    """The owner's draft in which the elements of the main diagram carry no clause any more."""
    draft_id = str(office.execute(BeginDraft("complaint"), "owner"))
    drawn = Bundle.from_bytes(office.rows(t.procedure_draft.select())[0]["bundle"]).files["complaint.bpmn"]
    stripped = re.sub(rb'<spiffworkflow:property name="clause" value="[^"]*" />', b"", drawn)
    office.execute(SaveFile(draft_id, "complaint.bpmn", stripped, digest_of(drawn)), "owner")
    return draft_id


def test_a_mend_leaves_one_where_one_was_and_many_are_waived_at_once(visit: Visit, office: Office) -> None:
    office.application.stories = lambda _bundle: (FAILING,)
    draft_id = without_clauses(office)
    owner = visit("曹颖")
    owner.goto(f"/procedure/drafts/{draft_id}/publish")
    mended = owner.locator("li:has(> .rd-mend)")
    expect(mended).not_to_have_count(0, timeout=BUSY)
    many, row = mended.count(), str(mended.nth(1).get_attribute("id"))
    mended.nth(1).locator(".rd-mend button").focus()
    owner.keyboard.press("Enter")
    expect(mended).to_have_count(many - 1, timeout=BUSY)
    expect(owner).to_have_url(re.compile(f"/publish#{row}$"))
    expect(owner.locator(f"#{row} > .rd-mend button, #{row}:not(:has(> .rd-mend))")).to_be_focused()

    tomorrow = office.clock.now() + timedelta(days=1)
    number = office.execute(PutForward(draft_id, Text("少几条", "Fewer"), tomorrow, True), "owner").number
    approver = visit("罗建平", size=PHONE)
    approver.goto(f"/procedure/complaint/versions/{number}")
    boxes = approver.locator("#waive input[type=checkbox]")
    expect(boxes).not_to_have_count(0)
    left = boxes.count()
    approver.locator("#waive a").click()
    expect(approver.locator("#waive input:checked")).to_have_count(left)
    boxes.first.uncheck()
    look(approver)
    approver.get_by_label("理由（给勾选的各条）").fill("下季补上")
    approver.locator("#waive button").click()
    expect(boxes.or_(approver.locator("#waive input[name=obstacle]"))).to_have_count(1)
    expect(approver.get_by_text("罗建平豁免：下季补上")).to_have_count(left - 1)
