"""An owner shortens a limit, replays past complaints, sees who would have missed it, goes down to one, and gives another up."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from engine.commands.versions import SaveFile
from engine.commands.versions.editing import digest_of
from engine.procedure import Bundle
from engine.storage import tables as t
from tests.browser.conftest import PHONE, Visit, words_of
from tests.browser.procedure.signing import look
from tests.office import Office
from tests.redrawing import with_cell

pytestmark = pytest.mark.browser
#: A replay begins a program of its own, which takes long on a busy machine.
BUSY = 60_000
#: How long the dispatch has.
LIMITS, DISPATCH = "limits.dmn", "limits_row_11_out_amount"


def shortened(page: Page, office: Office) -> str:
    """The address of a new draft in which a dispatch has two hours instead of twelve."""
    page.goto("/procedure/complaint/versions")
    page.locator("form[action='/procedure/complaint/drafts/new'] button").first.click()
    draft = page.url.partition("/studio")[0]
    (row,) = office.rows(t.procedure_draft.select())
    before = Bundle.from_bytes(row["bundle"])
    changed = with_cell(before, LIMITS, DISPATCH, "2").files[LIMITS]
    office.execute(SaveFile(row["id"], LIMITS, changed, digest_of(before.files[LIMITS])), "owner")
    return draft


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_an_owner_sees_what_a_shorter_limit_would_have_done(visit: Visit, office: Office, language: str) -> None:
    said = words_of(language)
    slow, quick = office.register(), office.register()
    quick.reach("propose_plan")
    office.let_pass(hours=3)
    slow.finish()
    quick.finish()
    page = visit("曹颖", language=language)
    page.goto(f"{shortened(page, office)}/studio")

    page.get_by_role("link", name=said("studio.stage.replay"), exact=True).click()
    look(page)
    page.get_by_label(said("replay.since")).fill("2026-09-01")
    page.get_by_role("button", name=said("replay.begin")).click()
    expect(page.get_by_text(said("replay.waits"))).to_be_visible()
    run = page.url
    look(page)
    # A worker is at hand in an installation; here the test is the worker, and the page notices by itself.
    assert office.application.run_replays() == 1
    missed = page.locator(".rd-tile", has_text=said("replay.cases_newly_missed"))
    expect(missed).to_contain_text("1", timeout=BUSY)
    look(page)

    missed.get_by_role("link").click()
    expect(page.get_by_role("link", name=quick.number)).to_have_count(0)
    look(page)
    page.get_by_role("link", name=slow.number).click()
    late = page.locator("tr.rd-row--late")
    expect(late).to_contain_text(said("replay.change.newly_missed"))
    expect(page.locator(".rd-diagram__canvas[data-ready=yes]")).to_have_count(2, timeout=BUSY)
    expect(page.locator(".rd-badge", has_text=said("replay.only_after")).first).to_be_attached()
    look(page)

    page.get_by_role("link", name=said("replay.to.heat")).click()
    expect(page.locator(".rd-diagram__canvas[data-ready=yes]")).to_have_count(1, timeout=BUSY)
    expect(page.locator("[class*='rd-mark--heat-5']").first).to_be_attached()
    look(page)
    page.get_by_role("link", name=said("replay.to.cases")).click()
    with page.expect_download() as download:
        page.get_by_role("link", name=said("replay.csv")).click()
    assert re.fullmatch(r"replay-\w+\.csv", download.value.suggested_filename)

    page.get_by_role("link", name=said("replay.runs")).click()
    page.get_by_role("button", name=said("replay.begin")).click()
    page.get_by_role("button", name=said("replay.cancel")).click()
    expect(page.get_by_text(said("replay.was_cancelled"))).to_be_visible()
    assert office.application.run_replays() == 0
    page.get_by_role("link", name=said("replay.runs")).click()
    expect(page.locator("tbody tr").first).to_contain_text(said("replay.is.cancelled"))

    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    for address in (run, f"{run}/cases", f"{run}/heat", f"{run}/cases/{slow.id}"):
        page.goto(address)
        look(page)
