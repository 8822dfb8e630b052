"""The procedure's own page: which version holds, its diagrams, its time limits in words."""

from __future__ import annotations

from tests.office import Office
from tests.web.conftest import Login


def test_the_version_in_force_is_shown_with_its_standing(login: Login, office: Office) -> None:
    office.register()
    published = office.application.catalogue.intake(office.clock.now())

    page = login("engineer").get("/procedure")

    words = " ".join(page.tree.xpath("string(//main)").split())
    assert page.heading == "客户投诉处理" and "第 1 版" in words and "未经本公司签署" in words and "随产品提供" in words
    assert published.procedure.digest[:12] in words
    assert "按此版办理中1" in words


def test_every_diagram_can_be_opened_the_frame_first(login: Login, office: Office) -> None:
    procedure = office.application.catalogue.intake(office.clock.now()).procedure
    manager = login("manager")

    page = manager.get("/procedure")
    sheets = [link.partition("sheet=")[2].partition("#")[0] for link in page.links("/procedure?sheet=")]

    assert sheets[0] == procedure.main and set(sheets) == set(procedure.diagrams)
    for process_id, diagram in procedure.diagrams.items():
        assert manager.client.get(f"/procedure/{procedure.key}/diagrams/{process_id}.bpmn").data == diagram.xml


def test_limits_are_told_in_words(login: Login, office: Office) -> None:
    procedure = office.application.catalogue.intake(office.clock.now()).procedure

    page = login("manager").get("/procedure")

    rows = [" ".join(row.text_content().split()) for row in page.tree.xpath("//tbody/tr")]
    assert len(rows) == len(procedure.decisions["limits"].rules)
    assert any("紧急通知" in row and "3 分钟" in row and "标为紧急" in row and "主管经理" in row for row in rows)
    assert any("否或未填" in row for row in rows)
    assert not any(word in row for row in rows for word in ("null", "false", "true", '"'))


def test_unknown_procedures_and_diagrams_are_not_there(login: Login) -> None:
    manager = login("manager")

    assert manager.get("/procedure/nothing/diagrams/minor.bpmn").status == 404
    assert manager.get("/procedure/complaint/diagrams/nothing.bpmn").status == 404
    assert manager.get("/procedure?sheet=%3Cscript%3E").status == 200
