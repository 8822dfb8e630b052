"""The duration that Python lacks: years and months, which have no fixed length."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class YearsMonths:
    """A FEEL years-and-months duration as a signed number of months."""

    months: int

    def __str__(self) -> str:
        sign, months = ("-", -self.months) if self.months < 0 else ("", self.months)
        years, rest = divmod(months, 12)
        return f"{sign}P{years}Y{rest}M" if years and rest else f"{sign}P{years}Y" if years else f"{sign}P{rest}M"
