"""The versioned rules of counting: units, shifts, the end of the day and the cut-off."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from engine.domain.text import Text
from engine.errors import Incident

_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")
_KEYS = {"zone", "shifts", "day_ends", "cutoff", "roll_over"}


class CalendarError(Incident):
    """An amount, rule or override that cannot be counted with; met while a case runs, it is an incident of that case."""


class Unit(StrEnum):
    """What a limit is counted in; END_OF_DAY and MOMENT take no amount."""

    MINUTES = "minutes"
    HOURS = "hours"
    WORKING_HOURS = "working_hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    END_OF_DAY = "end_of_day"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Shift:
    """One stretch of work in local time; an end at or before the start lies on the next day (00:00 is 24:00)."""

    start: time
    end: time

    @classmethod
    def parse(cls, value: object) -> Shift:
        """Reads ``["08:30", "12:00"]`` or ``08:30-12:00``."""
        parts = value if isinstance(value, list | tuple) else str(value).split("-")
        if len(parts) != 2:
            raise CalendarError(
                Text(f"班次“{value}”应写成 08:30-12:00", f"Expected a shift such as 08:30-12:00, but found “{value}”")
            )
        return cls(clock_time(parts[0]), clock_time(parts[1]))

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"

    @property
    def minutes(self) -> tuple[int, int]:
        """Start and end as minutes from the midnight on which the shift's day begins."""
        start, end = _minutes(self.start), _minutes(self.end)
        return start, end if end > start else end + 24 * 60


def clock_time(value: object) -> time:
    """Reads ``08:30`` or, as YAML reads an unquoted 18:00, a number of minutes; 24:00 is given as 00:00."""
    if isinstance(value, time):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 24 * 60:
        return time(value // 60 % 24, value % 60)
    found = _CLOCK.fullmatch(str(value).strip())
    if found is None or (found.group(1) == "24" and found.group(2) != "00"):
        raise CalendarError(
            Text(f"“{value}”不是时刻，应写成 08:30", f"Expected a time of day such as 08:30, but found “{value}”")
        )
    return time(int(found.group(1)) % 24, int(found.group(2)))


def check_shifts(shifts: tuple[Shift, ...]) -> None:
    """Refuses shifts that are out of order, overlap, or reach into the next day's first one."""
    ends_at = 0
    for shift in shifts:
        start, end = shift.minutes
        if start < ends_at:
            raise CalendarError(
                Text(f"班次 {shift} 与前一班次重叠", f"Expected shifts in order without overlap, but {shift} begins too early")
            )
        ends_at = end
    if shifts and ends_at - 24 * 60 > shifts[0].minutes[0]:
        raise CalendarError(
            Text(
                f"班次 {shifts[-1]} 与次日首班重叠",
                f"Expected shifts without overlap, but {shifts[-1]} runs into the next day's first",
            )
        )


@dataclass(frozen=True)
class DayRules:
    """How a procedure counts; the defaults are those of the Civil Code 201-203 and a common office day."""

    zone: str = "Asia/Shanghai"
    shifts: tuple[Shift, ...] = (Shift(time(8, 30), time(12)), Shift(time(14), time(18)))
    day_ends: time | None = None
    cutoff: time | None = None
    roll_over: bool = False

    def __post_init__(self) -> None:
        check_shifts(self.shifts)
        try:
            self.tz  # noqa: B018 - an unknown zone is refused here, not at the first deadline
        except (KeyError, ValueError, TypeError, OSError) as error:
            raise CalendarError(
                Text(f"未知时区“{self.zone}”", f"Expected a time zone such as Asia/Shanghai, but found “{self.zone}”")
            ) from error

    @cached_property
    def tz(self) -> ZoneInfo:
        """The zone in which days begin and end."""
        return ZoneInfo(self.zone)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> DayRules:
        """Reads the ``calendar:`` block of a procedure; what is missing keeps its default, an unknown key is refused."""
        unknown = sorted(str(key) for key in data if key not in _KEYS)
        if unknown:
            raise CalendarError(
                Text(f"日历设置里没有“{unknown[0]}”", f"Expected only {', '.join(sorted(_KEYS))}, but found “{unknown[0]}”")
            )
        given: dict[str, Any] = {key: data[key] for key in ("zone", "roll_over") if key in data}
        if data.get("roll_over") not in (None, True, False):
            raise CalendarError(
                Text(
                    f"“遇休息日顺延”（roll_over）只能是 true 或 false，不能是“{data['roll_over']}”",
                    f"Expected roll_over to be true or false, but found “{data['roll_over']}”",
                )
            )
        if "shifts" in data:
            given["shifts"] = tuple(Shift.parse(shift) for shift in _several(data["shifts"]))
        for key in ("day_ends", "cutoff"):
            if data.get(key) is not None:
                # 24:00 is no close of business and no cut-off: both mean the plain end of the day.
                given[key] = clock_time(data[key]) if clock_time(data[key]) != time(0) else None
        return cls(**given)

    def to_data(self) -> dict[str, Any]:
        """The same block again, as plain strings and lists."""
        data: dict[str, Any] = {
            "zone": self.zone,
            "shifts": [str(shift).split("-") for shift in self.shifts],
            "roll_over": self.roll_over,
        }
        return data | {key: f"{at:%H:%M}" for key, at in (("day_ends", self.day_ends), ("cutoff", self.cutoff)) if at is not None}


def _several(shifts: object) -> list[object]:
    """The shifts as they are written; an empty list is a day on which nobody works."""
    if isinstance(shifts, list | tuple):
        return list(shifts)
    raise CalendarError(
        Text(
            f"班次应是一列，如 [08:30-12:00, 14:00-18:00]，不能是“{shifts}”",
            f"Expected a list of shifts such as [08:30-12:00, 14:00-18:00], but found “{shifts}”",
        )
    )


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
