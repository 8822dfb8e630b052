"""The cells of an Excel or CSV file as text, read with bounds, so that no file can hurt whoever opens it."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from engine.commands.directory.sheets.columns import refused
from engine.domain.text import Text
from engine.procedure.safe_zip import BEGINS, Archive, Damaged, TooMuch

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 20_000, 60, 200
_MOST_UNPACKED, _MOST_PARTS = 80 * 1024 * 1024, 500
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
#: In the parts that hold cells all text of people is escaped, so that these are what they look like.
_FORMULA, _MERGED = re.compile(rb"<(\w+:)?f[ />]"), re.compile(rb"<(\w+:)?mergeCell[ />]")
_LONGEST_TAG = 64

NO_TABLE = Text(
    "这不是 Excel（.xlsx）或 CSV 文件，打不开。请下载模板，填好再上传。",
    "This is no Excel (.xlsx) or CSV file. Download the template, fill it in and upload that.",
)
OLD = Text(
    "这是旧格式（.xls）或加了密码的文件。请在 Excel 里另存为 .xlsx，不加密码。",
    "This is an old (.xls) or protected workbook. Save it as .xlsx without a password.",
)
TOO_LARGE = Text(
    "文件展开后太大，没有打开。请分成几个文件。", "The file unpacks to too much and was not opened. Divide it into several."
)
FORMULAS = Text(
    "表格里有公式。请全选、复制，再“选择性粘贴为数值”，然后上传。",
    "The sheet has formulas. Select all, copy, paste as values, and upload that.",
)
MERGED = Text(
    "表格里有合并的单元格。请取消合并，每行每格填全，再上传。",
    "The sheet has merged cells. Unmerge them, fill in every cell, and upload that.",
)
MACROS = Text("文件里有宏，没有打开。请另存为 .xlsx。", "The file has macros and was not opened. Save it as .xlsx.")
EMPTY = Text(
    "表格里没有内容。第一行写列名，从第二行起每行一条。", "The sheet is empty. Headings go into the first row, entries below."
)
TOO_MANY = Text(f"超过 {MOST_ROWS} 行。请分成几个文件。", f"There are more than {MOST_ROWS} rows. Divide the file into several.")

Line = tuple[int, list[str]]


def read_lines(content: bytes) -> list[Line]:
    """The rows that hold anything, each with its number in Excel or an editor; InvalidValues for what cannot be taken."""
    lines = list(_bounded(_of_excel(content) if content.startswith(BEGINS) else _of_text(content)))
    if not lines:
        raise refused(EMPTY)
    return lines


def _bounded(rows: Iterator[Line]) -> Iterator[Line]:
    found = 0
    for line, cells in rows:
        cells = [_clean(cell) for cell in cells[:MOST_COLUMNS]]
        if any(cells):
            found += 1
            if found > MOST_ROWS + 1:
                raise refused(TOO_MANY)
            yield line, cells


def _clean(cell: str) -> str:
    text = unicodedata.normalize("NFC", cell)
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()[: LONGEST_CELL + 1]


def _of_excel(content: bytes) -> Iterator[Line]:
    _look_inside(content)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheet = book.get_sheet_by_index(0)
        if sheet.total_height > MOST_ROWS * 2:
            raise refused(TOO_MANY)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, ValueError, IndexError) as problem:
        raise refused(NO_TABLE) from problem
    for number, row in enumerate(rows, start=1):
        yield number, [_said(value) for value in row]


def _look_inside(content: bytes) -> None:
    """What the archive says of itself is not believed: every part with cells is unpacked portion by portion, up to a bound."""
    try:
        archive = Archive(content, _MOST_PARTS, _MOST_UNPACKED)
        if any(part.filename.endswith("vbaProject.bin") for part in archive.parts):
            raise refused(MACROS)
        for part in archive.parts:
            _scan(archive.portions(part), part.filename.startswith("xl/worksheets/"))
    except TooMuch as problem:
        raise refused(TOO_LARGE) from problem
    except Damaged as problem:
        raise refused(NO_TABLE) from problem


def _scan(portions: Iterator[bytes], cells: bool) -> None:
    before = b""
    for portion in portions:
        text = before + portion
        if cells and _FORMULA.search(text):
            raise refused(FORMULAS)
        if cells and _MERGED.search(text):
            raise refused(MERGED)
        before = portion[-_LONGEST_TAG:]


def _said(value: Any) -> str:
    if isinstance(value, float):
        # Excel keeps a telephone number as a number: 13800001101.0.
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return "" if value is None else str(value)


def _of_text(content: bytes) -> Iterator[Line]:
    if content.startswith(_OLD_EXCEL):
        raise refused(OLD)
    text = _decoded(content)
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        while True:
            number = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            yield number, cells
    except csv.Error as problem:
        line = reader.line_num
        said = Text(f"第 {line} 行的引号不成对，读不下去。", f"The quotes of line {line} do not match.")
        raise refused(said) from problem


def _decoded(content: bytes) -> str:
    if b"\0" in content:
        raise refused(NO_TABLE)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refused(NO_TABLE)


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)
