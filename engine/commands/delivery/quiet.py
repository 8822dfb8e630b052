"""When a person may be disturbed next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
#: Longer than any run of days off; a calendar without working days must not keep a message for ever.
_DAYS = 60


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From ``starts`` until ``ends`` by the local clock, over midnight when it ends earlier; none when both are the same."""

    starts: time
    ends: time
    days_off: bool

    def cover(self, at: time) -> bool:
        """Whether that time of the day is quiet; the end is not."""
        if self.starts <= self.ends:
            return self.starts <= at < self.ends
        return at >= self.starts or at < self.ends


def speaks_at(moment: datetime, hours: QuietHours | None, zone: ZoneInfo, is_working_day: Callable[[date], bool]) -> datetime:
    """The first moment from ``moment`` on, in UTC, neither in quiet hours nor, where those are quiet too, on a day off."""
    if hours is None:
        return moment
    for _ in range(_DAYS):
        local = moment.astimezone(zone)
        if hours.days_off and not is_working_day(local.date()):
            moment = _at(local.date() + _DAY, time(0), zone, moment)
        elif hours.cover(local.time()):
            ends_today = local.time() < hours.ends
            moment = _at(local.date() + (timedelta() if ends_today else _DAY), hours.ends, zone, moment)
        else:
            break
    return moment


def _at(day: date, at: time, zone: ZoneInfo, like: datetime) -> datetime:
    return datetime.combine(day, at, zone).astimezone(like.tzinfo)
