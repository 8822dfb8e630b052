"""A review's pack is a page, a PDF, a workbook and data, all of the same tables with the same figures."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from engine.storage import tables as t
from tests.engine.review.test_pack import OPINION, SAID, worked
from tests.engine.review.test_review import called, upload
from tests.office import Case, Office
from tests.web.conftest import Login

#: Every part that a review decides by has its table, filled or not.
KEYS = {
    "expert_opinions", "feedback_items", "change", "replay", "clauses", "branches_unused", "rows_unused", "never_passed",
    "events_unused", "waived", "by_hand", "passed_on", "done_again", "limits",
}  # fmt: skip


@pytest.fixture
def review(office: Office) -> Case:
    """A review of a quarter with one complaint, whose change waits for its author's signature."""
    worked(office)
    upload(office)
    found = called(office)
    found.reach("sign_as_author", change_wanted="change", feedback_items=[SAID], expert_opinions=[OPINION])
    return found


def test_page_paper_workbook_and_data_say_the_same(login: Login, office: Office, review: Case) -> None:
    owner, address = login("owner"), f"/reviews/{review.id}/pack"
    assert address in owner.get(f"/reports/{review.id}").links("/reviews")
    page, data = owner.get(address), owner.client.get(f"{address}.json").json
    assert owner.client.get(f"{address}.pdf").status_code == 202
    office.application.press.finish()
    paper = _plain("".join(sheet.extract_text() for sheet in PdfReader(BytesIO(owner.client.get(f"{address}.pdf").data)).pages))
    book = CalamineWorkbook.from_filelike(BytesIO(owner.client.get(f"{address}.xlsx").data))

    tables = [table for part in data["figures"] for table in part["tables"]]

    assert {table["key"] for table in tables} >= KEYS and page.heading == "复审资料"
    assert tables[0]["key"] == "points" and page.tree.xpath("//main//section/@id")[0] == "pack_points"
    for table, name in zip(tables, book.sheet_names, strict=True):
        told = [[_said(cell) for cell in row] for row in table["rows"]]
        if not told:
            empty = _said(table.get("empty", "没有。"))
            assert empty in page.text and _plain(empty) in paper
            continue
        counts = [place for place, column in enumerate(table["columns"]) if column["kind"] == "count"]
        rows = book.get_sheet_by_name(name).to_python()[-len(told) :]
        shown = _points(page) if table["key"] == "points" else _rows(page, table["title"]["zh"])
        for row, sheet, seen in zip(told, rows, shown, strict=True):
            assert _plain("".join(row) if len(row) == 2 else row[0]) in paper and seen[0] == row[0]
            # The totals have rows in which nothing stands before.
            for place in (one for one in counts if row[one]):
                assert int(sheet[place]) == int(row[place]) == int(seen[place]), (table["key"], row)


def test_a_part_without_rows_says_what_that_means(login: Login, office: Office) -> None:
    review = called(office)

    page = login("owner").get(f"/reviews/{review.id}/pack")

    for words in ("还没有填写", "这次复审还没有提出新版", "期间没有时限到期", "期间没有任务免办", "期间没有任务返工"):
        assert words in page.text, words


def test_the_task_lists_the_drafts_and_keeps_which_was_chosen(login: Login, office: Office) -> None:
    upload(office)
    upload(office)
    review = called(office)
    review.reach("write_draft", change_wanted="change")
    owner, address = login("owner"), f"/tasks/{review.item('write_draft')['id']}"
    page = owner.get(address)
    offered = page.tree.xpath("//section[@id='draft']//input[@type='radio']")
    assert len(offered) == 2 and not page.tree.xpath("//section[@id='draft']//input[@checked]")
    assert {one.get("form") for one in offered} == {"task"} and len(page.tree.xpath("//*[@name='change_draft']")) == 2

    answers = {"change_reason": "太慢", "effective_on": "2026-10-08T09:00"}
    refused = owner.fill(address, address, **answers)
    assert refused.status == 422 and refused.tree.xpath("//section[@id='draft']//p[@class='rd-error']")
    second = offered[1].get("value")
    late = owner.fill(address, address, **{**answers, "effective_on": "2020-01-01T09:00"}, change_draft=second)

    assert late.status == 422 and late.tree.xpath("//section[@id='draft']//input[@checked]/@value") == [second]
    taken = owner.fill(address, address, **answers, change_draft=second)
    assert taken.status in (200, 303) and [row["id"] for row in office.rows(t.procedure_draft.select())] != [second]
    assert review.open_tasks == ["sign_as_author"]


def test_who_does_not_read_the_review_does_not_read_its_pack(login: Login, office: Office) -> None:
    review = called(office)

    assert login("bitong").get(f"/reviews/{review.id}/pack").status == 404


def _rows(page: Any, title: str) -> list[list[str]]:
    """The cells of the table under a heading."""
    (table,) = page.tree.xpath(f"//h3[normalize-space()='{title}'][1]/following-sibling::div[1]//table")[:1]
    return [[" ".join(cell.text_content().split()) for cell in row] for row in table.xpath("./tbody/tr")]


def _points(page: Any) -> list[list[str]]:
    """The subjects of the summing up, each with its sentence."""
    subjects = page.tree.xpath("//section[@id='pack_points']//dt")
    return [[subject.text_content(), subject.getnext().text_content()] for subject in subjects]


def _said(cell: Any) -> str:
    return str(cell["zh"] if isinstance(cell, dict) and "zh" in cell else cell)


def _plain(words: str) -> str:
    return "".join(words.split())
