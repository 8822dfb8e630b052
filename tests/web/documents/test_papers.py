"""The pages of documents: what is offered, seen, issued and had again; the log; the printed procedure; bad addresses."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from engine.commands import cases
from tests.office import Case, Office
from tests.papers import opened, plainly, words
from tests.web.conftest import Login
from tests.web.pages import Browser, Page

FORM = "registration_form"


@pytest.fixture(autouse=True)
def plain(office: Office, request: pytest.FixtureRequest) -> None:
    """What is issued is a few bytes, except where a test is about PDF files."""
    if request.node.get_closest_marker("pdf") is None:
        plainly(office)


def address(case: Case, kind: str = FORM, way: str = "") -> str:
    return f"/cases/{case.id}/documents/{kind}{way}"


def issue(browser: Browser, case: Case, kind: str = FORM, **entries: str) -> Page:
    return browser.fill(address(case, kind), address(case, kind, "/issue"), **entries)


@pytest.mark.clause("S4.30")
def test_a_document_is_seen_issued_and_had_again(login: Login, office: Office) -> None:
    case, reception = office.register(subject="电梯停运"), login("reception")

    listed = reception.get(f"/cases/{case.id}/documents")
    seen = reception.get(address(case))
    after = reception.follow(issue(reception, case))

    assert listed.links(f"/cases/{case.id}/documents/")[0] == address(case)
    assert "草稿，未编号" in seen.text and "电梯停运" in seen.text and f"发出，编号 {case.number}-登-1" in seen.text
    assert f"已发出，编号 {case.number}-登-1。" in after.notices and f"编号 {case.number}-登-2" in after.text
    (link,) = after.links(f"/cases/{case.id}/issued/")
    answer = reception.client.get(link)
    assert answer.data == f"%PDF 客户投诉登记表 {case.number}-登-1".encode() and answer.mimetype == "application/pdf"
    assert quote("客户投诉登记表") in answer.headers["Content-Disposition"]
    assert "sandbox" in answer.headers["Content-Security-Policy"] and "no-store" in answer.headers["Cache-Control"]
    log = reception.get("/documents")
    assert f"{case.number}-登-1" in log.text and "张倩" in log.text and "共 1 份" in log.text
    assert f"{case.number}-登-1" in reception.get(f"/cases/{case.id}/timeline").text


def test_a_second_click_and_an_old_tab_get_no_second_number(login: Login, office: Office) -> None:
    case, reception = office.register(), login("reception")
    before = reception.get(address(case)).form(address(case, way="/issue"))

    reception.post(address(case, way="/issue"), before)
    again = reception.post(address(case, way="/issue"), before)
    other = reception.post(address(case, way="/issue"), {**before, "_once": "another tab"})
    forged = [reception.post(address(case, way="/issue"), {**before, "ordinal": typed}).status for typed in ("", "x", "-1", "9")]

    assert again.status == 409 and "不必重复" in again.notices
    assert other.status == 409 and "刚才有人先发出了这份文书" in other.notices
    assert forged == [409] * 4
    assert reception.get("/documents").text.count(f"{case.number}-登-") == 1


def test_the_paper_has_its_own_language(login: Login, office: Office) -> None:
    case, reception = office.register(), login("reception")

    english = reception.get(address(case) + "?language=en")
    after = reception.follow(issue(reception, case, language="en"))
    odd = reception.get(address(case) + "?language=xx")

    assert "Complaint registration form" in english.text and "发出，编号" in english.text
    assert "English · 张倩" in " ".join(after.text.split()) and "Draft, not numbered" in after.text
    assert "草稿，未编号" in odd.text


def test_who_may_not_issue_reads_and_who_may_not_read_finds_nothing(login: Login, office: Office) -> None:
    case = office.register()
    issue(login("reception"), case)
    keeper, stranger = login("keeper"), login("engineer")

    page = keeper.get(address(case, "reply_letter"))
    refused = keeper.post(address(case, "reply_letter", "/issue"), {"ordinal": "1"})

    assert page.status == 200 and "由接待、客户主任、主管经理、总经理发出。" in page.text
    assert page.tree.xpath("//form[contains(@action, '/issue')]") == []
    assert refused.status == 403 and "这份文书不由您的角色发出" in refused.notices
    (link,) = keeper.get(address(case)).links(f"/cases/{case.id}/issued/")
    for path in (address(case), address(case, way="/print"), address(case, way="/draft.pdf"), link):
        assert stranger.get(path).status == 404
    assert case.number not in stranger.get("/documents").text
    assert keeper.get(address(case, "no_such_paper")).status == 404
    other = office.register()
    assert keeper.get(link.replace(case.id, other.id)).status == 404, "only under its own case"


def test_what_is_typed_is_text_on_every_page(login: Login, office: Office) -> None:
    case = office.register(description="<script>alert(1)</script>", subject="<b>粗</b>")
    reception = login("reception")

    for path in (address(case), address(case, way="/print"), f"/cases/{case.id}/documents"):
        page = reception.get(path)
        assert page.status == 200 and "<script>alert" not in page.text and "<b>粗" not in page.text


def test_a_notice_that_cannot_be_public_says_why(login: Login, office: Office) -> None:
    case, supervisor = office.register(), login("supervisor")

    page = supervisor.get(address(case, "announcement"))
    refused = supervisor.post(address(case, "announcement", "/issue"), {"ordinal": "1"})

    assert "还没有人确认已隐去个人信息" in page.notices and page.tree.xpath("//form[contains(@action, '/issue')]") == []
    assert refused.status == 409 and "还没有人确认已隐去个人信息" in refused.notices


def test_what_was_erased_stays_in_the_log_without_its_file(login: Login, office: Office) -> None:
    case, reception = office.register(complainant_name="欧阳雪梅"), login("reception")
    issue(reception, case)
    (link,) = reception.get(address(case)).links(f"/cases/{case.id}/issued/")
    case.do(cases.ErasePersonalData(case.id, "依本人要求"), "admin")

    gone, page, log = reception.get(link), reception.get(address(case)), reception.get("/documents")

    assert gone.status == 404 and "只留下发放记录" in gone.text
    assert "欧阳雪梅" not in page.text and "（已删除）" in page.text
    for text in (page.text, log.text, reception.get(f"/cases/{case.id}/documents").text):
        assert f"{case.number}-登-1" in text and "文件已随个人信息删除" in text


def test_the_log_is_narrowed_by_estate_and_year(login: Login, office: Office) -> None:
    here, there, reception = office.register(), office.register(), login("reception")
    for case in (here, there):
        issue(reception, case)

    this_year, another, odd = (reception.get(f"/documents?year={year}&page=7") for year in ("2026", "2025", "-3"))

    assert here.number in this_year.text and there.number in odd.text
    assert "还没有发出过文书" in another.text and here.number not in another.text
    assert here.number in reception.get(f"/documents?estate={office.estate_id()}").text
    assert here.number not in reception.get("/documents?estate=elsewhere").text


def test_the_whole_procedure_is_on_one_page(login: Login) -> None:
    engineer = login("engineer")

    page = engineer.get("/procedure/complaint/versions/1/document")
    english = engineer.get("/procedure/complaint/versions/1/document?language=en")

    chinese = ("编制", "审核", "批准", "日期", "修订记录", "时限一览", "判定表", "一 记录投诉", "客户投诉登记表", "COMPLAINT-01")
    assert all(word in page.text for word in chinese)
    assert page.text.count("<svg") == english.text.count("<svg") == 22
    assert all(word in english.text for word in ("Written by", "Reviewed by", "Approved by", "Decision tables", "Revision"))
    assert engineer.get("/procedure/complaint/versions/99/document").status == 404
    assert engineer.get("/procedure/none/versions/1/document.pdf").status == 404


@pytest.mark.pdf
def test_a_procedure_becomes_a_pdf_without_anybody_waiting(login: Login, office: Office) -> None:
    engineer, place = login("engineer"), "/procedure/sealing/versions/1/document.pdf"

    waiting = engineer.get(place)
    office.application.press.finish()
    answer = engineer.client.get(place)

    assert waiting.status == 202 and "正在生成 PDF" in waiting.text
    assert waiting.response.headers["Refresh"] == f"3; url={place}"
    assert "SEALING-01" in words(opened(answer.data)) and "修订记录" in words(opened(answer.data))
    assert engineer.client.get(place).data == answer.data


@pytest.mark.pdf
def test_a_draft_is_shown_as_pdf(login: Login, office: Office) -> None:
    case, reception = office.register(subject="电梯停运"), login("reception")

    answer = reception.client.get(address(case, way="/draft.pdf"))

    assert "电梯停运" in words(opened(answer.data)) and "草稿" in words(opened(answer.data))
    assert answer.headers["Content-Disposition"].startswith("inline")
