"""A full quarterly review: evidence, experts, feedback, a change made and tried, three signatures, in force on its day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from engine.storage import tables as t
from tests.browser.conftest import PHONE, Visit, words_of
from tests.browser.procedure.signing import BUSY, SIGNERS, in_language, look
from tests.office import Case, Office

pytestmark = pytest.mark.browser
#: Eight in the morning of the first of October, when the schedule begins the review of the quarter.
QUARTER = datetime(2026, 10, 1, 0, 0, tzinfo=UTC)
#: From the first of November, in the installation's zone.
IN_FORCE, WRITTEN = datetime(2026, 10, 31, 16, 0, tzinfo=UTC), "2026-11-01T00:00"
SAID = (("回访前先打个电话", "taken_up"), ("电梯广告太多", "not_taken_up"))
EXPERTS = (("钱律师", "law"), ("李工", "property_management"))
LIMIT = {"zh-CN": "时限 派单：12 小时 → 8 小时", "en-GB": "limit Dispatch: 12 hours → 8 hours"}
UNUSED = {"zh-CN": "否 → 解释无效投诉", "en-GB": "No → Explain an invalid complaint"}
_VERSIONS = t.procedure_version.select().where(t.procedure_version.c.procedure_key == "complaint").order_by("number")


def quarter(office: Office) -> Case:
    """The review that the schedule begins when a quarter is over in which one complaint was dispatched too late."""
    late = office.register()
    late.reach("confirm_assignment")
    office.let_pass(hours=13)
    late.finish()
    office.go_to(QUARTER)
    (review,) = office.begun("review")
    return review


def task(page: Page, review: Case) -> None:
    """Open the review's task from the inbox."""
    page.goto("/inbox/available")
    page.locator(".rd-inbox-row", has_text=review.number).get_by_role("link").first.click()
    page.wait_for_url("**/tasks/*")


def done(page: Page, language: str) -> None:
    """Finish the task that is open."""
    page.get_by_role("button", name=words_of(language)("task.complete"), exact=True).click()
    page.wait_for_url("**/done")


def fill(within: Page | Locator, field: str, words: str) -> None:
    """What is written into a field of a form, by its key."""
    within.locator(f"[name$='{field}']").fill(words)


def consulted(page: Page, review: Case, language: str) -> None:
    """What was done is looked at, experts are asked, and everything residents said gets an answer."""
    task(page, review)
    look(page)
    fill(page, "execution_findings", "派单有一件超时")
    fill(page, "outdated_parts", "十二小时派单太宽")
    done(page, language)
    task(page, review)
    for place, (name, field) in enumerate(EXPERTS):
        row = listed(page, "expert_opinions", place)
        fill(row, "expert_name", name)
        row.locator(f"[name$=expert_field][value={field}]").check()
        fill(row, "expert_opinion", "派单时限可以缩短")
        fill(row, "expert_answer", "采纳")
    page.locator("[name=law_checked]").check()
    look(page)
    done(page, language)
    task(page, review)
    for place, (words, disposition) in enumerate(SAID):
        row = listed(page, "feedback_items", place)
        fill(row, "feedback_text", words)
        row.locator(f"[name$=feedback_disposition][value={disposition}]").check()
        fill(row, "feedback_reason", "已商量")
    fill(page, "feedback_asked_how", "业主群和公告栏")
    look(page)
    done(page, language)


def listed(page: Page, field: str, place: int) -> Locator:
    """A row of a list in a form, added where it is not there yet."""
    rows = page.locator(f"[id$={field}] [role=group]")
    if rows.count() <= place:
        page.locator(f"[name=_add][value={field}]").click()
    expect(rows).to_have_count(place + 1)
    return rows.nth(place)


