"""An owner tries a draft: the rehearsal turns red at the broken condition and green again, a walk becomes a story."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from engine.commands.studio import FileChange, SaveFiles
from engine.commands.versions.editing import digest_of
from engine.procedure import Bundle
from engine.storage import tables as t
from tests.browser.conftest import PHONE, Visit, words_of
from tests.office import Office
from webforms.wording import WORDS

pytestmark = pytest.mark.browser
#: A rehearsal begins a program of its own, which takes long on a busy machine.
BUSY = 60_000
#: Boxes and badges of the diagram are its makers'.
THEIRS = {"exclude": [[".djs-container"], [".bts-palette"]]}
DIAGRAM, CONDITION, WRONG = "complaint.bpmn", b'validity = "invalid"', b'validity = "to_improve"'
#: Each way round makes two tokens of one; beside it what a simulation plays and the engine does not, and what it plays once.
DOUBLING = (Path(__file__).parent / "doubling.bpmn").read_bytes()
KEPT = ("scenarios/answers.yaml", "scenarios/invalid_accepted.yaml", "scenarios/dispatch_late.yaml", "scenarios/minor.yaml")


def draft_of(page: Page, office: Office) -> str:
    """A new draft of the owner's with a few stories only, so that a rehearsal is short."""
    page.goto("/procedure/complaint/versions")
    page.locator("form[action='/procedure/complaint/drafts/new'] button").first.click()
    draft = page.url.partition("/studio")[0].rpartition("/")[2]
    stories = [path for path in files(office, draft) if path.startswith("scenarios/") and path not in KEPT]
    write(office, draft, dict.fromkeys(stories))
    return draft


def files(office: Office, draft: str) -> dict[str, bytes]:
    (row,) = office.rows(t.procedure_draft.select().where(t.procedure_draft.c.id == draft))
    return dict(Bundle.from_bytes(row["bundle"]).files)


def write(office: Office, draft: str, wanted: dict[str, bytes | None]) -> None:
    there = files(office, draft)
    changes = (FileChange(path, content, digest_of(there[path])) for path, content in wanted.items())
    office.execute(SaveFiles(draft, tuple(changes)), "owner")


def exchange(office: Office, draft: str, old: bytes, new: bytes) -> None:
    write(office, draft, {DIAGRAM: files(office, draft)[DIAGRAM].replace(old, new, 1)})


def counted(key: str, language: str, **counts: int) -> str:
    """How a rehearsal says what came of it."""
    words = WORDS[f"trying.{key}"]
    return (words.en if language.startswith("en") else words.zh).format(**counts)


def is_plain_to_read(page: Page) -> None:
    found = Axe().run(page, options={}, context=THEIRS).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found if fault["impact"] in {"serious", "critical"}] == []


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_an_owner_rehearses_mends_walks_and_keeps_the_walk(visit: Visit, office: Office, language: str) -> None:
    office.register()
    said, page = words_of(language), visit("曹颖", language=language)
    draft = draft_of(page, office)
    stage = f"/procedure/drafts/{draft}/try"

    exchange(office, draft, CONDITION, WRONG)
    page.goto(stage)
    page.get_by_role("button", name=said("trying.all")).click()
    expect(page.locator(".rd-story__wrong").first).to_be_visible(timeout=BUSY)
    expect(page.locator("[data-rd-progress]")).to_have_text(counted("state", language, held=2, failed=1), timeout=BUSY)
    is_plain_to_read(page)
    page.locator(".rd-story__name").first.click()
    expect(page.locator(".rd-diagram__canvas")).to_have_attribute("data-ready", "yes", timeout=BUSY)
    expect(page.locator(".rd-badge--late")).to_be_visible()
    expect(page.locator(".rd-entry--late")).to_have_count(1)
    expect(page.locator(".rd-mark--done").first).to_be_visible()
    is_plain_to_read(page)

    exchange(office, draft, WRONG, CONDITION)
    page.goto(stage)
    expect(page.locator("[data-rd-progress]")).to_have_text(said("trying.never"))
    page.get_by_role("button", name=said("trying.all")).click()
    expect(page.locator("[data-rd-progress]")).to_have_text(counted("all_hold", language, held=3), timeout=BUSY)

    page.get_by_role("link", name=said("trying.walk_begin")).click()
    page.get_by_role("button", name=said("trying.record")).click()
    expect(page.locator(".rd-diagram__canvas")).to_have_attribute("data-ready", "yes", timeout=BUSY)
    is_plain_to_read(page)
    late = page.locator(".rd-trying__running .rd-due--late")
    for passed in (1, 2):
        while late.count() < passed:
            page.get_by_role("button", name=said("trying.jump")).click()
            expect(page.locator(".rd-trying__told")).to_be_visible()
    page.locator("#name").fill("没人判断，两个期限都过")
    page.get_by_role("button", name=said("trying.save"), exact=True).click()
    expect(page.locator(".rd-notice--success").filter(has_text=said("trying.holds_all"))).to_be_visible(timeout=BUSY)
    page.goto(stage)
    expect(page.locator("[data-rd-progress]")).to_have_text(counted("all_hold", language, held=4))
    assert b"breached: [dispatch]" in files(office, draft)["scenarios/walked.yaml"]


def test_tokens_run_on_a_diagram_and_say_so_in_chinese(visit: Visit, office: Office) -> None:
    office.register()
    page = visit("曹颖")
    draft = draft_of(page, office)
    go_on, said = page.locator(".bts-context-pad[title=继续]:visible"), page.locator("[data-rd-tokens-said]")

    page.goto(f"/procedure/drafts/{draft}/try/tokens?file=minor.bpmn")
    expect(page.locator("[data-rd-tokens]")).to_have_attribute("data-ready", "yes", timeout=BUSY)
    go_on.first.click()

    expect(page.locator(".bts-notification").first).to_be_visible()
    # People take their time: the token waits at the first task until somebody goes on.
    expect(go_on).not_to_have_count(1)
    expect(page.locator(".bts-toggle-mode")).to_contain_text("跑令牌")
    expect(said).to_be_hidden()
    is_plain_to_read(page)

    # What the tokens show otherwise than a case goes is said; a loop that splits on its way round comes to a halt.
    write(office, draft, {"minor.bpmn": DOUBLING})
    page.reload()
    expect(page.locator("[data-rd-tokens]")).to_have_attribute("data-ready", "yes", timeout=BUSY)
    expect(page.locator(".rd-tokens__other li")).to_contain_text(["事件子流程", "只走一次：问每个人"])
    is_plain_to_read(page)
    go_on.first.click()
    expect(said).to_contain_text("120", timeout=BUSY)
    page.get_by_role("button", name="重来").click()
    expect(said).to_be_hidden()


def test_on_a_telephone_without_a_script_a_case_is_walked_through(visit: Visit, office: Office) -> None:
    office.register()
    page = visit("曹颖", size=PHONE, scripts=False)
    draft = draft_of(page, office)

    page.goto(f"/procedure/drafts/{draft}/try/walk")
    page.get_by_role("button", name="记下并开始").click()
    page.get_by_role("button", name="办完这一步").click()

    expect(page.locator("#told")).to_have_text("走过的 2 步")
    expect(page.locator("form#task h3")).to_have_text("作出承诺")
