"""The first page of a case file, the timeline, the deadlines and the journal."""

from __future__ import annotations

import pytest

from engine.bootstrap import Application
from engine.clock import ManualClock
from engine.commands import cases, schedules, work
from engine.commands.imports.store_records import Record, StoreRecords
from engine.domain.events import EVENTS
from engine.queries.case_file import telling
from engine.storage import tables as t
from tests.office import Case, Office
from tests.web.conftest import Login
from tests.web.pages import Page

SCRIPT = "<script>alert(1)</script>"
TABS = ("", "/timeline", "/diagram", "/deadlines", "/documents", "/links")


def address(case: Case, tab: str = "") -> str:
    return f"/cases/{case.id}{tab}"


def entries(page: Page) -> list[str]:
    """The entries of the timeline, newest first, in words."""
    return [" ".join(entry.text_content().split()) for entry in page.tree.find_class("rd-entry")]


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_shows_number_subject_and_standing(login: Login, office: Office, tab: str) -> None:
    case = office.register(subject="楼道灯不亮", complainant_name="李晓梅")

    page = login("reception").get(address(case, tab))

    assert page.status == 200 and page.heading == "楼道灯不亮"
    head = page.tree.find_class("rd-pagehead")[0].text_content()
    assert case.number in head and "李晓梅" in head and "办理中" in head and "还剩" in head


@pytest.mark.parametrize("tab", [*TABS, "/journal", "/correct?field=subject", "/diagrams/complaint.bpmn"])
def test_another_estates_case_is_not_there(login: Login, office: Office, tab: str) -> None:
    case = office.register(subject="别的小区")

    page = login("bitong").get(address(case, tab))

    assert page.status == 404 and "别的小区" not in page.text


@pytest.mark.parametrize("case_id", ["nothing", "x" * 300, "%3Cscript%3E"])
def test_an_unknown_case_is_not_there(login: Login, case_id: str) -> None:
    page = login("supervisor").get(f"/cases/{case_id}")

    assert page.status == 404 and "<script>" not in page.text


def test_demands_values_and_open_tasks_stand_on_the_first_page(login: Login, office: Office) -> None:
    case = office.register(complainant_phone="13800003502")
    case.complete("judge_complaint")

    text = login("supervisor").get(address(case)).tree.text_content()

    assert "尽快修好楼道灯" in text, "the demand line"
    assert "设备设施" in text and "来电" in text and "13800003502" in text, "values by the labels of the version"
    assert "作出承诺" in text and "待接待认领" in text, "who has it now"
    assert "二 判断投诉" in text and "现场属实" in text, "what the forms say"


def test_the_severity_names_the_row_that_decided_and_then_the_person_who_raised_it(login: Login, office: Office) -> None:
    case = office.register()
    case.complete("judge_complaint")
    supervisor = login("supervisor")

    by_table = supervisor.get(address(case)).tree.text_content()
    case.do(cases.Raise(case.id, "important", "老人差点摔倒"), "supervisor")
    by_person = supervisor.get(address(case)).tree.text_content()

    assert "判定表第" in by_table and "轻微" in by_table
    assert "老人差点摔倒" in by_person and "刘敏决定" in by_person


def test_a_corrected_entry_shows_what_it_was(login: Login, office: Office) -> None:
    case = office.register(subject="楼道灯不亮")

    case.do(cases.Correct(case.id, "subject", "楼道灯与门禁都坏了", "听录音更正"), "reception")

    page = login("reception").get(address(case))
    assert page.heading == "楼道灯与门禁都坏了"
    assert [gone.text_content() for gone in page.tree.xpath("//del")] == ["楼道灯不亮"]


def test_a_draft_without_its_task_is_kept_for_the_one_who_typed_it(login: Login, office: Office) -> None:
    case = office.register()
    case.reach("propose_plan")
    case.do(work.SaveDraft(case.item("propose_plan")["id"], {"plan_text": "先换灯再查线路"}), "engineer")
    case.do(cases.Raise(case.id, "major", "造成损失"), "manager")

    assert "先换灯再查线路" in login("engineer").get(address(case)).text
    assert "先换灯再查线路" not in login("supervisor").get(address(case)).text


def test_the_timeline_tells_deeds_with_their_words_and_folds_what_followed(login: Login, office: Office) -> None:
    case = office.register(description="三楼楼道灯坏了一周")
    case.do(cases.LogContact(case.id, "又来电话催问"), "reception")
    case.do(cases.AddComment(case.id, "约好下午三点"), "reception2")
    case.complete("judge_complaint")

    page = login("supervisor").get(address(case, "/timeline"))

    newest = entries(page)
    assert "刘敏 完成“二 判断投诉”" in newest[0] and "随后自动发生" in newest[0]
    assert "何雨 留言" in newest[1] and "约好下午三点" in newest[1]
    assert "张倩 记下对方又来联系" in newest[2] and "又来电话催问" in newest[2]
    assert "登记投诉" in newest[3] and "三楼楼道灯坏了一周" in newest[3]
    folded = page.tree.xpath("//details[not(@open)]//li")
    assert any("新任务" in line.text_content() for line in folded)


