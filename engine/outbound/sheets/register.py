"""The register as a file: exactly the rows and columns that its reader sees, all of them, read in portions of one moment."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import ceil
from pathlib import Path
from typing import Any

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.domain.values import Value
from engine.outbound.sheets.comma import csv_lines
from engine.outbound.sheets.excel import write_workbook
from engine.outbound.sheets.table import Column, Kind, Sheet
from engine.outbound.traditional import written
from engine.queries import register
from engine.queries.reader import Reader

EXCEL = "xlsx"
#: Rows read at once, and rows of one sheet: Excel has room for a few more.
PORTION, MOST_ON_A_SHEET = 2000, 1_000_000
_TITLE, _PLACE, _NUMBER = Text("登记簿", "Register"), Text("序号", "No."), Text("编号", "Number")
_TOTAL = Text("共 {rows} 件", "Cases: {rows}")
_KINDS = {register.Shape.MOMENT: Kind.MOMENT, register.Shape.COUNT: Kind.NUMBER}
#: Told after each portion how many rows are done, of how many; the answer says whether to go on.
Told = Callable[[int, int], bool]


class Unwanted(Exception):
    """Nobody waits for the file any longer."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted: filters by name, what was typed into the search box, columns by key, and how it is written."""

    filters: Mapping[str, Value]
    typed: str
    columns: Sequence[str]
    format: str
    language: str


def write_register(path: Path, reader: Reader, actor: Actor, order: Order, told: Told) -> int:
    """Write the file and answer how many rows it has; Unwanted, with no file left, as soon as ``told`` says so."""
    filters, language = register.Filters(**order.filters, words=order.typed), order.language
    total = register.totals(reader, actor, filters).rows
    shown = register.chosen(reader, actor, order.columns)
    heads = [Column(written(_PLACE, language), Kind.NUMBER, 8), Column(written(_NUMBER, language), width=18)]
    heads += [Column(written(column.label, language), _KINDS.get(column.shape, Kind.TEXT), column.width) for column in shown]
    rows = _rows(reader, actor, filters, shown, language, total, told)
    half = path.with_suffix(f"{path.suffix}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with half.open("wb") as file:
            if order.format == EXCEL:
                write_workbook(file, _sheets(heads, rows, total, language), zone=reader.zone, made_at=reader.now)
            else:
                file.writelines(csv_lines(heads, rows, zone=reader.zone))
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    return total


def digest_of(path: Path) -> str:
    """The file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sheets(heads: Sequence[Column], rows: Iterator[Sequence[Value]], total: int, language: str) -> list[Sheet]:
    """One after the other from the same rows; the last has the total under it."""
    count = max(ceil(total / MOST_ON_A_SHEET), 1)
    under = [None, written(_TOTAL, language).format(rows=total), *[None] * (len(heads) - 2)]
    return [
        Sheet(
            written(_TITLE, language) + (f" {number}" if count > 1 else ""),
            heads,
            islice(rows, MOST_ON_A_SHEET),
            under if number == count else None,
        )
        for number in range(1, count + 1)
    ]


def _rows(
    reader: Reader,
    actor: Actor,
    filters: register.Filters,
    columns: Sequence[register.Column],
    language: str,
    total: int,
    told: Told,
) -> Iterator[Sequence[Value]]:
    done = 0
    for portion in register.chunks(reader, actor, filters, [column.key for column in columns], PORTION):
        if not told(done, total):
            raise Unwanted
        for row in portion:
            yield [row.position, row.number, *(_cell(row.cells[column.key], language) for column in columns)]
        done += len(portion)


def _cell(value: Any, language: str) -> Value:
    return written(value, language) if isinstance(value, Text) else value
