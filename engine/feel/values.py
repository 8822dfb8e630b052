"""The kinds of FEEL values, ranges and functions as values, and how a value from outside is taken in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import NoneType
from typing import Any

from engine.domain.durations import YearsMonths
from engine.domain.text import Text
from engine.feel.errors import FeelError
from engine.feel.runtime import Run

NUMBER, STRING, BOOLEAN, NULL = "number", "string", "boolean", "null"
DATE, TIME, DATE_TIME = "date", "time", "date and time"
DAYS, MONTHS = "days and time duration", "years and months duration"
LIST, CONTEXT, RANGE, FUNCTION = "list", "context", "range", "function"


@dataclass(frozen=True, slots=True)
class Range:
    """An interval of comparable values; ``unary`` marks ``(< 5)``, whose missing end is open to infinity."""

    low: Any
    high: Any
    low_closed: bool = True
    high_closed: bool = True
    unary: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A FEEL function as a value; ``call`` takes positional values in the order of ``parameters``."""

    name: str
    parameters: tuple[str, ...]
    call: Callable[[Run, list[Any]], Any]
    signature: tuple[Any, ...] = field(default=())
    result: Any = None


KINDS: dict[type, str] = {
    Decimal: NUMBER, int: NUMBER, str: STRING, bool: BOOLEAN, NoneType: NULL,
    date: DATE, time: TIME, datetime: DATE_TIME, timedelta: DAYS, YearsMonths: MONTHS,
    list: LIST, dict: CONTEXT, Range: RANGE, Function: FUNCTION,
}  # fmt: skip
_CHINESE = {
    NUMBER: "数字", STRING: "文本", BOOLEAN: "真假值", NULL: "空值", DATE: "日期", TIME: "时间", DATE_TIME: "日期时间",
    DAYS: "天时时长", MONTHS: "年月时长", LIST: "列表", CONTEXT: "上下文", RANGE: "区间", FUNCTION: "函数",
}  # fmt: skip
READY = frozenset(KINDS) - {int}
# Order matters: bool is an int, and a datetime is a date.
_BASES: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (str, str), (datetime, lambda value: value), (date, lambda value: value), (int, Decimal), (Decimal, Decimal),
    (Mapping, dict), ((tuple), list), (list, list),
)  # fmt: skip


def kind(value: Any) -> str:
    """The FEEL kind of a value, such as ``number`` or ``date and time``."""
    return KINDS.get(type(value), "unknown")


def in_chinese(value: Any) -> str:
    """The kind of a value as a Chinese sentence names it."""
    return _CHINESE.get(kind(value), "未知类型的值")


def take_in(value: Any, name: str) -> Any:
    """A value from outside as a FEEL value: whole numbers become Decimal, floats and strangers are refused."""
    if type(value) in READY:
        return value
    for base, convert in _BASES:
        if isinstance(value, base):
            return convert(value)
    raise FeelError(
        Text(
            f"“{name}”的值类型 {type(value).__name__} 不能用在表达式中（小数须为 Decimal）。",
            f"The value of “{name}” is a {type(value).__name__}, which expressions cannot use (numbers must be Decimal).",
        )
    )