def test_a_missed_deadline_is_never_folded(login: Login, office: Office) -> None:
    case = office.register()
    case.reach("confirm_assignment")
    office.let_pass(hours=13)

    page = login("supervisor").get(address(case, "/timeline"))

    late = page.tree.find_class("rd-entry--late")
    assert any("“派单”已超时" in entry.text_content() for entry in late)
    deadlines = login("supervisor").get(address(case, "/deadlines")).tree.text_content()
    assert "已超时，还在计时" in deadlines and "按时办完" in deadlines and "从“前台收到”起算" in deadlines


def test_erased_words_are_said_to_be_erased(login: Login, office: Office, application: Application) -> None:
    case = office.register()
    case.do(cases.AddComment(case.id, "不该写的话"), "reception")
    with application.database.write() as connection:
        gone = t.payload.c.field == "comment"
        connection.execute(t.payload.update().where(gone).values(value=None, salt=None))

    text = login("supervisor").get(address(case, "/timeline")).text

    assert "不该写的话" not in text and "已按规定删除" in text


def test_script_in_every_word_is_text(login: Login, office: Office) -> None:
    case = office.register(subject=SCRIPT, description=SCRIPT, complainant_name=SCRIPT, occurred_place=SCRIPT)
    case.do(cases.LogContact(case.id, SCRIPT), "reception")
    case.do(cases.Correct(case.id, "subject", f"{SCRIPT}!", SCRIPT), "reception")
    supervisor = login("supervisor")

    pages = [supervisor.get(address(case, tab)) for tab in (*TABS, "/correct?field=subject")]

    for page in [*pages, supervisor.get("/register"), supervisor.get("/register", query_string={"q": SCRIPT})]:
        assert page.status == 200
        assert SCRIPT not in page.text and "&lt;script&gt;" in page.text


def test_the_journal_is_for_the_process_owner_and_shows_that_the_chain_holds(
    login: Login, office: Office, application: Application
) -> None:
    case = office.register()
    owner = login("owner")

    refused = login("supervisor").get(address(case, "/journal"))
    sound = owner.get(address(case, "/journal"))
    with application.database.write() as connection:
        mine = (t.journal.c.stream_id == case.id) & (t.journal.c.seq == 1)
        connection.execute(t.journal.update().where(mine).values(actor_id="somebody"))
    broken = owner.get(address(case, "/journal"))

    assert refused.status == 403
    assert "完好" in sound.text and "不符" not in sound.text
    assert "不符" in broken.text


def test_sensitive_entries_are_shown_only_to_those_whose_tasks_ask_for_them(login: Login, office: Office) -> None:
    case = office.register(accused_person="保安甲")

    assert "保安甲" in login("reception").get(address(case)).text
    hidden = login("board")
    assert all("保安甲" not in hidden.get(address(case, tab)).text for tab in TABS)


def test_a_historic_record_can_be_read_and_nothing_else(login: Login, office: Office, application: Application) -> None:
    register = application.catalogue.intake(office.clock.now()).procedure.register
    values = {
        register["subject"]: "旧登记簿里的漏水",
        register["text"]: "卫生间天花板漏水",
        register["heard_at"]: office.clock.now(),
    }
    office.execute(StoreRecords(office.estate_id(), (Record("1", values),)), "admin")
    (entry,) = office.rows(t.register_entry.select())

    page = login("supervisor").get(f"/cases/{entry['case_id']}")

    assert page.heading == "旧登记簿里的漏水" and "历史记录" in page.text and "卫生间天花板漏水" in page.text
    assert page.tree.xpath("//main//form") == []
    assert not page.links(f"/cases/{entry['case_id']}/diagram")


def test_linked_cases_and_those_of_the_household_are_neighbours(login: Login, office: Office) -> None:
    first, second = office.register(subject="电梯异响"), office.register(subject="电梯停运")
    first.do(cases.Link(first.id, second.number, "同一部电梯"), "reception")

    page = login("supervisor").get(address(second, "/links"))

    assert page.links(f"/cases/{first.id}") == [f"/cases/{first.id}"] and "电梯异响" in page.text


def test_the_pages_speak_english_too(login: Login, office: Office, clock: ManualClock) -> None:
    case = office.register()
    supervisor = login("supervisor")
    supervisor.post("/language", {"language": "en"})

    texts = [supervisor.get(address(case, tab)).tree.text_content() for tab in TABS]

    assert "What you can do" in texts[0] and "Equipment and facilities" in texts[0]
    assert "recorded the complaint as" in texts[1] and "counted from" in texts[3]


def test_a_report_tells_how_it_was_made_sent_and_received(login: Login, office: Office) -> None:
    report = Case(office, office.execute(schedules.StartProcedure("reporting", "monthly_report_due"), "manager"))
    report.finish()
    receipt = office.rows(t.receipt.select().where(t.receipt.c.person_id == office.person_id("board")))[0]
    office.execute(schedules.ConfirmReceipt(receipt["id"]), "board")

    told = " ".join(entries(login("supervisor").get(address(report, "/timeline"))))

    for words in (
        f"开始办理，编号 {report.number}",
        "按登记簿算出 08-01 00:00 至 09-01 00:00 的数字",
        "报告发给",
        "确认收到报告",
    ):
        assert words in told


def test_every_kind_of_event_is_told_or_left_out_on_purpose() -> None:
    silent = {kind.__name__ for kind in EVENTS.values() if kind not in telling.TELLING}

    assert silent == {"RegisterUpdated", "CaseIndexed", "TimersReplaced", "DirectoryChanged", "WorkItemGraded"}
