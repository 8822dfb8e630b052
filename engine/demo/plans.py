"""What became of each case of the demonstration's past: when it came, what was answered, and when people got to their tasks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Any

import yaml

#: When people get to their tasks; a limit that ends at night finds somebody on duty all the same.
_OPENS, _CLOSES = time(8, 30), time(20, 0)
#: What is not to be late is done so long before, or half-way where that is sooner.
_IN_TIME = timedelta(minutes=12)
_PACE = {"minutes": 50}


@dataclass(frozen=True, slots=True)
class Plan:
    """One case: by element what is answered there, after how long it is done, what is done instead, and where it stops.

    ``answers`` are given wherever a form asks for them. A task in ``slow`` is done as late as that, past its limit or not.
    With ``at_night`` people do not wait for the morning. Who has claimed a task has it in hand still.
    """

    name: str = ""
    estate: str = ""
    by: str = ""
    room: str = ""
    joins: str = ""
    pace: timedelta = timedelta()
    at_night: bool = False
    answers: Mapping[str, Any] = field(default_factory=dict)
    at: Mapping[str, Any] = field(default_factory=dict)
    slow: Mapping[str, timedelta] = field(default_factory=dict)
    instead: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    claimed: Mapping[str, str] = field(default_factory=dict)
    stops: frozenset[str] = frozenset()

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Plan:
        """As the file has it; durations are written as days, hours and minutes."""
        words: dict[str, Any] = {key: str(entry.get(key, "")) for key in ("name", "estate", "by", "room", "joins")}
        told: dict[str, Any] = {key: entry.get(key, {}) for key in ("answers", "at", "instead", "claimed")}
        slow = {element: timedelta(**wait) for element, wait in entry.get("slow", {}).items()}
        stops, at_night = frozenset(entry.get("stops", ())), bool(entry.get("at_night"))
        return cls(**words, **told, pace=timedelta(**entry.get("pace", _PACE)), at_night=at_night, slow=slow, stops=stops)

    def moment(self, element: str, opened: datetime, due: datetime | None, zone: tzinfo) -> datetime | None:
        """When somebody turns to a task that opened then; None where nobody has yet."""
        if element in self.stops:
            return None
        if element in self.slow:
            return _by_day(opened + self.slow[element], zone)
        planned = opened + self.pace if self.at_night else _by_day(opened + self.pace, zone)
        return planned if due is None or due <= opened else min(planned, max(due - _IN_TIME, opened + (due - opened) / 2))

    def special(self, element: str, times: int) -> Mapping[str, Any]:
        """What is answered at a task alone; of a list its entry for that time, at last the last one."""
        found: Any = self.at.get(element, {})
        chosen: Mapping[str, Any] = found[min(times, len(found) - 1)] if isinstance(found, list) else found
        return chosen


def past_data() -> dict[str, Any]:
    """The past as its file has it."""
    data: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "past.yaml").read_text("utf-8"))
    return data


def came(when: Mapping[str, Any], now: datetime, zone: tzinfo) -> datetime:
    """The moment so many days before today at a time of day, or so many hours and minutes before now.

    With ``of_last_quarter`` it lies that many days before the present quarter at the latest: a review looks back at the last.
    """
    back = dict(when)
    at, quarter = back.pop("at", None), back.pop("of_last_quarter", 0)
    if at is None:
        return now - timedelta(**back)
    today = now.astimezone(zone).date()
    day = today - timedelta(**back)
    if quarter:
        day = min(day, date(today.year, (today.month - 1) // 3 * 3 + 1, 1) - timedelta(days=quarter))
    return datetime.combine(day, time.fromisoformat(at), zone)


def _by_day(moment: datetime, zone: tzinfo) -> datetime:
    local = moment.astimezone(zone)
    if _OPENS <= local.time() < _CLOSES:
        return moment
    day = local.date() + timedelta(days=local.time() >= _CLOSES)
    # Not everything of a night is done in the first minute of the morning.
    return datetime.combine(day, _OPENS, zone) + timedelta(minutes=local.minute % 45)
