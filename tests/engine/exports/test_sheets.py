"""Tables for Excel and CSV: real dates and numbers, Chinese as it is, and nothing that somebody typed is ever run."""

from __future__ import annotations

import csv
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineWorkbook

from engine.outbound.sheets import Column, Kind, Sheet, csv_lines, workbook

SHANGHAI = ZoneInfo("Asia/Shanghai")
MADE_AT = datetime(2026, 10, 9, 1, 0, tzinfo=UTC)
LATE_EVENING = datetime(2026, 10, 8, 18, 30, tzinfo=UTC)  # already the next day in Shanghai
COLUMNS = (Column("编号", width=18), Column("件数", Kind.NUMBER), Column("登记时间", Kind.MOMENT, 18), Column("日期", Kind.DATE))
ROW = ("YH-2026-00017", Decimal("12.5"), LATE_EVENING, LATE_EVENING)
DANGEROUS = ("=1+1", "+8613800003502", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1", '=HYPERLINK("http://example.com")')


def made(*sheets: Sheet) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(BytesIO(workbook(sheets, zone=SHANGHAI, made_at=MADE_AT)))


def parts(sheet: Sheet) -> dict[str, str]:
    with ZipFile(BytesIO(workbook([sheet], zone=SHANGHAI, made_at=MADE_AT))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_values_arrive_as_what_they_are_and_moments_are_local() -> None:
    book = made(Sheet("登记簿", COLUMNS, [ROW], totals=("合计", 1, None, None), above=("2026年10月 · 重要",)))

    assert book.sheet_names == ["登记簿"]
    assert book.get_sheet_by_index(0).to_python() == [
        ["2026年10月 · 重要", "", "", ""],
        ["编号", "件数", "登记时间", "日期"],
        ["YH-2026-00017", 12.5, datetime(2026, 10, 9, 2, 30), date(2026, 10, 9)],
        ["合计", 1.0, "", ""],
    ]


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_looks_like_a_formula_or_a_link_stays_text(text: str) -> None:
    sheet = Sheet("x", [Column(text), Column("n", Kind.NUMBER)], [(text, text)], totals=(text, text), above=(text,))

    page = parts(sheet)["xl/worksheets/sheet1.xml"]

    assert "<f>" not in page and "hyperlink" not in page
    assert set(re.findall(r' t="(\w+)"', page)) == {"inlineStr"}, "text even in a column of numbers"


def test_the_heading_stays_in_sight_and_can_be_filtered() -> None:
    page = parts(Sheet("x", COLUMNS, [ROW] * 3, totals=(None,) * 4))["xl/worksheets/sheet1.xml"]

    assert 'ySplit="1"' in page and 'state="frozen"' in page
    assert '<autoFilter ref="A1:D4"/>' in page, "the totals are no row to be filtered"


def test_names_of_sheets_are_made_acceptable_and_told_apart() -> None:
    names = made(*(Sheet(title, COLUMNS, []) for title in ("a/b:c", "a b c", "月" * 40, "月" * 41, "''", ""))).sheet_names

    assert names == ["a b c", "a b c 2", "月" * 31, "月" * 27 + " 2", "-", "- 2"]


def test_rows_are_taken_one_by_one_and_odd_values_do_not_break_the_file() -> None:
    odd = ["x" * 40_000, "a\x00b\x1f", "💡𠮷", date(1850, 1, 1), timedelta(hours=30, minutes=5), True]

    rows = made(Sheet("x", [Column("v")], ((value,) for value in odd))).get_sheet_by_index(0).to_python()

    found = [row[0] for row in rows[1:]]
    assert len(found[0]) == 32_767 and found[2] == "💡𠮷" and found[3] == "1850-01-01" and found[5] is True
    assert found[4] == timedelta(hours=30, minutes=5)


def test_equal_tables_give_equal_bytes() -> None:
    first, second = (workbook([Sheet("x", COLUMNS, [ROW])], zone=SHANGHAI, made_at=MADE_AT) for _ in range(2))

    assert first == second


def test_csv_is_read_by_excel_and_quotes_every_cell() -> None:
    content = b"".join(csv_lines(COLUMNS, [ROW, ('a;b"c\n电梯', -3, None, date(2026, 10, 9))], zone=SHANGHAI))

    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))) == [
        ["编号", "件数", "登记时间", "日期"],
        ["YH-2026-00017", "12.5", "2026-10-09 02:30", "2026-10-09"],
        ['a;b"c\n电梯', "-3", "", "2026-10-09"],
    ]
    assert b'"a;b""c' in content


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_csv_is_run(text: str) -> None:
    content = b"".join(csv_lines([Column(text)], [(text,)], zone=SHANGHAI)).decode("utf-8-sig")

    assert [row for row in csv.reader(StringIO(content, newline=""))] == [[f"'{text}"], [f"'{text}"]]
