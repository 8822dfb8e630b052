"""Which days are worked: the national calendar with the company's own overrides, as one revision."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engine.calendar import national
from engine.calendar.rules import CalendarError, Shift, check_shifts
from engine.domain.text import Text


@dataclass(frozen=True, slots=True)
class DayKind:
    """One day: worked or not, why, on what shifts if not the usual ones, and whether that may still change."""

    working: bool
    reason: Text
    provisional: bool
    make_up: bool = False
    shifts: tuple[Shift, ...] | None = None


@dataclass(frozen=True, slots=True)
class DayOverride:
    """The company's word on one day; it stands above the national calendar."""

    day: date
    working: bool
    reason: Text
    shifts: tuple[Shift, ...] | None = None

    def __post_init__(self) -> None:
        check_shifts(self.shifts or ())


class Days:
    """A revision of the calendar's data; ``settled`` names years whose notice was entered as overrides."""

    def __init__(self, overrides: Iterable[DayOverride] = (), revision: str | None = None, settled: Iterable[int] = ()) -> None:
        self._overrides: dict[date, DayOverride] = {}
        for override in overrides:
            if override.day in self._overrides:
                raise CalendarError(
                    Text(f"{override.day} 有两条调整", f"Expected one override for {override.day}, but found two")
                )
            self._overrides[override.day] = override
        self._settled = frozenset(settled)
        self._kinds: dict[date, DayKind] = {}
        self.revision = revision or self._own_revision()

    def kind(self, day: date) -> DayKind:
        """What kind of day it is; the answer for a day never changes within one revision."""
        found = self._kinds.get(day)
        if found is None:
            found = self._kinds[day] = self._find(day)
        return found

    def _find(self, day: date) -> DayKind:
        own, base = self._overrides.get(day), national.national_year(day.year)[day]
        if own is None:
            return DayKind(base.working, base.reason, national.may_still_move(day, self._settled), base.make_up)
        return DayKind(own.working, own.reason, False, own.working and day.weekday() > 4, own.shifts)

    def _own_revision(self) -> str:
        if not self._overrides and not self._settled:
            return national.revision()
        facts = [repr(self._overrides[day]) for day in sorted(self._overrides)] + [str(year) for year in sorted(self._settled)]
        return f"{national.revision()}+{hashlib.sha256(repr(facts).encode()).hexdigest()[:12]}"
