"""The State Council's working calendar, one year at a time, with the years whose notice is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.metadata import version

from engine.domain.text import Text

MAKE_UP = Text("调休上班日", "make-up working day")
WORKING = Text("工作日", "working day")
_WEEKEND = {5: Text("周六", "Saturday"), 6: Text("周日", "Sunday")}
# A notice has moved days of the December before it: 29 December 2018 was worked for New Year's Day 2019.
_REACH_OF_NEXT_NOTICE = (12, 29)


@dataclass(frozen=True, slots=True)
class NationalDay:
    """What the national calendar says of one day."""

    working: bool
    make_up: bool
    reason: Text


def revision() -> str:
    """Which edition of the national calendar is in use."""
    return f"CN-{version('holidays')}"


@cache
def notice_years() -> frozenset[int]:
    """The years whose notice the installed edition holds."""
    from holidays.countries.china import ChinaStaticHolidays

    return frozenset(ChinaStaticHolidays.special_public_holidays)


def may_still_move(day: date, settled: frozenset[int]) -> bool:
    """Whether a notice that is not out yet may change this day."""
    known = notice_years() | settled
    return day.year not in known or ((day.month, day.day) >= _REACH_OF_NEXT_NOTICE and day.year + 1 not in known)


@cache
def national_year(year: int) -> dict[date, NationalDay]:
    """Every day of a year; without a notice only weekends and the statutory dates themselves are free."""
    from holidays.countries.china import China

    # Which weekday makes up for a holiday on a weekend is for the notice to say, so without one nothing is "observed".
    observed = year in notice_years()
    zh, en = (China(years=year, language=name, observed=observed, expand=False) for name in ("zh_CN", "en_US"))  # type: ignore[no-untyped-call]
    days: dict[date, NationalDay] = {}
    day = date(year, 1, 1)
    while day.year == year:
        weekend = _WEEKEND.get(day.weekday())
        if day in zh:
            days[day] = NationalDay(False, False, Text(zh[day], en[day]))
        elif zh.is_working_day(day):
            days[day] = NationalDay(True, weekend is not None, MAKE_UP if weekend else WORKING)
        else:
            days[day] = NationalDay(False, False, weekend or WORKING)
        day += timedelta(1)
    return days
