"""The types that a value of a case may have; FEEL computes with the same ones."""

from __future__ import annotations

from typing import Any

#: str, bool, Decimal, date, time, datetime, timedelta, YearsMonths, list, dict with text keys, or None. Never a float.
Value = Any
