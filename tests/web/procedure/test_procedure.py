"""The procedure's own pages: what holds, in words; how an owner changes it, and who signs."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO

from engine.commands.versions import ProposeVersion
from engine.domain.text import Text
from engine.procedure import Bundle
from tests.office import Office
from tests.unit.exchange.plain_editor import with_task
from tests.web.conftest import Login
from tests.web.pages import Browser, Page

KEY = "complaint"
VERSIONS = f"/procedure/{KEY}/versions"


def test_the_version_in_force_is_shown_with_its_standing(login: Login, office: Office) -> None:
    office.register()
    published = office.application.catalogue.intake(office.clock.now())

    page = login("engineer").get("/procedure")

    words = " ".join(page.tree.xpath("string(//main)").split())
    assert page.heading == "规程"
    assert all(said in words for said in ("客户投诉处理", "第 1 版", "未经本公司签署", "随产品提供"))
    assert published.procedure.digest[:12] in words
    assert "按此版办理中1" in words


def test_every_diagram_can_be_opened_the_frame_first(login: Login, office: Office) -> None:
    procedure = office.application.catalogue.intake(office.clock.now()).procedure
    manager = login("manager")

    page = manager.get("/procedure")
    sheets = [link.partition("sheet=")[2].partition("#")[0] for link in page.links("/procedure?sheet=")]

    catalogue, now = office.application.catalogue, office.clock.now()
    shipped = [catalogue.in_force(key, now).procedure for key in catalogue.keys_in_force(now)]
    assert sheets[0] == procedure.main and set(sheets) == {name for one in shipped for name in one.diagrams}
    for one in shipped:
        for process_id, diagram in one.diagrams.items():
            assert manager.client.get(f"/procedure/{one.key}/diagrams/{process_id}.bpmn").data == diagram.xml


def test_limits_are_told_in_words(login: Login, office: Office) -> None:
    procedure = office.application.catalogue.intake(office.clock.now()).procedure

    page = login("manager").get("/procedure")

    rows = [" ".join(row.text_content().split()) for row in page.tree.xpath("//tbody/tr")]
    catalogue, now = office.application.catalogue, office.clock.now()
    tables = [catalogue.in_force(key, now).procedure.decisions["limits"] for key in catalogue.keys_in_force(now)]
    assert len(rows) == sum(len(table.rules) for table in tables) > len(procedure.decisions["limits"].rules)
    assert any("紧急通知" in row and "3 分钟" in row and "标为紧急" in row and "主管经理" in row for row in rows)
    assert any("否或未填" in row for row in rows)
    assert not any(word in row for row in rows for word in ("null", "false", "true", '"'))


def test_unknown_procedures_and_diagrams_are_not_there(login: Login) -> None:
    manager = login("manager")

    assert manager.get("/procedure/nothing/diagrams/minor.bpmn").status == 404
    assert manager.get("/procedure/complaint/diagrams/nothing.bpmn").status == 404
    assert manager.get("/procedure?sheet=%3Cscript%3E").status == 200


#: Who signs in which part, and how the version stands then.
SIGNING = (("owner", "author", "等待复核签署"), ("manager", "reviewer", "等待批准签署"), ("director", "approver", "待生效"))


def files_in_force(office: Office) -> dict[str, bytes]:
    return dict(office.application.catalogue.in_force(KEY, office.clock.now()).procedure.bundle.files)


def uploaded(browser: Browser, name: str, content: bytes, to: str = f"/procedure/{KEY}/drafts", **more: str) -> Page:
    return browser.post(to, {"file": (BytesIO(content), name), **more}, content_type="multipart/form-data")


def words(page: Page) -> str:
    return " ".join(page.tree.xpath("string(//main)").split())


def test_files_go_out_and_come_back_changed_and_three_people_put_them_into_force(login: Login, office: Office) -> None:
    owner = login("owner")
    zipped = owner.client.get(f"{VERSIONS}/1/files")
    assert zipped.headers["Content-Disposition"] == 'attachment; filename="complaint-1.zip"'
    files = dict(Bundle.from_bytes(zipped.data).files)
    files["limits.dmn"] = files["limits.dmn"].replace(b"<text>12</text>", b"<text>8</text>", 1)
    files["assign.bpmn"] = with_task(files["assign.bpmn"])

    changed = Bundle({path: files[path] for path in ("limits.dmn", "assign.bpmn")})
    draft = owner.follow(uploaded(owner, "changed.zip", changed.to_bytes()))
    assert all(
        part in words(draft) for part in ("谁来做", "填什么", "多久", "时限 派单：12 小时 → 8 小时")
    ) and "提出，等三人签署" not in words(draft)
    address = draft.response.request.path
    unanswered = owner.fill(address, f"{address}/answers")
    assert unanswered.status == 422 and len(unanswered.errors) == 2
    given = {"Activity_1Ab.role": "manager", "Activity_1Ab.fields": "复核意见", "Activity_1Ab.amount": "2"}
    draft = owner.follow(owner.fill(address, f"{address}/answers", **given))
    assert "新增人工任务 复核派单（主管经理），在 确定受理人 之后；时限：复核派单" in words(draft)

    publish = f"{address}/publish"
    refused = owner.fill(publish, publish, effective="soon")
    assert refused.status == 422 and refused.errors
    proposed = owner.follow(owner.fill(publish, publish, reason="派单太慢", effective="2026-10-08T09:00"))
    assert proposed.response.request.path == f"{VERSIONS}/2" and "等待起草签署" in words(proposed)
    review = office.begun("review")[-1]
    for name, part, after in SIGNING:
        assert "去签署" in words(login(name).get(f"{VERSIONS}/2")), "each finds the way to the task from the version"
        review.complete(f"sign_as_{part}", name)
        assert after in words(login("reception").get(f"{VERSIONS}/2"))

    office.clock.set(datetime(2026, 10, 8, 1, 0, tzinfo=UTC))
    case = office.register()
    case.reach("confirm_assignment")
    case.complete("confirm_assignment")
    assert case.open_tasks == ["Activity_1Ab"]
    assert "第 2 版" in words(login("reception").get("/procedure"))


def test_what_one_person_edits_another_takes_over_or_leaves_alone(login: Login, office: Office) -> None:
    owner, admin = login("owner"), login("admin")
    files = office.application.catalogue.in_force(KEY, office.clock.now()).procedure.bundle.files
    drawn = Bundle({"assign.bpmn": with_task(files["assign.bpmn"])}).to_bytes()
    address = uploaded(owner, "drawn.zip", drawn).location
    table = Bundle({"limits.dmn": files["limits.dmn"].replace(b"<text>12</text>", b"<text>8</text>", 1)}).to_bytes()

    added = uploaded(admin, "table.zip", table, f"{address}/files")
    answered = admin.fill(address, f"{address}/answers", **{"Activity_1Ab.fields": "复核意见"})
    gone = admin.fill(address, f"{address}/discard")

    for refused in (added, answered, gone):
        assert refused.status == 409 and "曹颖正在修改这份草稿" in refused.text
    assert "由我接着改，写进文件" in answered.text and "复核意见" in answered.text
    taken = uploaded(admin, "table.zip", table, f"{address}/files", take_over="1")
    assert taken.status == 303 and "时限 派单：12 小时 → 8 小时" in words(admin.get(address))


def test_findings_say_where_and_how_to_mend(login: Login, office: Office) -> None:
    owner = login("owner")
    broken = files_in_force(office)["assign.bpmn"].replace(b'name="role" value="reception"', b'name="role" value="nobody"', 1)

    draft = owner.follow(uploaded(owner, "assign.bpmn", broken))

    assert "须改正" in words(draft) and "在 assign.bpmn · 接待 · 第" in words(draft) and "提出，等三人签署" not in words(draft)
    address = draft.response.request.path
    mended = owner.follow(uploaded(owner, "assign.bpmn", files_in_force(office)["assign.bpmn"], f"{address}/files"))
    assert "须改正" not in words(mended) and "没有实质改动" in words(mended)
    owner.follow(owner.fill(address, f"{address}/discard"))
    assert owner.get(address).status == 404


def test_uploads_that_cannot_be_taken_are_refused_on_the_page(login: Login) -> None:
    owner = login("owner")
    climbing = BytesIO()
    with zipfile.ZipFile(climbing, "w") as archive:
        archive.writestr("../../evil.yaml", b"x")

    for name, content in (
        ("x.zip", b"no zip"),
        ("x.zip", climbing.getvalue()),
        ("x.exe", b"MZ"),
        ("x.dmn", b" " * 102_401),
        ("", b""),
    ):
        refused = uploaded(owner, name, content)
        assert refused.status == 422 and len(refused.errors) == 1, name


def test_only_owners_see_drafts_and_may_change_anything(login: Login, office: Office) -> None:
    owner, manager = login("owner"), login("manager")
    address = uploaded(owner, "limits.dmn", files_in_force(office)["limits.dmn"] + b"<!-- x -->").location

    assert manager.get(address).status == 403
    assert uploaded(manager, "limits.dmn", b"x").status == 403
    for part in ("answers", "publish", "discard", "files"):
        assert manager.post(f"{address}/{part}").status == 403
    assert "改规程" not in words(manager.get(VERSIONS)) and "改规程" in words(owner.get(VERSIONS))
    assert "改规程" in words(login("admin").get(VERSIONS))


def test_a_proposal_is_signed_by_those_who_may_and_can_be_taken_back(login: Login, office: Office) -> None:
    files = files_in_force(office)
    files["limits.dmn"] = files["limits.dmn"].replace(b"<text>12</text>", b"<text>8</text>", 1)
    later = office.clock.now() + timedelta(days=1)
    office.execute(ProposeVersion(Bundle(files), Text("太慢", "Too slow"), later), "owner")

    reception = login("reception").get(f"{VERSIONS}/2")
    assert "派单：12 小时 → 8 小时" in words(reception) and "签署（" not in words(reception)
    assert login("manager").post(f"{VERSIONS}/2/sign").status == 403
    assert login("manager").post(f"{VERSIONS}/2/withdraw").status == 403

    owner = login("owner")
    taken_back = owner.follow(owner.fill(f"{VERSIONS}/2", f"{VERSIONS}/2/withdraw"))
    assert "已撤回" in words(taken_back)
    assert owner.post(f"{VERSIONS}/2/sign").status == 409
    for unknown in (f"{VERSIONS}/9", f"{VERSIONS}/9/files", "/procedure/garden/versions", "/procedure/drafts/nothing"):
        assert owner.get(unknown).status == 404
