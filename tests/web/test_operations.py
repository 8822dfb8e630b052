"""Operations: what failed is shown to those who deal with it, in words, and mended from the page; bad input is named and kept."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from engine.bootstrap import Application
from engine.commands import clock as clock_commands
from engine.domain.actor import SYSTEM
from engine.domain.text import Text
from engine.errors import Incident
from engine.storage import tables as t
from tests.office import Case, Office
from tests.published import publish, replacing
from tests.web.conftest import Login

STEP = "confirm_with_complainant"
WORDS = "可以，尽快就行。"


@pytest.fixture
def stuck(office: Office, application: Application) -> Case:
    """A case whose approver no row of the table names."""
    publish(application, "complaint", replacing("approvers.dmn", '"minor"', '"nobody"'))
    case = office.register()
    case.reach(STEP)
    with pytest.raises(Incident):
        case.complete(STEP)
    return case


def incident_id(office: Office) -> str:
    """The newest incident's."""
    return str(office.rows(sa.select(t.incident).order_by(t.incident.c.id))[-1]["id"])


def address(office: Office, *more: str) -> str:
    """Its page, or one of its forms."""
    return "/".join(("/operations", incident_id(office), *more))


def resolution(office: Office) -> str | None:
    """How it was dealt with."""
    return office.rows(sa.select(t.incident))[-1]["resolution"]  # type: ignore[no-any-return]


def test_the_owner_sees_what_happened_where_and_to_whom(office: Office, stuck: Case, login: Login) -> None:
    page = login("owner").get("/operations")

    assert page.status == 200 and page.heading == "运行管理"
    for words in ("确定批示人", stuck.number, "决策表“批示人”没有一行适用", "完成任务", "张倩", "失败 1 次", "填写内容已保留"):
        assert words in page.text
    assert page.links("/operations/") == [address(office)]
    shown = login("owner").get(address(office))
    assert shown.heading == "确定批示人" and WORDS in shown.text
    assert shown.links("/cases/")[0] == f"/cases/{stuck.id}"


def test_the_page_speaks_english_too(office: Office, stuck: Case, login: Login) -> None:
    browser = login("owner")
    browser.post("/language", {"language": "en"})

    page = browser.get(address(office))

    assert page.heading == "Find the approver"
    assert "Expected a row" in page.text and "Move to a corrected version and retry" in page.text


def test_an_administrator_deals_with_it_without_reading_the_words(office: Office, stuck: Case, login: Login) -> None:
    page = login("admin").get(address(office))

    assert page.status == 200 and stuck.number in page.text
    assert WORDS not in page.text and "您无权查看这件投诉" in page.text
    assert page.links("/cases/") == []


@pytest.mark.parametrize("who", ["reception", "supervisor", "bitong"])
def test_other_people_learn_nothing(office: Office, stuck: Case, login: Login, who: str) -> None:
    browser = login(who)

    assert browser.get("/operations").status == 403
    assert browser.get(address(office)).status == 404 == browser.get("/operations/nothing").status
    for form in ("retry", "value", "move", "skip", "dismiss"):
        assert browser.post(address(office, form), {"reason": "x"}).status == 404
    assert browser.get("/inbox").links("/operations") == []
    assert resolution(office) is None


def test_the_sidebar_leads_there_for_owner_and_administrator(office: Office, stuck: Case, login: Login) -> None:
    for who in ("owner", "admin"):
        assert login(who).get("/inbox").links("/operations") == ["/operations"]


def test_a_retry_that_fails_again_says_so_and_counts(office: Office, stuck: Case, login: Login) -> None:
    page = login("owner").fill(address(office), address(office, "retry"), reason="再试")

    assert page.status == 409
    assert "没有一行适用" in page.notices and "又没有办成，什么都没有改动" in page.notices
    assert "失败 2 次" in page.text and resolution(office) is None


def test_a_case_moves_to_the_corrected_version_from_the_page(
    office: Office, stuck: Case, application: Application, login: Login
) -> None:
    version_id = publish(application, "complaint", replacing("approvers.dmn", '"nobody"', '"minor"'))
    browser = login("owner")

    page = browser.fill(address(office), address(office, "move"), version_id=version_id, reason="已改正")

    after = browser.follow(page)
    assert stuck.number in after.notices and "没有待处理的故障" in after.text
    assert stuck.open_tasks == ["approve_plan_supervisor"] and resolution(office) == "move"
    assert browser.get(address(office)).status == 404


def test_many_cases_of_a_faulty_version_move_out_of_their_incidents_at_once(
    office: Office, stuck: Case, application: Application, login: Login
) -> None:
    waits = office.register()
    publish(application, "complaint", replacing("approvers.dmn", '"nobody"', '"minor"'))
    operator = login("owner")
    (link,) = operator.get(address(office)).links("/procedure/complaint/versions/3/cases")
    cases = link.partition("?")[0]

    offered = operator.get(link)
    assert stuck.number in offered.text
    page = operator.get(cases)
    form = page.form(cases) | {"case_id": [stuck.id, waits.id], "reason": "已改正"}
    receipt = operator.follow(operator.post(cases, form))

    assert "换好 2 件" in receipt.text and stuck.open_tasks == ["approve_plan_supervisor"]
    assert resolution(office) is not None and "没有待处理的故障" in operator.get("/operations").text


