"""What the case file brings together: contacts, promises with their clocks, signatures that still fit; all of its own version."""

from __future__ import annotations

from engine.bootstrap import Application
from engine.commands import cases
from engine.storage import tables as t
from tests.office import Case, Office
from tests.published import publish
from tests.web.conftest import Login


def address(case: Case, tab: str) -> str:
    return f"/cases/{case.id}/{tab}"


def test_every_time_that_somebody_spoke_with_them_is_listed_with_how_to_reach_them(login: Login, office: Office) -> None:
    case = office.register(complainant_name="李晓梅", complainant_phone="13800003502")
    case.do(cases.LogContact(case.id, "又来电话催问"), "reception")
    office.let_pass(minutes=1)
    case.reach("visit_complainant")
    case.complete("visit_complainant", visit_result="dissatisfied", dissatisfied_reason="又坏了")

    page = login("supervisor").get(address(case, "contacts"))

    assert page.links("tel:") == ["tel:13800003502"]
    told = [" ".join(entry.text_content().split()) for entry in page.tree.find_class("rd-entry")]
    assert "又坏了" in told[0] and "电话" in told[0], "the visit, by its form"
    assert any("又来电话催问" in entry and "张倩" in entry for entry in told)
    assert "登记" in told[-1] or "记录" in told[-1], "the first call"


def test_a_promise_stands_with_whether_it_was_kept(login: Login, office: Office) -> None:
    case = office.register()
    case.reach("make_promise")
    case.complete("make_promise")
    supervisor = login("supervisor")

    running = supervisor.get(address(case, "promises")).tree.text_content()
    office.let_pass(days=4)
    late = supervisor.get(address(case, "promises"))

    assert "三天内修好" in running and "兑现承诺" in running and "还剩" in running
    assert "已超时" in late.tree.text_content()


def test_a_form_that_was_changed_no_longer_fits_its_fingerprint(login: Login, office: Office, application: Application) -> None:
    case = office.register()
    case.complete("judge_complaint")
    supervisor = login("supervisor")

    before = supervisor.get(address(case, "signatures"))
    with application.database.write() as connection:
        judged = (t.submission.c.case_id == case.id) & (t.submission.c.form == "judge_complaint")
        connection.execute(t.submission.update().where(judged).values(plain='{"validity":"invalid"}'))
    after = supervisor.get(address(case, "signatures"))

    assert "刘敏" in before.text and "与签署时一致" in before.text and "不一致" not in before.text
    assert len(after.tree.xpath("//tr[@class='rd-row--late']")) == 1 and "与签署时不一致" in after.text


def test_the_head_says_why_a_case_is_as_grave_as_it_is_on_every_tab(login: Login, office: Office) -> None:
    case = office.register(serious_harm=True)
    case.complete("judge_complaint", serious_harm=True)
    supervisor = login("supervisor")

    heads = {
        tab: supervisor.get(address(case, tab)).tree.find_class("rd-pagehead")[0].text_content()
        for tab in ("timeline", "deadlines")
    }

    for head in heads.values():
        assert "为什么是重大" in head and "因公司责任造成重大经济损失或人身伤害" in head


def test_a_case_keeps_the_diagram_forms_and_limits_of_its_own_version(
    login: Login, office: Office, application: Application
) -> None:
    before = office.register()
    publish(application, "complaint", _next_version)
    after = office.register()
    supervisor = login("supervisor")

    diagrams = [supervisor.client.get(f"/cases/{case.id}/diagrams/complaint.bpmn").text for case in (before, after)]
    tasks = [supervisor.get(f"/tasks/{case.item('judge_complaint')['id']}").text for case in (before, after)]
    timelines = [supervisor.get(address(case, "timeline")).text for case in (before, after)]
    limits = [supervisor.get(address(case, "deadlines")).tree.text_content() for case in (before, after)]

    assert ["甲 判断投诉" in drawn for drawn in diagrams] == [False, True]
    assert ["有没有道理" in page for page in tasks] == [False, True]
    assert ["甲 判断投诉" in page for page in timelines] == [False, True]
    assert ["派单（新）" in shown for shown in limits] == [False, True]
    assert (
        "按规程第 1 版" in supervisor.get(f"/cases/{before.id}").text
        and "按规程第 2 版" in supervisor.get(f"/cases/{after.id}").text
    )


def _next_version(files: dict[str, str]) -> dict[str, str]:
    return {
        "complaint.bpmn": files["complaint.bpmn"].replace("二 判断投诉", "甲 判断投诉"),
        "forms/judge_complaint.form": files["forms/judge_complaint.form"].replace("投诉理由是否充分", "有没有道理"),
        "procedure.yaml": files["procedure.yaml"].replace(
            "dispatch: {zh: 派单, en: Dispatch}", "dispatch: {zh: 派单（新）, en: Dispatch}"
        ),
    }


def test_the_reason_of_a_severity_is_told_in_the_readers_language(login: Login, office: Office) -> None:
    case = office.register(serious_harm=True)
    case.complete("judge_complaint", serious_harm=True)
    supervisor = login("supervisor")
    supervisor.post("/language", {"language": "en"})

    head = supervisor.get(f"/cases/{case.id}").tree.find_class("rd-pagehead")[0].text_content()

    assert "Why Major: Major loss or injury through the company's fault · by row 1 of the table “Severity”" in head
