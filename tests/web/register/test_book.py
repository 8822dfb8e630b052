"""The register: a book that is narrowed, searched and turned by its address, and shows nobody what is not theirs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from engine.bootstrap import Application
from engine.clock import ManualClock
from engine.commands import cases
from engine.commands.imports.store_records import Record, StoreRecords
from engine.queries import register
from engine.storage import tables as t
from tests.office import Office
from tests.web.conftest import Login
from tests.web.pages import Browser, Page

MOST_STATEMENTS = 6


def numbers(page: Page) -> list[str]:
    """The register numbers on the page, in order."""
    return [link.text_content() for link in page.tree.xpath("//table//a[contains(@class, 'rd-id')]")]


def found(browser: Browser, **query: str) -> list[str]:
    return numbers(browser.get("/register", query_string=query))


def records(application: Application, office: Office, count: int, estate: str = "YH") -> None:
    """Historic records, one an hour back from now; every third is about a lift."""
    names = application.catalogue.intake(office.clock.now()).procedure.register
    made = tuple(
        Record(
            f"{estate}-{place}",
            {
                names["subject"]: "电梯又停运" if place % 3 == 0 else "水管漏水",
                names["text"]: "消防通道堵塞",
                names["complainant_phone"]: f"1390000{place:04d}",
                names["complainant_name"]: f"住户{'甲乙丙丁'[place % 4]}",
                names["heard_at"]: office.clock.now() - timedelta(hours=place + 1),
            },
        )
        for place in range(count)
    )
    office.execute(StoreRecords(office.estate_id(estate), made), "admin")


def test_the_book_lists_the_newest_first_with_numbered_rows_and_totals(login: Login, office: Office, clock: ManualClock) -> None:
    first = office.register(subject="楼道灯不亮")
    clock.advance(minutes=1)
    second = office.register_emergency()

    page = login("supervisor").get("/register")

    assert numbers(page) == [second.number, first.number]
    assert [cell.text_content() for cell in page.tree.xpath("//tbody/tr/td[1]")] == ["1", "2"]
    assert "共 2 件：办理中 2 · 紧急 1" in page.tree.xpath("string(//tfoot)")


def test_an_empty_book_says_what_to_do(login: Login) -> None:
    page = login("supervisor").get("/register")

    assert "登记簿还是空的" in page.text and "/record" in page.links("/record")


@pytest.mark.clause("S1.19")
def test_another_estate_sees_nothing_of_it(login: Login, office: Office) -> None:
    case = office.register(subject="楼道灯不亮", complainant_phone="13800003502")
    other = login("bitong")

    assert found(other) == []
    assert found(other, q=case.number) == found(other, q="13800003502") == found(other, q="楼道灯") == []
    assert "楼道灯不亮" not in other.get("/register", query_string={"q": "楼道灯"}).tree.xpath("string(//main)").replace(
        "“楼道灯”", ""
    )


def test_somebody_who_keeps_the_directory_alone_reads_no_case(login: Login, office: Office) -> None:
    office.register()

    assert found(login("admin")) == []


@pytest.mark.parametrize(
    "words",
    [
        "楼道灯",
        "门禁坏了",
        "灯不亮",
        "李晓梅",
        "13800003502",
        "138 0000 3502",
        "+86 138-0000-3502",
        "3502",
        "YH-2026",
        "yh-2026-00001",
    ],
)
def test_a_case_is_found_by_words_name_telephone_and_number(login: Login, office: Office, words: str) -> None:
    case = office.register(
        subject="楼道灯不亮", description="单元门禁坏了一周", complainant_name="李晓梅", complainant_phone="13800003502"
    )

    assert found(login("supervisor"), q=words) == [case.number]


def test_a_case_is_found_by_the_room_of_its_household(login: Login, office: Office) -> None:
    home = office.rows(
        sa.select(t.household.c.id).join(t.unit, t.unit.c.id == t.household.c.unit_id).where(t.unit.c.room == "3-1-502")
    )
    supervisor, reception = login("supervisor"), login("reception")
    page = reception.get("/record", query_string={"household": home[0]["id"]})
    entries = {
        **page.form("/record"),
        "subject": "窗户漏风",
        "description": "客厅窗户关不上",
        "channel": page.tree.xpath("//select[@name='channel']/option/@value")[1],
        "category": "facility",
    }
    reception.follow(reception.post("/record", entries))

    assert len(found(supervisor, q="3-1-502")) == 1
    assert found(supervisor, q="3-1-999") == []


@pytest.mark.parametrize("words", ["楼道门", "灯亮", "李晓", "1380000350", "350", "%", "_", "'", "灯", "zz", "💡", "x" * 500])
def test_what_does_not_match_is_not_found(login: Login, office: Office, words: str) -> None:
    office.register(subject="楼道灯不亮", description="楼道的灯", complainant_name="李晓梅", complainant_phone="13800003502")

    page = login("supervisor").get("/register", query_string={"q": words})

    assert page.status == 200 and numbers(page) == [] and "没有符合条件的投诉" in page.text


def test_all_pairs_of_the_words_must_be_there(login: Login, office: Office) -> None:
    both = office.register(subject="电梯停运", description="一周三次")
    office.register(subject="电梯异响", description="上行时")

    assert found(login("supervisor"), q="电梯 停运") == [both.number]


def test_hits_are_marked_and_words_of_the_text_shown_around_them(login: Login, office: Office) -> None:
    office.register(subject="夜里太吵", description="楼上每晚十一点后装修，敲打声很大，孩子睡不着，已经连续一周。")

    page = login("supervisor").get("/register", query_string={"q": "敲打声"})

    assert [mark.text_content() for mark in page.tree.xpath("//table//mark")] == ["敲打声"]
    assert "装修，敲打声很大" in page.tree.xpath("string(//tbody)")


def test_a_corrected_subject_is_found_by_its_new_words(login: Login, office: Office) -> None:
    case = office.register(subject="楼道灯不亮")
    case.do(cases.Correct(case.id, "subject", "门禁失灵", "听错了"), "reception")

    assert found(login("supervisor"), q="门禁失灵") == [case.number]


def test_filters_narrow_and_each_can_be_dropped(login: Login, office: Office) -> None:
    grave = office.register(poor_service=True)
    grave.complete("judge_complaint", poor_service=True)
    plain = office.register()
    plain.complete("judge_complaint")
    supervisor = login("supervisor")

    page = supervisor.get("/register", query_string={"severity": "important", "state": "open"})

    assert numbers(page) == [grave.number]
    chips = {" ".join(chip.text_content().split()): chip.get("href") for chip in page.tree.xpath("//a[@aria-current='true']")}
    assert chips == {"重要 ×": "/register?state=open", "办理中 ×": "/register?severity=important"}
    assert found(supervisor, state="closed") == [] and found(supervisor, urgent="1") == []
    assert found(supervisor, department="engineering") == found(supervisor, channel="letter") == []
    assert set(found(supervisor, validity="valid", category="facility")) == {grave.number, plain.number}


def test_days_are_local_and_both_included(login: Login, office: Office, clock: ManualClock) -> None:
    case = office.register()  # Monday, 28 September, 09:00 in Shanghai

    supervisor = login("supervisor")

    assert found(supervisor, since="2026-09-28", until="2026-09-28") == [case.number]
    assert found(supervisor, since="2026-09-29") == [] == found(supervisor, until="2026-09-27")


@pytest.mark.parametrize(
    "query",
    [
        {"since": "yesterday"},
        {"until": "9999-12-31"},
        {"after": "nonsense"},
        {"before": "2026-01-01T00:00:00~x"},
        {"state": "nothing"},
        {"after": "2026-01-01T00:00:00+00:00~" + "x" * 500},
        {"estate": "' or 1=1 --"},
    ],
)
def test_a_strange_address_never_breaks_the_page(login: Login, office: Office, query: dict[str, str]) -> None:
    office.register()

    assert login("supervisor").get("/register", query_string=query).status == 200


def test_current_and_historic_cases_are_told_apart(login: Login, office: Office, application: Application) -> None:
    case = office.register()
    records(application, office, 2)
    supervisor = login("supervisor")

    assert found(supervisor, state="current") == [case.number]
    assert [number[:5] for number in found(supervisor, state="historic")] == ["YH-H-", "YH-H-"]
    assert len(found(supervisor)) == 3


def test_turning_pages_shows_every_case_once_even_when_new_ones_arrive(
    login: Login, office: Office, application: Application, clock: ManualClock
) -> None:
    records(application, office, 120)
    supervisor = login("supervisor")

    first = supervisor.get("/register")
    clock.advance(minutes=1)
    office.register()
    second = supervisor.get(_way(first, "next"))
    third = supervisor.get(_way(second, "next"))

    pages = [numbers(page) for page in (first, second, third)]
    assert [len(page) for page in pages] == [50, 50, 20] and len({number for page in pages for number in page}) == 120
    assert "第 52–101 件 / 共 121 件" in second.text, "the new case moved the count, not the rows"
    assert numbers(supervisor.get(_way(third, "prev"))) == pages[1]
    assert not third.tree.xpath("//a[@rel='next']")


def test_a_page_costs_few_statements_and_reads_no_personal_words_but_its_own(office: Office, application: Application) -> None:
    records(application, office, 3000)
    supervisor = office.actor("supervisor")
    statements: list[str] = []
    event.listen(application.database.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))

    with application.read() as reader:
        page = register.page(reader, supervisor, register.Filters(words="电梯 停运"))

    assert page.totals.rows == 1000 and len(page.rows) == register.book.PAGE
    asked = [statement for statement in statements if statement.startswith("SELECT")]
    names = [statement for statement in asked if "FROM alias" in statement]
    mine = [statement for statement in asked if "procedure_version" not in statement and statement not in names]
    assert len(mine) <= MOST_STATEMENTS, mine
    assert len(names) == 1, "what the company calls roles and forms is asked once a page"
    assert len([statement for statement in mine if "payload" in statement]) == 1


@pytest.mark.parametrize("words", ["", "电梯停运", "13900000012", "0012"])
def test_the_book_is_read_through_indexes(office: Office, application: Application, words: str) -> None:
    records(application, office, 300)

    plans = _plans(application, office, words)

    assert not [step for step in plans if step.startswith(("SCAN payload", "SCAN bigram", "SCAN blind_index", "SCAN work_item"))]
    assert any("ix_bigram" in step or "autoindex_bigram" in step for step in plans) is bool(words)
    if not words:
        assert any("ix_register_entry_estate_id_registered_at" in step for step in plans), "rows come in the order of the index"


def _way(page: Page, rel: str) -> str:
    return str(page.tree.xpath(f"//a[@rel='{rel}']/@href")[0])


def _plans(application: Application, office: Office, words: str) -> list[str]:
    given: list[tuple[str, Any]] = []
    listened = application.database.engine
    event.listen(listened, "before_cursor_execute", lambda *call: given.append((call[2], call[3])))
    with application.read() as reader:
        register.page(reader, office.actor("supervisor"), register.Filters(words=words))
        asked = [pair for pair in given if pair[0].startswith("SELECT")]
        rows = [row for sql, values in asked for row in reader.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)]
    return [str(row[3]) for row in rows]
