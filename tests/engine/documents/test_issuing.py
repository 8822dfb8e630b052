"""Issuing a document: its number, its bytes, who may, what is refused, and what an erasure leaves."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import pytest

from engine.commands import cases
from engine.commands.documents import IssueDocument
from engine.domain.document_events import DocumentIssued, DocumentsRemoved
from engine.errors import Conflict, Forbidden, InvalidState, NotFound
from engine.queries import documents
from tests.office import Case, Office
from tests.papers import issue, look, noticed, plainly

FORM, LETTER, NOTICE = "registration_form", "reply_letter", "announcement"


@pytest.fixture(autouse=True)
def plain(office: Office) -> None:
    """The paper itself does not matter here."""
    plainly(office)


def issued(case: Case) -> list[Any]:
    """What the log says of a case, newest first."""
    with case.office.application.read() as reader:
        return list(documents.issue_log(reader, case.office.actor("supervisor")).rows)


def bytes_of(case: Case, document_id: str, login: str = "reception") -> bytes:
    with case.office.application.read() as reader:
        return documents.content(reader, case.office.actor(login), case.id, document_id)[1]


def test_a_number_is_given_once_and_the_same_bytes_come_again(office: Office) -> None:
    case = office.register()

    said = [issue(case, FORM).said.en, issue(case, FORM, ordinal=2).said.en, issue(case, LETTER, language="en").said.en]

    numbers = [f"{case.number}-登-1", f"{case.number}-登-2", f"{case.number}-复-1"]
    assert said == [f"Issued under the number {number}." for number in numbers]
    assert [one.number for one in reversed(issued(case))] == numbers
    events = case.events(DocumentIssued)
    assert [event.number for event in events] == numbers and [event.language for event in events] == ["zh_Hans", "zh_Hans", "en"]
    for event in events:
        content = bytes_of(case, event.document_id)
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (event.sha256, event.size)


def test_who_clicks_twice_or_saw_an_older_state_gets_no_second_number(office: Office) -> None:
    case = office.register()
    issue(case, FORM)

    with pytest.raises(Conflict, match="Somebody has just issued"):
        issue(case, FORM)

    assert len(issued(case)) == 1


def test_a_case_that_changed_while_the_paper_was_drawn_up_is_drawn_up_again(office: Office) -> None:
    case, checks = office.register(), office.application.engine.checks
    drawn_up = checks[IssueDocument]

    def overtaken(*given: Any) -> IssueDocument:
        command: IssueDocument = drawn_up(*given)
        case.do(cases.AddComment(case.id, "刚才又来电"), "reception")
        return command

    checks[IssueDocument] = overtaken
    with pytest.raises(Conflict):
        issue(case, FORM)

    assert issued(case) == [] and case.events(DocumentIssued) == []
    files = office.application.files.folder
    assert not files.exists() or not any(path.is_file() for path in files.rglob("*")), "no paper without a number is kept"


def test_only_its_roles_issue_a_document_and_strangers_do_not_know_it(office: Office) -> None:
    case = office.register()

    with pytest.raises(Forbidden, match="not issued by your role"):
        issue(case, LETTER, "keeper")
    with pytest.raises(NotFound):
        issue(case, "no_such_paper")
    with pytest.raises(NotFound):
        look(office, "no-such-case", FORM)

    assert issued(case) == []


def test_nobody_but_the_check_may_say_what_is_printed(office: Office) -> None:
    case = office.register()
    del office.application.engine.checks[IssueDocument]
    command = IssueDocument(case.id, FORM, "zh_Hans", 1)

    with pytest.raises(InvalidState, match="not drawn up"):
        case.do(replace(command, made=None), "reception")


def test_a_closed_case_still_issues(office: Office) -> None:
    case = office.register()
    case.finish()

    assert issue(case, LETTER, "supervisor").said.en == f"Issued under the number {case.number}-复-1."


def test_a_notice_that_tells_of_a_person_is_not_issued(office: Office) -> None:
    case = noticed(office, "李海反映的停车费问题不属实。")

    with pytest.raises(InvalidState, match="still tells: Complainant's name"):
        issue(case, NOTICE, "supervisor")

    assert issued(case) == []


def test_a_redacted_notice_is_issued(office: Office) -> None:
    case = noticed(office, "近日有业主反映停车费要上涨。\n经核实，标准没有变化。")

    assert issue(case, NOTICE, "supervisor").said.zh == f"已发出，编号 {case.number}-公-1。"


def test_with_a_person_the_files_go_and_the_log_stays(office: Office) -> None:
    case, other = office.register(complainant_name="欧阳雪梅"), office.register()
    issue(case, FORM), issue(other, FORM)
    kept = {event.number: event.document_id for one in (case, other) for event in one.events(DocumentIssued)}
    mine, theirs = kept[f"{case.number}-登-1"], kept[f"{other.number}-登-1"]

    case.do(cases.ErasePersonalData(case.id, "依本人要求"), "admin")

    with pytest.raises(NotFound, match="went with the personal data"):
        bytes_of(case, mine)
    assert bytes_of(other, theirs) == f"%PDF 客户投诉登记表 {other.number}-登-1".encode()
    assert {one.number: one.removed_at is not None for one in issued(case)} == {
        f"{case.number}-登-1": True,
        f"{other.number}-登-1": False,
    }
    assert [event.document_ids for event in case.events(DocumentsRemoved)] == [[mine]]
    assert case.events(DocumentIssued)[0].sha256, "the journal keeps the digest of what was given out"
    again = look(office, case.id, FORM)
    assert again.ordinal == 2 and "complainant_name" in again.erased and again.values["complainant_name"] is None
    case.do(cases.ErasePersonalData(case.id, "再次核对"), "admin")
    assert len(case.events(DocumentsRemoved)) == 1, "what is gone is not removed again"
