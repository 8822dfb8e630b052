"""Excel workbooks, written row by row: a hundred thousand rows take no more memory than ten."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import xlsxwriter

from engine.domain.values import Value
from engine.outbound.sheets.table import Kind, Sheet

_FONT = {"font_name": "Microsoft YaHei", "font_size": 10}
_HEADING = {"bold": True, "bg_color": "#EEF2F6", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
_FORMATS = {
    Kind.TEXT: {"num_format": "@"},
    Kind.NUMBER: {"num_format": "General"},
    Kind.PERCENT: {"num_format": "0.0%"},
    Kind.DATE: {"num_format": "yyyy-mm-dd"},
    Kind.MOMENT: {"num_format": "yyyy-mm-dd hh:mm"},
    Kind.DURATION: {"num_format": "[h]:mm"},
}
#: Text is written as text alone: nothing that somebody typed becomes a formula, a link or a number.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": _FONT,
}
#: What Excel holds: signs in a cell, rows in a sheet, the first year of its calendar, signs in the name of a sheet.
_LONGEST_TEXT, MOST_ROWS, _FIRST_YEAR, _LONGEST_TITLE = 32_767, 1_048_576, 1900, 31


def workbook(sheets: Sequence[Sheet], *, zone: tzinfo, made_at: datetime) -> bytes:
    """An ``.xlsx`` file of these sheets; moments stand in ``zone``, equal input gives equal bytes."""
    file = BytesIO()
    write_workbook(file, sheets, zone=zone, made_at=made_at)
    return file.getvalue()


def write_workbook(file: BinaryIO, sheets: Sequence[Sheet], *, zone: tzinfo, made_at: datetime) -> None:
    """The same into an open file; the rows of each sheet are asked for one after another. What fails leaves nothing behind."""
    with TemporaryDirectory(prefix="redress-sheets-") as folder:
        book = xlsxwriter.Workbook(file, _OPTIONS | {"tmpdir": folder})
        try:
            _write_sheets(book, sheets, zone, made_at)
        finally:
            for page in book.worksheets():
                page._opt_close()


def _write_sheets(book: Any, sheets: Sequence[Sheet], zone: tzinfo, made_at: datetime) -> None:
    # Excel has no zones: what it is given is taken as local time.
    book.set_properties({"created": made_at.astimezone(UTC).replace(tzinfo=None)})
    formats = {kind: book.add_format(_FONT | properties) for kind, properties in _FORMATS.items()}
    bold = {kind: book.add_format(_FONT | properties | {"bold": True, "top": 1}) for kind, properties in _FORMATS.items()}
    heading = book.add_format(_FONT | _HEADING)
    for sheet, title in zip(sheets, _titles(sheets), strict=True):
        _fill(book.add_worksheet(title), sheet, formats, bold, heading, zone)
    book.close()


def _fill(page: Any, sheet: Sheet, formats: dict[Kind, Any], bold: dict[Kind, Any], heading: Any, zone: tzinfo) -> None:
    kinds = [column.kind for column in sheet.columns]
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width, formats[column.kind])
    for line, words in enumerate(sheet.above):
        page.write_string(line, 0, words[:_LONGEST_TEXT])
    head = len(sheet.above)
    for place, column in enumerate(sheet.columns):
        page.write_string(head, place, column.heading, heading)
    page.freeze_panes(head + 1, 0)
    last = head
    for row in sheet.rows:
        last += 1
        _write(page, last, row, kinds, formats, zone)
    if sheet.columns:
        page.autofilter(head, 0, last, len(sheet.columns) - 1)
    if sheet.totals is not None:
        _write(page, last + 1, sheet.totals, kinds, bold, zone)


def _write(page: Any, line: int, row: Sequence[Value], kinds: Sequence[Kind], formats: dict[Kind, Any], zone: tzinfo) -> None:
    for place, (value, kind) in enumerate(zip(row, kinds, strict=True)):
        _write_one(page, line, place, value, kind, formats, zone)


def _write_one(page: Any, line: int, place: int, value: Value, kind: Kind, formats: dict[Kind, Any], zone: tzinfo) -> None:
    match value:
        case None:
            page.write_blank(line, place, None, formats[kind])
        case bool():
            page.write_boolean(line, place, value, formats[Kind.TEXT])
        case Decimal() | int():
            page.write_number(line, place, value, formats[kind if kind is Kind.PERCENT else Kind.NUMBER])
        case timedelta():
            page.write_datetime(line, place, value, formats[Kind.DURATION])
        case datetime() if value.year > _FIRST_YEAR:
            local = value.astimezone(zone).replace(tzinfo=None)
            page.write_datetime(line, place, local.date() if kind is Kind.DATE else local, formats[_dated(kind, Kind.MOMENT)])
        case date() if value.year > _FIRST_YEAR:
            page.write_datetime(line, place, value, formats[Kind.DATE])
        case _:
            page.write_string(line, place, str(value)[:_LONGEST_TEXT], formats[Kind.TEXT])


def _dated(kind: Kind, otherwise: Kind) -> Kind:
    return kind if kind is Kind.DATE else otherwise


def _titles(sheets: Sequence[Sheet]) -> Iterator[str]:
    """Names that Excel accepts: short, without certain signs, and each once."""
    taken: set[str] = set()
    for sheet in sheets:
        plain = re.sub(r"[\[\]:*?/\\]", " ", sheet.title).strip(" '") or "-"
        title, number = plain[:_LONGEST_TITLE], 1
        while title.casefold() in taken:
            number += 1
            title = f"{plain[: _LONGEST_TITLE - 4]} {number}"
        taken.add(title.casefold())
        yield title
