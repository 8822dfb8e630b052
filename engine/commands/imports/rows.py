"""The rows of a CSV file, one at a time: each is a past complaint or a line number with the reason why not."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.commands.imports.cells import RefusedCell, clean, read_cell
from engine.commands.imports.mapping import ImportMapping
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import Misconfigured


@dataclass(frozen=True, slots=True)
class Row:
    """A past complaint: the line it begins at, typed values by field key, and a key that is the same at every reading.

    ``source_key`` is 64 hexadecimal digits made of the mapping's source and the key column, without one of the whole row.
    """

    line: int
    source_key: str
    estate: str | None
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is left out: the line it begins at and every reason."""

    line: int
    reason: Text


def read_rows(path: Path, mapping: ImportMapping) -> Iterator[Row | BadRow]:
    """Every row of the file in order, read as it is asked for; ``Misconfigured`` when file and mapping do not fit at all.

    Lines are counted as an editor counts them, the header being the first. A key that occurs again in the same file is a bad row.
    """
    encoding = "utf-8-sig" if mapping.encoding == "utf-8" else mapping.encoding
    try:
        # Bytes that the encoding does not know become surrogates, so that they spoil their own row and not the whole file.
        file = path.open(encoding=encoding, errors="surrogateescape", newline="")
    except OSError as problem:
        raise _unfit(path, f"打不开文件：{problem.strerror}", f"The file cannot be opened: {problem.strerror}") from problem
    with file:
        records = _records(csv.reader(file, delimiter=mapping.delimiter, strict=True))
        header = _header(next(records, None), path, mapping)
        seen: dict[str, int] = {}
        for line, cells in records:
            row = cells if isinstance(cells, BadRow) else _row(line, header, cells, mapping)
            first = seen.setdefault(row.source_key, line) if isinstance(row, Row) else line
            yield row if first == line else _repeated(line, first)


def _records(reader: Any) -> Iterator[tuple[int, list[str] | BadRow]]:
    """The records with the line each begins at; blank lines are passed over, and a broken one does not stop the next."""
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield line, _broken(line, reader.line_num)
            continue
        if any(cell.strip() for cell in cells):
            yield line, cells


def _broken(line: int, last: int) -> BadRow:
    return BadRow(line, Text(f"引号不成对，读到第 {last} 行为止", f"The quotes do not match, up to line {last}"))


def _header(first: tuple[int, list[str] | BadRow] | None, path: Path, mapping: ImportMapping) -> list[str]:
    if first is None or isinstance(first[1], BadRow):
        raise _unfit(path, "文件没有表头", "The file has no header")
    header = [name.strip("\ufeff \t\u3000") for name in first[1]]
    wanted = [column.name for column in mapping.columns if not column.optional] + ([mapping.key] if mapping.key else [])
    for name in wanted:
        if name not in header:
            shown = ", ".join(header[:20])
            raise _unfit(path, f"文件没有“{name}”这一列，只有：{shown}", f'The file has no column "{name}", only: {shown}')
    for name in [*wanted, *(column.name for column in mapping.columns)]:
        if header.count(name) > 1:
            raise _unfit(path, f"文件有两列叫“{name}”", f'Two columns of the file are called "{name}"')
    return header


def _row(line: int, header: Sequence[str], cells: Sequence[str], mapping: ImportMapping) -> Row | BadRow:
    if len(cells) != len(header):
        have, want = len(cells), len(header)
        return BadRow(line, Text(f"这一行有 {have} 列，表头有 {want} 列", f"This row has {have} columns, the header has {want}"))
    record = dict(zip(header, cells, strict=True))
    values: dict[str, Value] = dict(mapping.constants)
    reasons: list[Text] = []
    for column in mapping.columns:
        try:
            values[column.field] = read_cell(column, record.get(column.name, ""), mapping)
        except RefusedCell as refusal:
            reasons.append(refusal.text)
    try:
        source_key = _source_key(record, mapping)
    except RefusedCell as refusal:
        reasons.append(refusal.text)
    if reasons:
        return BadRow(line, Text("；".join(reason.zh for reason in reasons), "; ".join(reason.en for reason in reasons)))
    return Row(line, source_key, mapping.estate, values)


def _source_key(record: Mapping[str, str], mapping: ImportMapping) -> str:
    """Hashed, so that a source's own numbers, which may name a person, go no further."""
    if mapping.key is None:
        identity: object = {name: clean(name, cell) for name, cell in record.items()}
    else:
        identity = clean(mapping.key, record[mapping.key])
        if not identity:
            raise RefusedCell(f"“{mapping.key}”是空的，无法编号", f'"{mapping.key}" is empty, so the row has no key')
    canonical = json.dumps([mapping.source, identity], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _repeated(line: int, first: int) -> BadRow:
    return BadRow(line, Text(f"与第 {first} 行是同一条", f"It is the same record as line {first}"))


def _unfit(path: Path, zh: str, en: str) -> Misconfigured:
    mend = Text("请核对文件和映射文件。", "Compare the file with the mapping.")
    return Misconfigured(Text(f"不能导入：{zh}。", f"It cannot be imported: {en}."), mend, path.name)
