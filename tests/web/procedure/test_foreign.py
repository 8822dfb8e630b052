"""An owner opens a diagram from another tool: it stands in the draft, what was filled in is told, refusals stand at the field."""

from __future__ import annotations

import io

from werkzeug.test import TestResponse

from tests.office import Office
from tests.web.conftest import Login
from tests.web.pages import Browser
from tests.web.procedure.test_studio import begun

LANES = (
    '<laneSet id="ls"><lane id="one" name="责任部门"><flowNodeRef>look</flowNodeRef></lane>'
    '<lane id="two" name="外面的人"><flowNodeRef>begin</flowNodeRef></lane></laneSet>'
)
DRAWN = f"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"><process id="theirs" name="外来流程">{LANES}
<startEvent id="begin"/><task id="look" name="看一看"/><endEvent id="over"/>
<sequenceFlow id="a" sourceRef="begin" targetRef="look"/><sequenceFlow id="b" sourceRef="look" targetRef="over"/>
</process></definitions>""".encode()


def send(who: Browser, draft: str, content: bytes, name: str = "Their Process.bpmn", **entered: str) -> TestResponse:
    """Post the file as the page does."""
    data = {"csrf_token": who.token(), "people": "1", "file": (io.BytesIO(content), name), **entered}
    return who.client.post(f"{draft}/foreign", data=data, content_type="multipart/form-data")


def test_a_diagram_from_elsewhere_becomes_one_of_the_draft(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)
    assert f"{draft}/foreign" in owner.get(f"{draft}/studio").text

    opened = send(owner, draft, DRAWN)

    assert opened.status_code == 303 and "file=their_process.bpmn" in opened.location
    page = owner.get(opened.location).text
    assert "已作为 their_process.bpmn 打开。 1 个任务改成了人工任务。 1 条泳道对上了角色。" in page
    assert "还没有角色的泳道：" in page and "外面的人" in page
    kept = owner.client.get(f"{draft}/files/their_process.bpmn").data
    assert b"userTask" in kept and "看一看".encode() in kept
    findings = owner.client.get(f"{draft}/findings?file=their_process.bpmn&first=1").json["findings"]
    assert {one["rule"] for one in findings if one["here"]} >= {"unknown-form", "lane-role"}


def test_tasks_stay_as_they_are_when_the_owner_says_so(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)

    send(owner, draft, DRAWN, people="")

    assert b"userTask" not in owner.client.get(f"{draft}/files/their_process.bpmn").data


def test_what_is_no_diagram_is_refused_at_the_field(login: Login, office: Office) -> None:
    owner = login("owner")
    draft = begun(owner)

    refused = send(owner, draft, b"<mxfile/>", "plan.xml")

    assert refused.status_code == 422
    assert "这是 draw.io 文件，不是 BPMN 图。请在原来的工具里导出为 BPMN 2.0 XML。" in refused.text
    assert 'aria-invalid="true"' in refused.text
    assert send(owner, draft, b"", "").status_code == 422


def test_nobody_else_may_and_somebody_at_work_is_not_pushed_aside(login: Login, office: Office) -> None:
    owner, admin, clerk = login("owner"), login("admin"), login("reception")
    draft = begun(owner)
    send(owner, draft, DRAWN)

    refused = send(admin, draft, DRAWN)
    taken = send(admin, draft, DRAWN, take_over="1")

    assert refused.status_code == 409 and 'name="take_over"' in refused.text
    assert taken.status_code == 303 and "their_process_2.bpmn" in taken.location
    assert send(clerk, draft, DRAWN).status_code == 403
