"""The mapping file of an import: which column fills which field, and how its cells are read."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import Misconfigured

CELL_TYPES = ("text", "datetime", "date", "number")
DEFAULT_LENGTH = 5_000
DEFAULT_ZONE = ZoneInfo("Asia/Shanghai")
KNOWN = frozenset({"source", "encoding", "delimiter", "zone", "estate", "key", "date_formats", "columns", "constants"})
KNOWN_OF_COLUMN = frozenset({"field", "as", "required", "optional", "max_length", "values"})


@dataclass(frozen=True, slots=True)
class Column:
    """How one column is read: the field it fills, the type of its cells, and what is refused.

    ``required`` cells may not be empty; an ``optional`` column may be missing from the file; ``values`` translates the
    source's words into the field's choices.
    """

    name: str
    field: str
    type: str = "text"
    required: bool = False
    optional: bool = False
    max_length: int = DEFAULT_LENGTH
    values: Mapping[str, str] = attribute(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportMapping:
    """A mapping file; ``key`` names the column with the source's own number, None when rows are told apart by their content."""

    source: str
    columns: tuple[Column, ...]
    key: str | None = None
    estate: str | None = None
    constants: Mapping[str, Value] = attribute(default_factory=dict)
    date_formats: tuple[str, ...] = ()
    encoding: str = "utf-8"
    delimiter: str = ","
    zone: ZoneInfo = DEFAULT_ZONE

    @property
    def fields(self) -> frozenset[str]:
        """Every field key that a row may fill, for checking them against a vocabulary."""
        return frozenset(column.field for column in self.columns) | frozenset(self.constants)


def read_mapping(path: Path) -> ImportMapping:
    """The mapping in a YAML file; ``Misconfigured`` with the way out when it cannot be used."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        raise _bad(path, f"读不了这个文件：{problem}", f"It cannot be read: {problem}") from problem
    if not isinstance(data, dict):
        raise _bad(path, "它不是“名称: 值”的列表", "It is no list of names with values")
    _refuse_unknown(data, KNOWN, path)
    columns = _columns(data.get("columns"), path)
    return ImportMapping(
        source=_name(data, "source", path) or path.name.split(".")[0],
        columns=columns,
        key=_name(data, "key", path),
        estate=_name(data, "estate", path),
        constants=_constants(data.get("constants"), columns, path),
        date_formats=_texts(data, "date_formats", path),
        encoding=_encoding(data, path),
        delimiter=_delimiter(data, path),
        zone=_zone(data, path),
    )


def _columns(raw: Any, path: Path) -> tuple[Column, ...]:
    if not isinstance(raw, dict) or not raw:
        raise _bad(path, "columns 里没有列", "columns names no column", "请写“列名: 字段名”。", "Write column: field.")
    columns = tuple(_column(str(name), entry, path) for name, entry in raw.items())
    fields = [column.field for column in columns]
    for key in sorted({key for key in fields if fields.count(key) > 1}):
        raise _bad(path, f"有两列都填字段“{key}”", f'Two columns fill the field "{key}"')
    return columns


def _column(name: str, entry: Any, path: Path) -> Column:
    if isinstance(entry, str):
        return Column(name, entry)
    if not isinstance(entry, dict) or not isinstance(entry.get("field"), str):
        raise _bad(path, f"列“{name}”没有写填哪个字段", f'The column "{name}" does not say which field it fills')
    _refuse_unknown(entry, KNOWN_OF_COLUMN, path)
    kind, length, values = entry.get("as", "text"), entry.get("max_length", DEFAULT_LENGTH), entry.get("values") or {}
    if kind not in CELL_TYPES:
        mend = (f"可用：{', '.join(CELL_TYPES)}。", f"Use one of {', '.join(CELL_TYPES)}.")
        raise _bad(path, f"列“{name}”的 as“{kind}”未知", f'as "{kind}" of the column "{name}" is unknown', *mend)
    if not isinstance(length, int) or length < 1 or not isinstance(values, dict):
        raise _bad(path, f"列“{name}”的 max_length 或 values 写得不对", f'max_length or values of the column "{name}" is wrong')
    return Column(
        name=name,
        field=entry["field"],
        type=kind,
        required=entry.get("required") is True,
        optional=entry.get("optional") is True,
        max_length=length,
        values={str(word): str(value) for word, value in values.items()},
    )


def _constants(raw: Any, columns: tuple[Column, ...], path: Path) -> dict[str, Value]:
    constants = raw or {}
    if not isinstance(constants, dict) or not all(isinstance(value, str | bool) for value in constants.values()):
        raise _bad(path, "constants 只能是“字段名: 文字或 true/false”", "constants may only be field: text or true/false")
    for key in sorted({column.field for column in columns} & set(constants)):
        raise _bad(path, f"字段“{key}”既有列又有固定值", f'The field "{key}" has a column and a constant')
    return {str(key): value for key, value in constants.items()}


def _name(data: Mapping[str, Any], name: str, path: Path) -> str | None:
    value = data.get(name)
    if value is None or (isinstance(value, str) and value.strip()):
        return value.strip() if value else None
    raise _bad(path, f"{name} 要写文字", f"{name} must be text")


def _texts(data: Mapping[str, Any], name: str, path: Path) -> tuple[str, ...]:
    values = data.get(name) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise _bad(path, f"{name} 要写成文字的列表", f"{name} must be a list of texts")
    return tuple(values)


def _encoding(data: Mapping[str, Any], path: Path) -> str:
    name = str(data.get("encoding") or "utf-8")
    try:
        return codecs.lookup(name).name
    except LookupError as problem:
        mend = ("可用 utf-8 或 gb18030。", "Use utf-8 or gb18030.")
        raise _bad(path, f"不认识编码“{name}”", f'The encoding "{name}" is unknown', *mend) from problem


def _delimiter(data: Mapping[str, Any], path: Path) -> str:
    sign = data.get("delimiter", ",")
    if isinstance(sign, str) and len(sign) == 1 and sign not in '"\r\n':
        return sign
    raise _bad(path, "delimiter 要写一个字符", "delimiter must be one character")


def _zone(data: Mapping[str, Any], path: Path) -> ZoneInfo:
    name = str(data.get("zone") or DEFAULT_ZONE.key)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise _bad(path, f"不认识时区“{name}”", f'The time zone "{name}" is unknown') from problem


def _refuse_unknown(data: Mapping[Any, Any], known: frozenset[str], path: Path) -> None:
    for name in sorted(set(map(str, data)) - known):
        words = ", ".join(sorted(known))
        raise _bad(path, f"不认识“{name}”", f'"{name}" is unknown', f"可写：{words}。", f"It may have {words}.")


def _bad(
    path: Path, zh: str, en: str, mend_zh: str = "请改正映射文件。", mend_en: str = "Correct the mapping file."
) -> Misconfigured:
    return Misconfigured(Text(f"映射文件不能用：{zh}。", f"The mapping cannot be used: {en}."), Text(mend_zh, mend_en), path.name)
