"""Literal values in the text: strings with their escapes, and numbers."""

from __future__ import annotations

import re
from decimal import Decimal, DecimalException

from engine.feel.errors import at
from engine.feel.operations.numbers import DECIMAL

NUMBER = re.compile(r"(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?")
STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "'": "'", "\\": "\\"}


def read_string(source: str, start: int) -> tuple[str, int]:
    """The text of the string literal that begins here and where it ends."""
    found = STRING.match(source, start)
    if found is None:
        raise at(start, '这里开始的文本缺少结尾的引号 "。', 'the text that begins here lacks its closing quote ".')
    raw = found.group()[1:-1]
    return (unescape(raw) if "\\" in raw else raw), found.end()


def unescape(raw: str) -> str:
    r"""The text with ``\n``, ``\t``, ``\"``, ``\\`` and ``\u0041`` replaced; other backslashes stay, as in patterns."""
    text = _ESCAPE.sub(_one, raw)
    # A pair of \u escapes may spell one character beyond the basic plane.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _has_surrogates(text) else text


def _has_surrogates(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _one(found: re.Match[str]) -> str:
    short, long, other = found.groups()
    if other is not None:
        return _PLAIN.get(other, "\\" + other)
    code = int(short or long, 16)
    return chr(code) if code <= 0x10FFFF else found.group()


def read_number(source: str, start: int) -> tuple[Decimal, int]:
    """The number literal that begins here, rounded to 34 digits, and where it ends."""
    found = NUMBER.match(source, start)
    if found is None:
        raise at(start, "这里应为数字。", "expected a number.")
    try:
        return DECIMAL.create_decimal(found.group()), found.end()
    except DecimalException:
        raise at(start, "数字太大。", "the number is too large.") from None
