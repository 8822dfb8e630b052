"""What people do to a case beside its tasks: shown to those who may, done, or refused with everything typed kept."""

from __future__ import annotations

import pytest

from tests.office import Case, Office
from tests.web.conftest import Login
from tests.web.pages import Page

#: Address, what is posted, and the login of somebody who may.
DEEDS = (
    ("contact", {"text": "又来电话"}, "reception"),
    ("comment", {"text": "约好三点"}, "reception"),
    ("raise", {"value": "major", "reason": "造成损失"}, "supervisor"),
    ("do/flag_later", {"reason": "墙面要掉"}, "reception"),
    ("do/withdraw", {"reason": "说已经好了"}, "reception"),
)


def address(case: Case, tab: str = "") -> str:
    return f"/cases/{case.id}{tab}"


def offered(page: Page) -> set[str]:
    """The last parts of the addresses that the page's forms post to."""
    return {form.get("action").rsplit("/", 1)[-1] for form in page.tree.xpath("//aside//form")}


@pytest.mark.parametrize(("deed", "typed", "who"), DEEDS)
def test_a_deed_is_done_from_the_form_on_the_first_page(
    login: Login, office: Office, deed: str, typed: dict[str, str], who: str
) -> None:
    case = office.register()
    case.reach("find_cause")
    browser = login(who)

    done = browser.fill(address(case), address(case, f"/{deed}"), **typed)

    assert browser.follow(done).notices
    words = typed.get("text") or typed["reason"]
    assert words in browser.get(address(case, "/timeline")).text


@pytest.mark.parametrize(("deed", "typed", "who"), DEEDS)
def test_nothing_is_done_without_words(login: Login, office: Office, deed: str, typed: dict[str, str], who: str) -> None:
    case = office.register()
    case.reach("find_cause")
    before = len(case.journal())

    page = login(who).post(address(case, f"/{deed}"), {**typed, "text": "  ", "reason": " "})

    assert page.status == 422 and page.errors
    assert page.tree.xpath(f"//details[@id='do-{deed.rsplit('/')[-1]}'][@open]"), "the form that was posted stands open"
    assert len(case.journal()) == before


def test_over_long_words_are_refused_and_kept(login: Login, office: Office) -> None:
    case = office.register()
    much = "长" * 5001

    page = login("reception").post(address(case, "/contact"), {"text": much})

    assert page.status == 422 and "5000" in " ".join(page.errors)
    assert much in page.text


def test_only_deeds_that_the_procedure_gives_the_person_are_offered(login: Login, office: Office) -> None:
    case = office.register()
    case.reach("find_cause")

    engineer, supervisor = (offered(login(who).get(address(case))) for who in ("engineer", "supervisor"))

    assert {"contact", "comment", "flag_later"} <= engineer
    assert not {"raise", "withdraw", "link", "correct"} & engineer
    assert {"raise", "withdraw", "link", "correct", "request_review", "raise_objection"} <= supervisor


def test_what_is_not_offered_is_refused_all_the_same(login: Login, office: Office) -> None:
    case = office.register()
    case.reach("find_cause")

    page = login("engineer").post(address(case, "/raise"), {"value": "major", "reason": "想提高"})

    assert page.status == 403 and case.entry["severity"] == "minor"


OTHERS = ["contact", "comment", "raise", "do/flag_later", "do/withdraw", "do/request_review", "link", "correct"]


@pytest.mark.parametrize("deed", OTHERS)
def test_another_estates_case_cannot_be_touched(login: Login, office: Office, deed: str) -> None:
    case = office.register()
    before = len(case.journal())

    page = login("bitong").post(address(case, f"/{deed}"), {"text": "x", "reason": "x", "value": "major", "_field": "subject"})

    assert page.status == 404 and len(case.journal()) == before


def test_a_severity_can_only_be_raised_and_only_graver_ones_are_offered(login: Login, office: Office) -> None:
    case = office.register(poor_service=True)
    case.complete("judge_complaint", poor_service=True)
    supervisor = login("supervisor")

    values = supervisor.get(address(case)).tree.xpath("//input[@name='value']/@value")
    lowered = supervisor.post(address(case, "/raise"), {"value": "minor", "reason": "没那么重"})

    assert values == ["major"]
    assert lowered.status == 422 and case.entry["severity"] == "important"


def test_what_the_procedure_does_not_wait_for_is_refused_with_the_reason_kept(login: Login, office: Office) -> None:
    case = office.register()

    page = login("reception").post(address(case, "/do/raise_objection"), {"reason": "不同意结果"})

    assert page.status == 409 and "现在这个阶段" in page.notices
    assert "不同意结果" in page.text


def test_an_unknown_number_cannot_be_linked_nor_one_of_another_estate(login: Login, office: Office) -> None:
    case = office.register()

    page = login("reception").post(address(case, "/link"), {"other_number": "BT-2026-00001", "reason": "同一件事"})

    assert page.status == 422 and "没有这个编号" in " ".join(page.errors)
    assert "BT-2026-00001" in page.text


def test_a_case_that_is_closed_offers_nothing(login: Login, office: Office) -> None:
    case = office.register()
    case.finish()
    supervisor = login("supervisor")

    page = supervisor.get(address(case))
    refused = supervisor.post(address(case, "/comment"), {"text": "补一句"})

    assert offered(page) == set()
    assert refused.status == 409 and "办结" in refused.notices


def test_an_entry_is_corrected_with_the_old_value_in_view(login: Login, office: Office) -> None:
    case = office.register(subject="楼道灯不亮")
    reception, path = login("reception"), address(case, "/correct")

    page = reception.get(path, query_string={"field": "subject"})
    entries = {**page.form(path), "subject": "楼道灯和门禁不亮", "_reason": "听错了"}
    done = reception.follow(reception.post(path, entries))

    assert "楼道灯不亮" in page.tree.find_class("rd-quote")[0].text_content()
    assert "已更正" in done.notices and done.tree.xpath("string(//del)") == "楼道灯不亮"


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("subject", "长" * 201, "太长"),
        ("subject", "新事由", " "),
        ("category", "nothing_such", "乱选"),
        ("complainant_phone", "12ab", "号码"),
    ],
)
def test_a_correction_that_the_form_would_not_take_is_refused(
    login: Login, office: Office, field: str, value: str, reason: str
) -> None:
    case = office.register(subject="楼道灯不亮")

    page = login("reception").post(address(case, "/correct"), {"_field": field, field: value, "_reason": reason})

    assert page.status == 422 and page.errors
    assert len(case.journal()) == 1
    assert value in page.text or field == "category"


@pytest.mark.parametrize("field", ["demands", "intake_evidence", "severity", "nothing_such", ""])
def test_lists_files_and_what_the_intake_does_not_ask_cannot_be_corrected(login: Login, office: Office, field: str) -> None:
    case = office.register()

    page = login("reception").get(address(case, "/correct"), query_string={"field": field})

    assert page.status == 200 and "不能在这里更正" in page.text
    assert not page.tree.xpath("//main//form")
