"""What differs between a draft or version and another, as pages, paper and PDF; and publishing as its page says it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine.commands.studio import PutForward
from engine.commands.versions import BeginDraft, ProposeVersion, SaveFile, SignVersion
from engine.commands.versions.editing import digest_of
from engine.domain.text import Text
from engine.procedure import Bundle
from engine.procedure.trying import Played
from engine.storage import tables as t
from tests.engine.versions.test_putting_forward import only_carrier
from tests.office import Office
from tests.web.conftest import Login
from tests.web.pages import Page

KEY = "complaint"
VERSIONS = f"/procedure/{KEY}/versions"
FAILING = Played("scenarios/minor.yaml", "轻微投诉", False, 4, (Text("到期应是明天", "It should be due tomorrow"),))
TOLD = "时限 派单：12 小时 → 8 小时"


def words(page: Page) -> str:
    return " ".join(page.tree.xpath("string(//body)").split())


@pytest.fixture
def changed(office: Office) -> dict[str, bytes]:
    """The files in force with a limit and a name changed, as the owner's draft and as version 2."""
    draft_id = str(office.execute(BeginDraft(KEY), "owner"))
    files = dict(Bundle.from_bytes(office.rows(t.procedure_draft.select())[0]["bundle"]).files)
    for path, old, new in (("limits.dmn", "<text>12</text>", "<text>8</text>"), ("assign.bpmn", "回应派单", "答复派单")):
        content = files[path].replace(old.encode(), new.encode(), 1)
        office.execute(SaveFile(draft_id, path, content, digest_of(files[path])), "owner")
        files[path] = content
    office.execute(ProposeVersion(Bundle(files), Text("太慢", "Too slow"), office.clock.now()), "owner")
    return files


def address(office: Office) -> str:
    return f"/procedure/drafts/{office.rows(t.procedure_draft.select())[0]['id']}"


def test_a_draft_and_two_versions_are_told_alike(login: Login, office: Office, changed: Any) -> None:
    owner, reception = login("owner"), login("reception")

    draft, versions = owner.get(f"{address(office)}/changes"), reception.get(f"{VERSIONS}/1/against/2")

    for page in (draft, versions):
        assert TOLD in words(page) and "答复派单" in words(page)
        assert [box.get("data-rd-side") for box in page.tree.xpath("//*[@data-rd-side]")] == ["before", "after"]
    assert "去修改" in words(draft) and "去修改" not in words(versions)
    assert TOLD not in words(reception.get(f"{VERSIONS}/2/against/1")), "the other way round"
    assert reception.get(f"{VERSIONS}/1/against/9").status == 404
    assert reception.get(f"{address(office)}/changes").status == 403


def test_a_table_stands_side_by_side_and_the_place_looked_for_is_marked(login: Login, changed: Any) -> None:
    reception = login("reception")

    page = reception.get(f"{VERSIONS}/1/against/2?file=limits.dmn&at=limits_row_11")

    sides = page.tree.xpath("//*[@data-rd-scrolls]")
    cells = [side.xpath(".//*[contains(@class, 'cell--changed')]")[0].text_content() for side in sides]
    assert [" ".join(cell.split()) for cell in cells] == ["≠改动 12 小时", "≠改动 8 小时"], "by a sign and a word too"
    assert len(page.tree.xpath("//*[@id='here']")) == 1 and len(page.tree.xpath("//tr[contains(@class, 'rd-here')]")) == 2
    assert page.tree.xpath("//*[@rel='prev']/@href")[0].endswith("file=assign.bpmn&at=acknowledge_dispatch#here")
    assert not page.tree.xpath("//*[@rel='next']"), "it is the last"
    whole = reception.get(f"{VERSIONS}/1/against/2?file=limits.dmn&whole=1")
    assert len(whole.tree.xpath("//tbody/tr")) > len(page.tree.xpath("//tbody/tr"))


def test_any_two_states_are_chosen_and_have_an_address(login: Login, office: Office, changed: Any) -> None:
    owner, reception = login("owner"), login("reception")
    draft_id = address(office).rpartition("/")[2]

    def chosen(before: str, after: str) -> str:
        return str(owner.get(f"/procedure/{KEY}/compare?before={before}&after={after}").location)

    assert chosen("2", "1") == f"{VERSIONS}/2/against/1"
    assert chosen("2", draft_id) == f"/procedure/drafts/{draft_id}/changes?before=2"
    assert chosen("", "1") == VERSIONS
    against_the_proposal = owner.get(chosen("2", draft_id))
    assert TOLD not in words(against_the_proposal) and "没有实质改动" in words(against_the_proposal)
    for page, choices in ((owner.get(chosen("2", "1")), {"1", "2", draft_id}), (reception.get(chosen("2", "1")), {"1", "2"})):
        assert set(page.tree.xpath("//select[@name='after']/option/@value")) == choices
    assert owner.get(f"/procedure/drafts/{draft_id}/changes?before=9").status == 404
    assert reception.get("/procedure/garden/compare").status == 404