def drafted(page: Page, office: Office, language: str) -> str:
    """From the review's task to the studio: eight hours instead of twelve, a story played, the quarter's complaints replayed."""
    said = words_of(language)
    page.get_by_role("button", name=said("studio.begin")).click()
    page.wait_for_url("**/studio*")
    draft = page.url.partition("/studio")[0]
    page.goto(f"{draft}/studio?file=limits.dmn")
    amount = page.locator("#r11-amount")
    amount.fill("8")
    amount.press("Tab")
    expect(page.locator("[data-rd-editor-status]")).to_contain_text(said("editor.kept"), timeout=BUSY)
    page.goto(f"{draft}/try")
    story = page.locator("[data-rd-story='scenarios/invalid_accepted.yaml']")
    page.locator("details", has=story).locator("summary").click()
    story.get_by_role("button").click()
    expect(page.locator(".rd-story .rd-chip--valid").first).to_be_attached(timeout=BUSY)
    page.goto(f"{draft}/replay")
    page.get_by_label(said("replay.since")).fill("2026-07-01")
    page.get_by_role("button", name=said("replay.begin")).click()
    expect(page.get_by_text(said("replay.waits"))).to_be_visible()
    assert office.application.run_replays() == 1
    expect(page.locator(".rd-tile").first).to_be_visible(timeout=BUSY)
    return draft


def signs(page: Page, version: str, language: str) -> None:
    """From the version to the task, where what was known of it stands, and signed."""
    said = words_of(language)
    page.goto(version)
    page.get_by_role("link", name=said("version.sign_task")).click()
    expect(page.locator("#evidence").get_by_role("link", name=said("replay.kept"))).to_be_visible()
    look(page)
    page.locator("main input[type=checkbox], main input[type=radio]").first.check()
    done(page, language)


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_a_quarter_is_reviewed_and_the_procedure_changed(visit: Visit, office: Office, language: str) -> None:
    said, review = words_of(language), quarter(office)
    pack, version = f"/reviews/{review.id}/pack", "/procedure/complaint/versions/2"
    owner = in_language(visit("曹颖", language=language), language)
    consulted(owner, review, language)

    task(owner, review)
    owner.get_by_role("link", name=said("pack.read_first")).click()
    expect(owner.locator("#pack_said tbody").last.locator("tr")).to_have_count(len(SAID))
    expect(owner.locator("#pack_late tr", has_text="S1.23").locator("td").nth(3)).to_have_text("1")
    expect(owner.locator("#pack_unused tr", has_text=UNUSED[language])).to_be_visible()
    look(owner)
    task(owner, review)
    owner.locator("[name=reviewed_procedure]").select_option("complaint")
    owner.locator("[name=change_wanted][value=change]").check()
    fill(owner, "review_conclusion", "派单要更快")
    done(owner, language)
    task(owner, review)
    look(owner)

    draft = drafted(owner, office, language)
    owner.goto(f"{draft}/publish")
    look(owner)
    owner.get_by_role("link", name=review.number).click()
    expect(owner.locator("#draft").get_by_text(LIMIT[language])).to_be_visible()
    fill(owner, "change_reason", "派单太慢")
    fill(owner, "effective_on", WRITTEN)
    look(owner)
    done(owner, language)
    for name, _part in SIGNERS:
        signs(owner if name == "曹颖" else visit(name, size=PHONE, language=language), version, language)
    assert review.entry["status"] == "closed" and office.begun("review")[0].id == review.id and len(office.begun("review")) == 1

    office.clock.set(IN_FORCE - timedelta(seconds=1))
    before = office.register()
    office.clock.set(IN_FORCE)
    after = office.register()
    assert [one.procedure.digest for one in (before, after)] == [row["digest"] for row in office.rows(_VERSIONS)]
    # A month has gone by: she signs in again.
    owner = in_language(visit("曹颖", language=language), language)
    owner.goto(f"/cases/{review.id}")
    look(owner)
    owner.get_by_role("link", name=said("pack.made")).click()
    expect(owner.get_by_role("link", name=review.number)).to_be_visible()
    look(owner)
    owner.goto("/procedure/complaint/versions")
    look(owner)
    owner.goto(pack)
    expect(owner.locator("#pack_change").get_by_text(LIMIT[language])).to_be_visible()
