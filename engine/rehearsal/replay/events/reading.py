"""An event file, plain or compressed, read into cases; what cannot be read is refused with its line."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from engine.domain.text import Text
from engine.errors import Misconfigured
from engine.rehearsal.replay.events.mapping import EventMapping

#: Calendars reach no farther; what lies outside is a slip.
_FIRST_YEAR, _LAST_YEAR = 1970, 2099
_MEND = Text(
    "请改正这个文件，或映射里的列名、时区和编码。", "Correct the file, or the columns, zone and encoding of the mapping."
)


@dataclass
class EventCase:
    """The events of one case in the order of time, with the cells of its first line by column."""

    key: str
    cells: dict[str, str]
    events: list[tuple[datetime, str]] = field(default_factory=list)


def read_cases(path: Path, mapping: EventMapping, limit: int | None = None) -> list[EventCase]:
    """The first cases of the file, or all of them; ``Misconfigured`` names the line that cannot be read."""
    cases: dict[str, EventCase] = {}
    for line, row in _rows(path, mapping):
        key = row[mapping.columns["case"]].strip()
        if not key:
            raise _refusal(path, line, "没有编号", "it has no case")
        if key not in cases:
            if limit is not None and len(cases) >= limit:
                # The events of a case may lie anywhere: the file is read to its end.
                continue
            cases[key] = EventCase(key, row)
        moment = _moment(path, line, row[mapping.columns["at"]], mapping)
        cases[key].events.append((moment, row[mapping.columns["event"]].strip()))
    for case in cases.values():
        case.events.sort(key=lambda event: event[0])
    return list(cases.values())


def _rows(path: Path, mapping: EventMapping) -> Iterator[tuple[int, dict[str, str]]]:
    line = 0
    try:
        with _opened(path, mapping) as lines:
            reader = csv.reader(lines, delimiter=mapping.delimiter, strict=True)
            heading = next(reader, None)
            if heading is None:
                raise _refusal(path, 1, "文件是空的", "the file is empty")
            names, line = [name.strip() for name in heading], reader.line_num
            for wanted in (*mapping.columns.values(), *mapping.filled):
                if wanted not in names:
                    raise _refusal(path, 1, f"没有“{wanted}”这一列", f'it has no column "{wanted}"')
            for cells in reader:
                if not cells:
                    continue
                if len(cells) != len(names):
                    zh, en = f"有 {len(cells)} 格，应有 {len(names)} 格", f"it has {len(cells)} cells instead of {len(names)}"
                    raise _refusal(path, reader.line_num, zh, en)
                line = reader.line_num
                yield line, dict(zip(names, cells, strict=True))
    except UnicodeError as problem:
        encoding = mapping.encoding.removesuffix("-sig")
        said = Text(f"{path.name} 不是 {encoding} 编码的文字。", f"{path.name} is no text in {encoding}.")
        raise Misconfigured(said, _MEND, path.name) from problem
    except (gzip.BadGzipFile, EOFError, zlib.error) as problem:
        said = Text(f"{path.name} 不是完好的压缩文件。", f"{path.name} is no whole compressed file.")
        raise Misconfigured(said, _MEND, path.name) from problem
    except csv.Error as problem:
        zh, en = "引号没有配对，或有一格太长", "a quotation mark is missing, or a cell is too long"
        raise _refusal(path, line + 1, zh, en) from problem
    except OSError as problem:
        said = Text(f"{path.name} 读不了：{problem.strerror}。", f"{path.name} cannot be read: {problem.strerror}.")
        raise Misconfigured(said, _MEND, path.name) from problem


def _opened(path: Path, mapping: EventMapping) -> IO[str]:
    encoding = "utf-8-sig" if mapping.encoding == "utf-8" else mapping.encoding
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding=encoding, newline="")
    return path.open(encoding=encoding, newline="")


def _moment(path: Path, line: int, text: str, mapping: EventMapping) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as problem:
        zh, en = f"时刻“{text}”读不懂，应像 2020-10-18T14:50:40", f'the moment "{text}" should look like 2020-10-18T14:50:40'
        raise _refusal(path, line, zh, en) from problem
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        years = (_FIRST_YEAR, _LAST_YEAR)
        zh = "时刻“{}”不在 {} 到 {} 年之间".format(text, *years)
        raise _refusal(path, line, zh, 'the moment "{}" does not lie between {} and {}'.format(text, *years))
    return (moment if moment.tzinfo else moment.replace(tzinfo=mapping.zone)).astimezone(UTC)


def _refusal(path: Path, line: int, zh: str, en: str) -> Misconfigured:
    return Misconfigured(Text(f"{path.name} 第 {line} 行：{zh}。", f"{path.name}, line {line}: {en}."), _MEND, path.name)
