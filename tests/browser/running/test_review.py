"""A full quarterly review: evidence, experts, feedback, a change made and tried, three signatures, in force on its day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from engine.storage import tables as t
from tests.browser.conftest import PHONE, Visit, words_of
from tests.browser.procedure.signing import BUSY, SIGNERS, in_language, look, signed
from tests.office import Case, Office

pytestmark = pytest.mark.browser
#: Eight in the morning of the first of October, when the schedule begins the review of the quarter.
QUARTER = datetime(2026, 10, 1, 0, 0, tzinfo=UTC)
#: From the first of November, in the installation's zone.
IN_FORCE, WRITTEN = datetime(2026, 10, 31, 16, 0, tzinfo=UTC), "2026-11-01T00:00"
SAID = (("回访前先打个电话", "taken_up"), ("电梯广告太多", "not_taken_up"))
EXPERTS = (("钱律师", "law"), ("李工", "property_management"))
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
    """In the studio eight hours take the place of twelve, a story is played and the quarter's complaints are replayed."""
    said = words_of(language)
    page.goto("/procedure/complaint/versions")
    page.get_by_role("button", name=said("studio.begin")).click()
    page.wait_for_url("**/studio*")
    draft = page.url.partition("/studio")[0]
    page.goto(f"{draft}/studio?file=limits.dmn")
    amount = page.locator("#r11-amount")
    amount.fill("8")
    amount.press("Tab")
    look(page)
    page.goto(f"{draft}/try")
    look(page)
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
    look(page)
    return draft


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_a_quarter_is_reviewed_and_the_procedure_changed(visit: Visit, office: Office, language: str) -> None:
    said = words_of(language)
    review = quarter(office)
    owner = in_language(visit("曹颖", language=language), language)
    owner.goto("/inbox")
    look(owner)
    consulted(owner, review, language)

    task(owner, review)
    look(owner)
    owner.goto(f"/reviews/{review.id}/pack")
    look(owner)
    task(owner, review)
    owner.locator("[name=reviewed_procedure]").select_option("complaint")
    owner.locator("[name=change_wanted][value=change]").check()
    fill(owner, "review_conclusion", "派单要更快")
    done(owner, language)
    look(owner)
    task(owner, review)
    look(owner)

    draft = drafted(owner, office, language)
    owner.goto(f"{draft}/publish")
    look(owner)
    owner.get_by_role("link", name=review.number).click()
    fill(owner, "change_reason", "派单太慢")
    fill(owner, "change_reason_en", "Dispatch is too slow")
    fill(owner, "effective_on", WRITTEN)
    look(owner)
    done(owner, language)
    look(owner)

    version = "/procedure/complaint/versions/2"
    owner.goto(version)
    look(owner)
    owner.goto(f"/reviews/{review.id}/pack")
    look(owner)
    for name, part in SIGNERS:
        page = in_language(visit(name, language=language), language)
        page.goto(version)
        page.get_by_role("link", name=said("version.sign_task")).click()
        look(page)
        page = signed(visit, version, name, part, language=language, size=PHONE)
    look(page)

    office.clock.set(IN_FORCE - timedelta(seconds=1))
    before = office.register()
    office.clock.set(IN_FORCE)
    after = office.register()
    assert [one.procedure.digest for one in (before, after)] == [row["digest"] for row in office.rows(_VERSIONS)]
    assert review.entry["status"] == "closed"
    owner = in_language(visit("曹颖", language=language), language)
    for address in (f"/cases/{review.id}", "/procedure/complaint/versions", version, f"/reviews/{review.id}/pack"):
        owner.goto(address)
        look(owner)
