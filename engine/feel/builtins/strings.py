"""The functions on strings, counted in characters."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from engine.feel.builtins.registry import builtin
from engine.feel.errors import Fault
from engine.feel.runtime import Run


@builtin("substring(string: string, start position: number, length?: number)")
def substring(run: Run, text: str, start: Decimal, length: Decimal | None = None) -> str:
    """The part from a place counted from 1, or from the end where it is negative."""
    place = int(start)
    if place == 0 or abs(place) > len(text) or (length is not None and length < 1):
        raise Fault("位置或长度超出文本。", "the position or length is outside the text.")
    begin = place - 1 if place > 0 else len(text) + place
    return text[begin:] if length is None else text[begin : begin + int(min(length, Decimal(len(text))))]


@builtin("string length(string: string)")
def string_length(run: Run, text: str) -> Decimal:
    """How many characters the text has."""
    return Decimal(len(text))


@builtin("upper case(string: string)")
def upper_case(run: Run, text: str) -> str:
    """The text in capitals."""
    run.text(len(text))
    return text.upper()


@builtin("lower case(string: string)")
def lower_case(run: Run, text: str) -> str:
    """The text in small letters."""
    run.text(len(text))
    return text.lower()


@builtin("substring before(string: string, match: string)")
def substring_before(run: Run, text: str, match: str) -> str:
    """What stands before the first match; empty when there is none."""
    return text.partition(match)[0] if match and match in text else ""


@builtin("substring after(string: string, match: string)")
def substring_after(run: Run, text: str, match: str) -> str:
    """What stands after the first match; empty when there is none."""
    return text.partition(match)[2] if match else text


@builtin("contains(string: string, match: string)")
def contains(run: Run, text: str, match: str) -> bool:
    """Whether the match stands anywhere in the text."""
    return match in text


@builtin("starts with(string: string, match: string)")
def starts_with(run: Run, text: str, match: str) -> bool:
    """Whether the text begins with the match."""
    return text.startswith(match)


@builtin("ends with(string: string, match: string)")
def ends_with(run: Run, text: str, match: str) -> bool:
    """Whether the text ends with the match."""
    return text.endswith(match)


@builtin("string join(list: list, delimiter?: string | null)")
def string_join(run: Run, items: list[Any], delimiter: str | None = None) -> str:
    """The texts of the list in one, with the delimiter between; nulls are left out."""
    texts = [item for item in items if item is not None]
    if not all(isinstance(text, str) for text in texts):
        raise Fault("列表中只能有文本。", "the list may hold texts only.")
    run.text(sum(map(len, texts)) + len(delimiter or "") * len(texts))
    return (delimiter or "").join(texts)
