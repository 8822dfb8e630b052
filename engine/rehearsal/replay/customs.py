"""How long people usually take, for tasks of which the record says nothing, and how long they would take at another time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median_low

from engine.calendar import Calendar, Unit

#: What a task takes of which nobody has ever done a like one: half a working day.
UNKNOWN = timedelta(hours=4)
#: A task that opens so close to when it did is done when it was done: a worker may be late by so much.
SAME = timedelta(seconds=60)
_MICROSECONDS = 3_600_000_000


@dataclass(frozen=True, slots=True)
class Spent:
    """So much working time; of what was done wholly outside working time, ``elapsed`` says how long it took by the clock."""

    working: timedelta
    elapsed: timedelta


@dataclass(frozen=True, slots=True)
class Customs:
    """The usual working time by element and by role, in seconds: the median of what was recorded; ``unknown`` for the others."""

    elements: Mapping[str, int] = field(default_factory=dict)
    roles: Mapping[str, int] = field(default_factory=dict)
    unknown: timedelta = UNKNOWN

    def usual(self, element_id: str, role: str | None) -> timedelta:
        """What the task usually takes: as long as it did elsewhere, else as tasks of its role do, else half a day."""
        seconds = self.elements.get(element_id, self.roles.get(role or ""))
        return self.unknown if seconds is None else timedelta(seconds=seconds)


def customs_of(done: Iterable[tuple[str, str | None, datetime, datetime]], calendar: Calendar) -> Customs:
    """The customs of people who did these tasks: element, role, opened, completed."""
    elements: dict[str, list[int]] = defaultdict(list)
    roles: dict[str, list[int]] = defaultdict(list)
    for element_id, role, opened_at, ended_at in done:
        seconds = int(calendar.working_time_between(opened_at, ended_at).total_seconds())
        elements[element_id].append(seconds)
        roles[role or ""].append(seconds)
    usual = [{key: median_low(found) for key, found in taken.items()} for taken in (elements, roles)]
    return Customs(usual[0], usual[1])


class Pace:
    """When something would have been done, had it been begun at another moment."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar

    def moved(self, opened_at: datetime, ended_at: datetime, begins_at: datetime) -> datetime:
        """The end of what took from ``opened_at`` to ``ended_at``, begun then instead.

        Who took three working hours takes them again, whether or not a night lies between; what was done wholly outside
        working time, as an emergency at night, takes as long by the clock.
        """
        if abs(begins_at - opened_at) <= SAME and ended_at >= begins_at:
            return ended_at
        spent = self._spent(opened_at, ended_at)
        return self.after(begins_at, spent.working) if spent.working else begins_at + spent.elapsed

    def after(self, begins_at: datetime, working: timedelta) -> datetime:
        """So much working time later."""
        if not working:
            return begins_at
        hours = Decimal(working // timedelta(microseconds=1)) / _MICROSECONDS
        return self._calendar.due(begins_at, hours, Unit.WORKING_HOURS).due_at

    def _spent(self, opened_at: datetime, ended_at: datetime) -> Spent:
        return Spent(self._calendar.working_time_between(opened_at, ended_at), max(ended_at - opened_at, timedelta()))