def test_the_meeting_gets_a_page_and_a_pdf_with_both_states_drawn(login: Login, office: Office, changed: Any) -> None:
    owner = login("owner")
    office.application.press._lay_out = lambda html: b"%PDF" + html.encode()

    paper = owner.get(f"{address(office)}/changes/paper")
    cells = paper.tree.xpath("//td[contains(@style, 'font-weight')]")
    assert [" ".join(cell.text_content().split()) for cell in cells] == ["≠ 12 小时", "≠ 8 小时"]
    assert TOLD in words(paper) and len(paper.tree.xpath("//*[local-name()='svg']")) == 2
    first = owner.client.get(f"{address(office)}/changes.pdf")
    office.application.press.finish()
    second = owner.client.get(f"{address(office)}/changes.pdf")

    assert first.status_code == 202 and "changes.pdf" in first.headers["Refresh"]
    assert second.status_code == 200 and second.data.startswith(b"%PDF") and second.mimetype == "application/pdf"


def test_one_file_of_a_version_is_had_as_it_was(login: Login, changed: dict[str, bytes]) -> None:
    reception = login("reception")

    assert reception.client.get(f"{VERSIONS}/2/files/assign.bpmn").data == changed["assign.bpmn"]
    assert reception.client.get(f"{VERSIONS}/2/files/nothing.bpmn").status_code == 404


def test_a_version_is_opened_to_be_read_and_its_stories_are_played_by_its_owner(
    login: Login, office: Office, changed: Any
) -> None:
    reception = login("reception").get(f"{VERSIONS}/1/read?sheet=minor")

    assert "只供查看" in words(reception) and "全部演一遍" not in words(reception)
    assert login("reception").get(f"{VERSIONS}/1/stories").status == 403
    assert login("owner").get(f"{VERSIONS}/1/stories").status == 200


def test_a_task_of_a_review_says_what_stands_against_its_draft(login: Login, office: Office) -> None:
    draft_id = str(office.execute(BeginDraft(KEY), "owner"))
    content = Bundle.from_bytes(office.rows(t.procedure_draft.select())[0]["bundle"]).files["limits.dmn"]
    office.execute(
        SaveFile(draft_id, "limits.dmn", content.replace(b"<text>12</text>", b"<text>8</text>", 1), digest_of(content)), "owner"
    )
    moment = office.clock.now() + timedelta(days=1)
    office.execute(PutForward(draft_id, Text("太慢", "Too slow"), moment), "owner")
    review = office.begun("review")[-1]
    review.complete("sign_as_author", "owner")
    review.complete(
        "sign_as_reviewer",
        "manager",
        signing_review="sent_back_to_author",
        unsigned_then="rewrite",
        signing_review_reason="不清楚",
    )
    office.application.stories = lambda _bundle: (FAILING,)
    owner, task = login("owner"), f"/tasks/{review.item('write_draft')['id']}"

    refused = owner.fill(task, task, change_reason="太慢", effective_on="2026-10-08T09:00")

    assert refused.status == 409 and "到期应是明天" in words(refused)
    assert any("scenarios/minor.yaml" in link for link in refused.tree.xpath("//*[@id='against']//a/@href"))
    assert refused.tree.xpath("string(//textarea[@name='change_reason'])").strip() == "太慢", "what was typed is still there"


def test_a_lost_clause_goes_back_to_its_carrier_by_a_button_of_the_publish_page(login: Login, office: Office) -> None:
    draft_id = str(office.execute(BeginDraft(KEY), "owner"))
    files = Bundle.from_bytes(office.rows(t.procedure_draft.select())[0]["bundle"]).files
    path, clause = only_carrier(files)
    written = b'name="clause" value="%s"'
    lost = files[path].replace(written % clause, written % b"S0.1")
    office.execute(SaveFile(draft_id, path, lost, digest_of(files[path])), "owner")
    owner, publish = login("owner"), f"{address(office)}/publish"
    line = f"//ul[@class='rd-findings']/li[contains(., '{clause.decode()}')]"
    (told,) = owner.get(publish).tree.xpath(line)
    assert f"file={path}" in told.xpath(".//a/@href")[0].replace("%2F", "/") and "仍由" in told.xpath("string(.//button)")

    (mend,) = (form for form in told.xpath(".//form") if form.get("action") == f"{address(office)}/mend")
    back = owner.post(mend.get("action"), dict(mend.fields))

    assert back.location == f"{publish}#against" and not owner.get(publish).tree.xpath(line)
    assert clause in Bundle.from_bytes(office.rows(t.procedure_draft.select())[0]["bundle"]).files[path]


def test_a_draft_of_an_older_version_says_so_and_is_not_offered_to_be_proposed(
    login: Login, office: Office, changed: Any
) -> None:
    publish, owner = f"{address(office)}/publish", login("owner")
    assert "第 2 版也在等签署" in words(owner.get(publish)) and owner.get(publish).tree.xpath("//textarea[@name='reason']")

    for name in ("owner", "manager", "director"):
        office.execute(SignVersion(KEY, 2), name)

    outdated = owner.get(publish)
    assert "第 2 版已经发布" in words(outdated) and not outdated.tree.xpath("//textarea[@name='reason']")
    compared = owner.get(VERSIONS).tree.xpath("//select[@id='compare-before']/option[@selected]/@value")
    assert compared == ["1"], "the newest beside what it changes"
