"""The types that a value of a case may have; FEEL computes with the same ones. And numbers as people write them."""

from __future__ import annotations

from typing import Any

#: str, bool, Decimal, date, time, datetime, timedelta, YearsMonths, list, dict with text keys, or None. Never a float.
Value = Any
#: Nobody counts further: a database's numbers end soon after, and reading digits without end takes for ever.
MOST_DIGITS = 9


def count_in(written: str) -> int | None:
    """The number that plain digits say, as large as anybody counts; None for anything else, digits without end among it."""
    return int(written) if written.isascii() and written.isdecimal() and len(written) <= MOST_DIGITS else None
