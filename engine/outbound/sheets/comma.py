"""CSV that Excel opens in Chinese and that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal
from io import StringIO

from engine.domain.values import Value
from engine.outbound.sheets.table import Column, Kind

#: Excel takes UTF-8 for the old code page of the machine unless the file begins with this mark.
_MARK = "\ufeff"
#: What makes a spreadsheet read a cell as a formula, the full-width forms among them; a quotation mark before it prevents that.
_RUNS = tuple("=+-@\t\r\n＝＋－＠")


def csv_lines(columns: Sequence[Column], rows: Iterable[Sequence[Value]], *, zone: tzinfo) -> Iterator[bytes]:
    """The lines of a CSV file in UTF-8, one row each, read as they are asked for; moments stand in ``zone``."""
    yield (_MARK + _line([_harmless(column.heading) for column in columns])).encode()
    kinds = [column.kind for column in columns]
    for row in rows:
        yield _line([_said(value, kind, zone) for value, kind in zip(row, kinds, strict=True)]).encode()


def _line(cells: Sequence[str]) -> str:
    # Every cell stands in quotation marks: some machines divide at semicolons, and would find a second cell inside.
    text = StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerow(cells)
    return text.getvalue()


def _said(value: Value, kind: Kind, zone: tzinfo) -> str:
    match value:
        case None:
            return ""
        case Decimal() | int():  # bool among them: True and False
            return format(value, "f") if isinstance(value, Decimal) else str(value)
        case timedelta():
            minutes = value // timedelta(minutes=1)
            return f"{minutes // 60}:{minutes % 60:02}"
        case datetime():
            return value.astimezone(zone).strftime("%Y-%m-%d" if kind is Kind.DATE else "%Y-%m-%d %H:%M")
        case _:
            return _harmless(str(value))


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_RUNS) else text