def test_a_missing_value_is_asked_for_by_its_name_and_choices(office: Office, stuck: Case, login: Login) -> None:
    browser = login("owner")
    offered = browser.get(address(office)).tree.xpath("//select[@name='field']/option/@value")
    assert "severity" in offered and "complainant_name" not in offered and "description" not in offered

    page = browser.get(f"{address(office)}?field=severity")

    assert page.tree.xpath("//select[@name='value']/option/@value") == ["", "minor", "important", "major"]
    assert "现在的值：轻微" in page.text


@pytest.mark.parametrize("field", ["complainant_name", "nothing", "", "<b>"])
def test_a_field_that_cannot_be_set_is_not_asked_for(office: Office, stuck: Case, login: Login, field: str) -> None:
    browser = login("owner")

    assert browser.get(address(office), query_string={"field": field}).tree.xpath("//*[@name='value']") == []
    page = browser.post(address(office, "value"), {"field": field, "value": "x", "reason": "x"})

    assert page.status == 422 and "不能在这里补填" in page.text
    assert resolution(office) is None


def test_bad_input_is_named_at_its_control_and_kept(office: Office, stuck: Case, login: Login) -> None:
    browser = login("owner")

    wrong = browser.post(address(office, "value"), {"field": "severity", "value": "grave", "reason": "我的原因"})
    missing = browser.post(address(office, "value"), {"field": "severity", "value": "major", "reason": " "})

    assert wrong.status == missing.status == 422
    assert wrong.errors and "我的原因" in wrong.text
    assert missing.errors == ["请写明原因。"]
    assert missing.tree.xpath("//select[@name='value']/option[@selected]/@value") == ["major"]


@pytest.mark.parametrize("form", ["skip", "dismiss", "move"])
def test_a_reason_is_asked_for(office: Office, stuck: Case, login: Login, form: str) -> None:
    page = login("owner").post(address(office, form), {"reason": "", "version_id": "nothing"})

    assert page.status == 422 and page.errors
    opened = page.tree.xpath("//details[@open]//form/@action")
    assert address(office, form) in opened and resolution(office) is None


def test_markup_in_a_reason_stays_text(office: Office, stuck: Case, login: Login) -> None:
    page = login("owner").post(address(office, "move"), {"reason": "<script>x</script>", "version_id": "'><script>"})

    assert page.status == 422 and "<script>x" not in page.text


def test_a_step_is_skipped_and_an_incident_dismissed_from_the_page(office: Office, stuck: Case, login: Login) -> None:
    browser = login("owner")

    skipped = browser.fill(address(office), address(office, "skip"), reason="业主已书面同意")
    assert skipped.status == 409, "the table fails after it all the same"
    page = browser.follow(browser.fill(address(office), address(office, "dismiss"), reason="另行处理"))

    assert "没有待处理的故障" in page.text and resolution(office) == "dismiss"
    assert stuck.open_tasks == [STEP]
    assert WORDS in login("reception").get(f"/tasks/{stuck.item(STEP)['id']}").text, "the words are back as a draft"


def test_what_was_done_meanwhile_is_said(office: Office, stuck: Case, application: Application, login: Login) -> None:
    with application.database.write() as connection:
        connection.execute(t.work_item.update().where(t.work_item.c.id == stuck.item(STEP)["id"]).values(status="cancelled"))

    page = login("owner").get(address(office))

    assert "不必再重试" in page.text
    assert page.tree.xpath("//form[@method='post']/@action")[-1] == address(office, "dismiss")
    assert not page.tree.xpath(f"//form[@action='{address(office, 'retry')}']")


def test_a_complaint_that_could_not_be_registered_is_shown_and_retried(
    office: Office, application: Application, login: Login
) -> None:
    publish(application, "complaint", replacing("severity.dmn", "true", 'hours("x")'))
    with pytest.raises(Incident):
        office.register(complainant_name="欧阳雪梅")
    browser = login("owner")
    page = browser.get(address(office))
    assert "未登记成功" in page.text and "欧阳雪梅" in page.text
    assert [form.rpartition("/")[2] for form in page.tree.xpath("//main//form[@method='post']/@action")] == ["retry", "dismiss"]
    publish(application, "complaint", replacing("severity.dmn", 'hours("x")', "true"))

    after = browser.follow(browser.fill(address(office), address(office, "retry")))

    assert "YH-2026-00001" in after.notices and resolution(office) == "retry"


def test_a_clock_in_doubt_is_confirmed_by_an_administrator_alone(office: Office, application: Application, login: Login) -> None:
    application.execute(clock_commands.DoubtClock(Text("时钟被拨动了", "The clock was moved")), SYSTEM)
    assert "时钟被拨动了" not in login("owner").get("/operations").text
    assert login("owner").post("/operations/clock").status == 403
    browser = login("admin")
    assert "整个系统" in browser.get("/operations").text

    after = browser.follow(browser.fill("/operations", "/operations/clock"))

    assert "已恢复计时" in after.notices and "没有待处理的故障" in after.text


def test_nothing_waits(login: Login) -> None:
    assert "没有待处理的故障" in login("owner").get("/operations").text
