"""A limit counted once more, by another calendar, from the derivation that was kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.calendar.calendar import Calendar
from engine.calendar.derivation import Derivation

AT_LEAST = "at_least"


def recount(data: Mapping[str, Any], calendar: Calendar) -> Derivation:
    """The same rule from the same anchor, counted by that calendar; ``data`` is what ``Derivation.as_data`` wrote."""
    kept = Derivation.from_data(data)
    return calendar.due(kept.anchor, kept.amount, kept.unit, at_least_minutes=int(data.get(AT_LEAST) or 0))
