"""The owner's story: files out, changed as in any editor, back in; questions answered; three people sign; new cases follow."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.procedure.signing import SIGNERS, look, signed
from tests.office import Office
from tests.unit.exchange.plain_editor import with_task

pytestmark = pytest.mark.browser


def edited(zipped: bytes) -> bytes:
    """The archive with an amount and a user task changed by hand, zipped as a desktop does: in a folder of its own."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(zipped)) as before, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "limits.dmn":
                data = data.replace(b"<text>12</text>", b"<text>8</text>", 1)
            after.writestr(f"complaint/{name}", with_task(data) if name == "assign.bpmn" else data)
    return buffer.getvalue()


def test_an_owner_changes_the_procedure_and_new_cases_follow(visit: Visit, office: Office, tmp_path: Path) -> None:
    before = office.register()
    page = visit("曹颖")
    page.get_by_role("link", name="规程", exact=True).first.click()
    page.get_by_role("link", name="各版与改动").and_(page.locator("a[href*='complaint']")).click()
    look(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载第 1 版的文件").click()
    changed = tmp_path / "complaint.zip"
    changed.write_bytes(edited(Path(download.value.path()).read_bytes()))

    page.get_by_text("用自己的编辑器改").click()
    page.locator("input[type=file]").set_input_files(changed)
    page.get_by_role("button", name="上传并检查").click()
    expect(page.get_by_text("时限 派单：12 小时 → 8 小时")).to_be_visible()
    expect(page.get_by_role("button", name="提出，等三人签署")).to_have_count(0)
    look(page)
    page.get_by_label("谁来做").select_option(label="主管经理")
    page.get_by_label("填什么").fill("复核意见\n")
    page.get_by_label("多久").fill("2")
    page.get_by_role("button", name="写进文件").click()
    expect(page.get_by_text("新增人工任务 复核派单（主管经理），在 确定受理人 之后；时限：复核派单")).to_be_visible()
    page.get_by_role("link", name="去发布").click()
    page.get_by_label("为什么改").fill("派单太慢，并加一道复核")
    page.get_by_label("从何时起生效").fill("2026-10-08T09:00")
    look(page)
    page.get_by_role("button", name="提出，等三人签署").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("第 2 版")
    look(page)

    for (name, part), after in zip(SIGNERS, ("等待复核签署", "等待批准签署", "待生效"), strict=True):
        signer = signed(visit, page.url, name, part, size=PHONE)
        expect(signer.get_by_text(after, exact=True)).to_be_visible()
        look(signer)

    office.clock.set(datetime(2026, 10, 8, 0, 59, 59, tzinfo=UTC))
    still = office.register()
    office.clock.advance(seconds=1)
    after = office.register()
    for case in (before, still, after):
        case.reach("confirm_assignment")
        case.complete("confirm_assignment")
    assert (before.open_tasks, still.open_tasks) == (["acknowledge_dispatch"], ["acknowledge_dispatch"])
    assert after.open_tasks == ["Activity_1Ab"]

    manager = visit("高翔")
    manager.goto("/inbox/available")
    manager.get_by_role("link", name=re.compile("复核派单")).click()
    manager.get_by_label("复核意见").fill("同意")
    manager.get_by_role("button", name="完成", exact=True).click()
    expect(manager.get_by_role("heading", level=1)).to_contain_text("已完成")
    assert after.open_tasks == ["acknowledge_dispatch"]


def test_a_broken_file_is_told_in_words_with_its_place(visit: Visit, office: Office, tmp_path: Path) -> None:
    diagram = office.application.catalogue.intake(office.clock.now()).procedure.bundle.files["assign.bpmn"]
    broken = tmp_path / "assign.bpmn"
    broken.write_bytes(diagram.replace(b'value="reception"', b'value="nobody"', 1))
    page = visit("曹颖", scripts=False)
    page.goto("/procedure/complaint/versions")

    page.get_by_text("用自己的编辑器改").click()
    page.locator("input[type=file]").set_input_files(broken)
    page.get_by_role("button", name="上传并检查").click()

    expect(page.get_by_text("没有名为“nobody”的角色").first).to_be_visible()
    expect(page.get_by_text(re.compile(r"在 assign\.bpmn · 接待 · 第 \d+ 行")).first).to_be_visible()
    expect(page.get_by_role("button", name="提出，等三人签署")).to_have_count(0)
