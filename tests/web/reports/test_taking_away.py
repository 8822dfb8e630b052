"""A report as page, PDF and workbook: the same numbers three times, for those who may read it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from tests.office import Case, Office
from tests.web.conftest import Login

FIRST_OF_OCTOBER = datetime(2026, 10, 1, 0, 0, tzinfo=UTC)
FILES = ("report.pdf", "report.xlsx", "public.pdf")


@pytest.fixture
def september(office: Office) -> Case:
    """The monthly report of September, with two complaints, one of them closed; written and sent."""
    office.register().finish()
    office.register(description="=1+1 <script>alert(1)</script>")
    office.go_to(FIRST_OF_OCTOBER)
    (report,) = office.begun("reporting")
    report.complete("write_report", "supervisor", report_evaluation="=HYPERLINK(1) <b>总体平稳</b>")
    return report


def test_every_chart_says_what_its_table_says(login: Login, september: Case) -> None:
    page = login("supervisor").get(f"/reports/{september.id}")

    charts = page.tree.xpath("//div[@data-rd-chart]")
    assert len(charts) >= 6 and page.heading == "月报"
    for chart in charts:
        assert chart.get("aria-hidden") == "true" and chart.xpath("./svg") and "height:" in chart.get("style")
        (table,) = chart.xpath("../div/table")
        heads = [head.text_content() for head in table.xpath(".//th")]
        rows = {row[0].text_content(): [cell.text_content() for cell in row] for row in table.xpath(".//tbody/tr")}
        _holds(json.loads(chart.get("data-rd-chart")), heads, rows)


def test_the_same_numbers_on_paper_and_in_the_workbook(login: Login, september: Case) -> None:
    supervisor = login("supervisor").client

    paper = "".join(page.extract_text() for page in PdfReader(BytesIO(_body(supervisor, september, "report.pdf"))).pages)
    book = CalamineWorkbook.from_filelike(BytesIO(_body(supervisor, september, "report.xlsx")))

    for words in ("月报", september.number, "总数", "=HYPERLINK(1) <b>总体平稳</b>", "按投诉类别", "董事办", "9月1日"):
        assert words.replace(" ", "") in paper.replace(" ", "").replace("\n", ""), words
    totals = {row[0]: row[1:3] for row in book.get_sheet_by_name("总数").to_python() if row[0] in ("收到", "关闭")}
    assert totals == {"收到": [2.0, 0.0], "关闭": [1.0, 0.0]}
    (rate,) = [row for row in book.get_sheet_by_name("指标").to_python() if row[0] == "回访率"]
    assert rate[1:3] == [1.0, 1.0]


def test_in_english_too(login: Login, september: Case) -> None:
    board = login("board")
    board.post("/language", {"language": "en"})

    page = board.get(f"/reports/{september.id}")
    paper = PdfReader(BytesIO(_body(board.client, september, "report.pdf")))

    assert page.heading == "Monthly report" and "By Category" in page.text and "Overall evaluation" in page.text
    assert "Monthly report" in paper.pages[0].extract_text()


def test_whoever_may_not_read_it_takes_nothing_away(login: Login, september: Case) -> None:
    guard = login("guard")

    assert {guard.get(f"/reports/{september.id}/{name}").status for name in FILES} == {404}
    assert {login("supervisor").get(f"/reports/nothing/{name}").status for name in FILES} == {404}


def test_the_public_version_leaves_small_counts_out_on_paper_too(login: Login, september: Case) -> None:
    supervisor = login("supervisor")

    page = supervisor.get(f"/reports/{september.id}/public")
    paper = PdfReader(BytesIO(_body(supervisor.client, september, "public.pdf"))).pages[0].extract_text()

    assert "不列出" in paper and "总体平稳" not in paper and "历期走势" not in page.text
    assert not page.tree.xpath("//div[@data-rd-chart]"), "a chart of what is not shown would show it"


def _holds(chart: Any, heads: list[str], rows: dict[str, list[str]]) -> None:
    for series in chart["series"]:
        place = heads.index(series["label"])
        for label, value in zip(chart["labels"], series["values"], strict=True):
            assert rows[label][place] == value, (label, series["label"])


def _body(client: Any, case: Case, name: str) -> bytes:
    response = client.get(f"/reports/{case.id}/{name}")
    assert response.status_code == 200 and "attachment" in response.headers["Content-Disposition"]
    return bytes(response.data)
