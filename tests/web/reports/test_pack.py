"""A review's pack is a page, a PDF, a workbook and data, all of the same tables."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from tests.engine.review.test_review import called
from tests.office import Office
from tests.web.conftest import Login


def test_the_pack_can_be_read_printed_and_taken_away(login: Login, office: Office) -> None:
    review = called(office)
    owner, address = login("owner"), f"/reviews/{review.id}/pack"
    assert address in owner.get(f"/reports/{review.id}").links("/reviews")

    page = owner.get(address)

    assert page.heading == "复审资料" and "按条款看：超时与略过" in page.text and "一次也没用到的表格行" in page.text
    data = owner.client.get(f"{address}.json").json
    keys = {table["key"] for one in data["figures"] for table in one["tables"]}
    assert {"clauses", "never_passed", "rows_unused", "by_hand", "passed_on", "limits"} <= keys
    sheets = CalamineWorkbook.from_filelike(BytesIO(owner.client.get(f"{address}.xlsx").data)).sheet_names
    assert any(name.startswith("按条款看") for name in sheets)
    paper = PdfReader(BytesIO(owner.client.get(f"{address}.pdf").data))
    assert "人工跳步" in "".join(sheet.extract_text() for sheet in paper.pages)


def test_who_does_not_read_the_review_does_not_read_its_pack(login: Login, office: Office) -> None:
    review = called(office)

    assert login("bitong").get(f"/reviews/{review.id}/pack").status == 404
