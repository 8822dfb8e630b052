"""Which days are worked: the national calendar, its limits, and the company's own word."""

from __future__ import annotations

from datetime import date, time, timedelta

import chinese_calendar
import pytest

from engine.calendar import CalendarError, DayKind, DayOverride, Days, Shift
from engine.domain.text import Text

STOCKTAKING = Text("盘点", "stocktaking")


def days_of(first: int, last: int) -> list[date]:
    return [date(first, 1, 1) + timedelta(n) for n in range((date(last + 1, 1, 1) - date(first, 1, 1)).days)]


@pytest.mark.parametrize("year", range(2010, 2027))
def test_two_independent_calendars_agree_on_every_day(year: int) -> None:
    days = Days()

    differ = [day for day in days_of(year, year) if days.kind(day).working != chinese_calendar.is_workday(day)]

    assert differ == []


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 10, 10), DayKind(True, Text("调休上班日", "make-up working day"), False, make_up=True)),
        (date(2026, 10, 1), DayKind(False, Text("国庆节", "National Day"), False)),
        (date(2026, 10, 4), DayKind(False, Text("周日", "Sunday"), False)),
        (date(2026, 10, 8), DayKind(True, Text("工作日", "working day"), False)),
    ],
)
def test_a_day_says_what_it_is(day: date, kind: DayKind) -> None:
    assert Days().kind(day) == kind


def test_a_year_without_a_notice_is_provisional_and_knows_only_statutory_dates() -> None:
    days = Days()

    assert all(days.kind(day).provisional for day in days_of(2027, 2027))
    assert not days.kind(date(2027, 10, 1)).working
    # The guess that a holiday on a weekend is made up for on the next working day is left to the notice.
    assert days.kind(date(2027, 10, 4)).working


def test_the_last_days_of_december_wait_for_the_next_notice() -> None:
    provisional = [day for day in days_of(2026, 2026) if Days().kind(day).provisional]

    assert provisional == [date(2026, 12, 29), date(2026, 12, 30), date(2026, 12, 31)]


def test_a_notice_entered_by_hand_settles_its_year() -> None:
    days = Days([DayOverride(date(2027, 2, 20), True, Text("调休上班日", "make-up working day"))], settled=[2027])

    assert days.kind(date(2027, 2, 20)).make_up
    assert not days.kind(date(2027, 6, 1)).provisional
    assert not days.kind(date(2026, 12, 31)).provisional
    assert days.kind(date(2027, 12, 31)).provisional


def test_the_company_has_the_last_word_on_a_day() -> None:
    short = (Shift(time(9), time(12)),)
    days = Days([DayOverride(date(2026, 10, 9), False, STOCKTAKING), DayOverride(date(2026, 10, 11), True, STOCKTAKING, short)])

    assert days.kind(date(2026, 10, 9)) == DayKind(False, STOCKTAKING, False)
    assert days.kind(date(2026, 10, 11)) == DayKind(True, STOCKTAKING, False, make_up=True, shifts=short)


def test_two_words_on_one_day_are_refused() -> None:
    override = DayOverride(date(2026, 10, 9), False, STOCKTAKING)

    with pytest.raises(CalendarError, match="but found two"):
        Days([override, override])


def test_the_revision_tells_calendars_with_different_days_apart() -> None:
    plain, changed = Days(), Days([DayOverride(date(2026, 10, 9), False, STOCKTAKING)])

    assert plain.revision == Days().revision != changed.revision
    assert changed.revision == Days([DayOverride(date(2026, 10, 9), False, STOCKTAKING)]).revision
    assert Days(revision="2026-3").revision == "2026-3"
