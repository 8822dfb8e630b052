"""One cell of an imported row: its value, or the sentence why it cannot be taken."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from decimal import Decimal

from engine.commands.imports.mapping import Column, ImportMapping
from engine.domain.text import Text
from engine.domain.values import Value

YEARS = range(1900, 2200)
NUMBER = re.compile(r"[+-]?\d{1,18}(\.\d{1,9})?")
UNDECODED = re.compile("[\ud800-\udfff]")


class RefusedCell(ValueError):
    """A cell that cannot be taken; ``text`` says why, naming the column."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh, en)


def read_cell(column: Column, cell: str, mapping: ImportMapping) -> Value:
    """The value of a cell, None when it is empty; ``RefusedCell`` when it cannot be taken."""
    text = clean(column.name, cell)
    if not text:
        if column.required:
            raise RefusedCell(f"“{column.name}”是空的", f'"{column.name}" is empty')
        return None
    if column.values:
        return _translated(column, text)
    if column.type == "text":
        return _bounded(column, text)
    if column.type == "number":
        return _number(column, text)
    moment = _moment(column, text, mapping)
    return moment.date() if column.type == "date" else moment.replace(tzinfo=moment.tzinfo or mapping.zone).astimezone(UTC)


def clean(name: str, cell: str) -> str:
    """A cell's text in composed form, trimmed, with plain line ends."""
    if UNDECODED.search(cell):
        raise RefusedCell(f"“{name}”里有这个编码读不出的字节", f'"{name}" has bytes that are not in this encoding')
    text = unicodedata.normalize("NFC", cell.replace("\r\n", "\n").replace("\r", "\n")).strip("\ufeff \t\n\u3000")
    if any(unicodedata.category(sign) == "Cc" and sign not in "\n\t" for sign in text):
        raise RefusedCell(f"“{name}”里有看不见的控制字符", f'"{name}" has invisible control characters')
    return text


def _translated(column: Column, text: str) -> Value:
    if text in column.values:
        return column.values[text]
    shown = _shortened(text)
    raise RefusedCell(f"“{column.name}”的“{shown}”没有对应的选项", f'"{shown}" in "{column.name}" has no choice to stand for it')


def _bounded(column: Column, text: str) -> Value:
    if len(text) <= column.max_length:
        return text
    name, most, length = column.name, column.max_length, len(text)
    raise RefusedCell(f"“{name}”有 {length} 字，最多 {most} 字", f'"{name}" has {length} characters, at most {most} are taken')


def _number(column: Column, text: str) -> Value:
    digits = unicodedata.normalize("NFKC", text).replace(",", "")
    if NUMBER.fullmatch(digits):
        return Decimal(digits)
    shown = _shortened(text)
    raise RefusedCell(f"“{column.name}”的“{shown}”不是数", f'"{shown}" in "{column.name}" is not a number')


def _moment(column: Column, text: str, mapping: ImportMapping) -> datetime:
    moment = _parsed(unicodedata.normalize("NFKC", text), mapping.date_formats)
    if moment is not None and moment.year in YEARS:
        return moment
    shown = _shortened(text)
    raise RefusedCell(f"“{column.name}”的“{shown}”不是能读懂的日期", f'"{shown}" in "{column.name}" is no date that can be read')


def _parsed(text: str, formats: tuple[str, ...]) -> datetime | None:
    """By the mapping's formats in their order; without any, as ISO 8601."""
    if not formats:
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            return None
    for form in formats:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    return None


def _shortened(text: str) -> str:
    first = text.splitlines()[0]
    return first if len(first) <= 20 else first[:20] + "…"
