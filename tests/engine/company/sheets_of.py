"""Files as people upload them: good ones, and what else may come."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import xlsxwriter

from engine.outbound.sheets import Column, Kind, Sheet, workbook

HOUSEHOLDS = ("小区", "楼栋", "房号", "称呼", "电话")
STAFF = ("用户名", "姓名", "电话", "邮箱", "岗位", "小区", "部门")


def excel(headings: Sequence[str], *rows: Sequence[object]) -> bytes:
    """An ``.xlsx`` file."""
    columns = [Column(heading, Kind.TEXT, 12) for heading in headings]
    made_at = datetime(2026, 9, 28, tzinfo=UTC)
    return workbook([Sheet("表", columns, [tuple(row) for row in rows])], zone=ZoneInfo("Asia/Shanghai"), made_at=made_at)  # type: ignore[misc]


def comma(headings: Sequence[str], *rows: Sequence[str]) -> bytes:
    """A CSV file as an old Excel writes it in Chinese."""
    return "\r\n".join(",".join(cells) for cells in (headings, *rows)).encode("gb18030")


def special(formula: bool = False, merged: bool = False) -> bytes:
    """A workbook with a formula or with merged cells."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    page = book.add_worksheet()
    page.write_row(0, 0, HOUSEHOLDS)
    if formula:
        page.write_formula(1, 0, '="YH"')
    if merged:
        page.merge_range(1, 0, 2, 0, "YH")
    book.close()
    return file.getvalue()


def bomb() -> bytes:
    """A small archive that unpacks to two hundred megabytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b" " * 50_000_000)
    return file.getvalue()


def archive(**parts: bytes) -> bytes:
    """An archive that is no workbook."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()
