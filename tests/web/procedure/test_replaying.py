"""The stage of replays: ordered, waited for, read in both languages, given up; a case for those who may read it."""

from __future__ import annotations

import csv
import io

import pytest
import sqlalchemy as sa
from flask import Flask

from engine.commands.studio import PutForward
from engine.commands.studio.replaying import NoteReplay, TakeReplay
from engine.commands.versions import BeginDraft, SaveFile
from engine.commands.versions.editing import digest_of
from engine.domain.actor import SYSTEM
from engine.domain.text import Text
from engine.procedure import Bundle
from engine.rehearsal.replay.totals import Totals
from engine.storage import tables as t
from tests.office import Office
from tests.redrawing import with_cell
from tests.web.pages import Browser


@pytest.fixture
def owner(app: Flask, office: Office) -> Browser:
    return Browser(app, office.person_id("owner"))


def quicker(office: Office) -> str:
    """A draft that gives two hours for the dispatch."""
    draft_id = str(office.execute(BeginDraft("complaint"), "owner"))
    (row,) = office.rows(sa.select(t.procedure_draft.c.bundle).where(t.procedure_draft.c.id == draft_id))
    before = Bundle.from_bytes(row["bundle"])
    changed = with_cell(before, "limits.dmn", "limits_row_11_out_amount", "2").files["limits.dmn"]
    office.execute(SaveFile(draft_id, "limits.dmn", changed, digest_of(before.files["limits.dmn"])), "owner")
    return draft_id


def test_an_owner_orders_waits_reads_and_goes_down_to_the_case(owner: Browser, office: Office) -> None:
    slow = office.register()
    office.let_pass(hours=3)
    slow.finish()
    draft_id = quicker(office)
    stage, publish = (f"/procedure/drafts/{draft_id}/{name}" for name in ("replay", "publish"))
    assert "还没有用已有的投诉回放过" in owner.get(publish).text

    page = owner.get(stage)
    assert "开始回放" in page.text and "还没有回放过" in page.text
    ordered = owner.post(stage, {"since": "2026-09-01", "until": "2026-09-30", "which": "all"})
    address = ordered.location
    waiting = owner.get(address)
    assert 'hx-trigger="every 1s"' in waiting.text and "正在准备" in waiting.text and "取消回放" in waiting.text
    partial = owner.client.get(address, headers={"HX-Request": "true"})
    assert "<progress" in partial.text and "<html" not in partial.text

    office.application.run_replays()

    assert owner.client.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    done = owner.get(address).text
    before = owner.get(publish)
    assert "回放了 1 件投诉" in before.text and address in before.links("/procedure/drafts") and "还没有用" not in before.text
    assert "有新超时" in done and "派单" in done and "怎么算的" in done
    cases = owner.get(f"{address}/cases?which=missed").text
    assert slow.number in cases
    assert slow.number in owner.get(f"{address}/cases?which=missed&limit=dispatch").text
    none = owner.get(f"{address}/cases?which=missed&limit=promise").text
    assert slow.number not in none and "没有这样的投诉" in none
    assert "limit=dispatch" in done and "没有这样的投诉" in owner.get(f"{address}/cases?role=reception").text
    lines = list(csv.reader(io.StringIO(owner.get(f"{address}/cases.csv?which=missed").text.lstrip("\ufeff"))))
    assert [line[0] for line in lines] == ["编号", slow.number] and lines[1][3] == "1"
    case = owner.get(f"{address}/cases/{slow.id}").text
    assert "新超时" in case and 'id="way-before"' in case and f"{address}/drawings/after/" in case
    heat = owner.get(f"{address}/heat").text
    assert '"heat": {' in heat and "1" in heat
    assert owner.client.get(f"{address}/drawings/after/complaint").data.startswith(b"<?xml")
    assert owner.get(f"{address}/drawings/beside/complaint").status == 404


def test_whoever_signs_reads_the_replays_that_are_evidence_of_the_version(app: Flask, owner: Browser, office: Office) -> None:
    case = office.register()
    draft_id = quicker(office)
    stage = f"/procedure/drafts/{draft_id}/replay"
    address = owner.post(stage, {"since": "", "until": "2026-09-30", "which": "all"}).location
    office.application.run_replays()
    signer = Browser(app, office.person_id("manager"))
    assert signer.get(address).status == 403
    office.execute(PutForward(draft_id, Text("派单太慢", "Too slow"), office.clock.now()), "owner")

    version = signer.get("/procedure/complaint/versions/2")
    assert "回放了 1 件投诉（… 到 2026-09-30 登记）" in version.text and address in version.links("/procedure/drafts")
    # Before their turn the review is none of the signer's: it is named, and no link leads to a page that is not theirs.
    assert "由复审作出" in version.text and not version.links("/reviews") and not version.links("/cases")
    (review,) = owner.get("/procedure/complaint/versions/2").links("/reviews")
    assert owner.get(review).heading == "复审资料"
    for page in (address, f"{address}/heat", f"{address}/cases"):
        seen = signer.get(page)
        assert seen.status == 200 and "第 2 版的依据" in seen.text and "编辑" not in seen.text, page
    assert case.number in signer.get(f"{address}/cases").text
    assert "回放 1 件" in signer.get("/procedure/complaint/versions").text


def test_an_order_that_cannot_be_says_why_at_the_field(owner: Browser, office: Office) -> None:
    stage = f"/procedure/drafts/{quicker(office)}/replay"

    wrong = owner.post(stage, {"since": "gestern", "until": "2026-09-30", "which": "all"})
    assert wrong.status == 422 and "请写成 2026-09-01 这样的日期" in wrong.text
    turned = owner.post(stage, {"since": "2026-09-30", "until": "2026-09-01", "which": "all"})
    assert turned.status == 422 and "结束日期早于开始日期" in turned.text and 'value="2026-09-30"' in turned.text
    owner.post(stage, {"since": "", "until": "", "which": "all"})
    twice = owner.post(stage, {"since": "", "until": "2026-09-02", "which": "all"})
    assert twice.status == 409 and "已有一次回放在进行" in twice.text


def test_a_replay_is_given_up(owner: Browser, office: Office) -> None:
    stage = f"/procedure/drafts/{quicker(office)}/replay"
    address = owner.post(stage, {"since": "", "until": "", "which": "all"}).location

    owner.post(f"{address}/cancel", {})

    assert "取消了" in owner.get(address).text and "已取消" in owner.get(stage).text
    assert owner.post(f"{address}/cancel", {}).status == 409


def test_one_that_is_given_up_tells_the_part_that_was_done_as_a_part(owner: Browser, office: Office) -> None:
    office.register()
    stage = f"/procedure/drafts/{quicker(office)}/replay"
    address = owner.post(stage, {"since": "", "until": "", "which": "all"}).location
    job = office.application.execute(TakeReplay(), SYSTEM)
    office.application.execute(NoteReplay(job.run_id, job.attempt, 1, 3, 3, (), Totals(cases=1).as_data()), SYSTEM)
    assert "只是走完的" not in owner.get(address).text

    owner.post(f"{address}/cancel", {})

    assert "下面只是走完的 1 件，不是全部 3 件" in owner.get(address).text


def test_who_may_not_read_the_case_sees_only_that_it_was_counted(app: Flask, office: Office) -> None:
    case = office.register()
    stage = f"/procedure/drafts/{quicker(office)}/replay"
    admin = Browser(app, office.person_id("admin"))
    address = admin.post(stage, {"since": "", "until": "", "which": "all"}).location
    office.application.run_replays()

    assert "另有 1 件您无权查看" in admin.get(f"{address}/cases").text
    assert admin.get(f"{address}/cases/{case.id}").status == 404
    assert Browser(app, office.person_id("supervisor")).get(address).status == 403


def test_a_period_without_complaints_says_what_to_do(owner: Browser, office: Office) -> None:
    stage = f"/procedure/drafts/{quicker(office)}/replay"
    address = owner.post(stage, {"since": "2020-01-01", "until": "2020-02-01", "which": "closed"}).location
    office.application.run_replays()

    assert "这段时间没有这样的投诉" in owner.get(address).text
