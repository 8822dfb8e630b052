"""When a limit falls due: the rules of counting, one line each."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from engine.calendar import Calendar, CalendarError, DayOverride, DayRules, Days, Shift, Unit
from engine.domain.text import Text

OFFICE = DayRules(day_ends=time(18))


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


def due(anchor: str, amount: object, unit: str, rules: DayRules | None = None, **options: object) -> datetime:
    return Calendar(rules).due(at(anchor), amount, Unit(unit), **options).due_at  # type: ignore[arg-type]


# Wednesday 30 September 2026 is followed by the National Day holiday to the 7th; Saturday the 10th is worked.
RULES = [
    ("minutes run round the clock", "2026-10-01T23:58", 3, "minutes", "2026-10-02T00:01"),
    ("hours run through holidays", "2026-09-30T17:58", 48, "hours", "2026-10-02T17:58"),
    ("hours may be broken", "2026-09-30T17:00", "0.5", "hours", "2026-09-30T17:30"),
    ("the starting day does not count", "2026-10-08T00:00", 3, "days", "2026-10-12T00:00"),
    ("days do not roll over holidays", "2026-09-30T09:00", 3, "days", "2026-10-04T00:00"),
    ("no days end with the starting day", "2026-09-30T09:00", 0, "days", "2026-10-01T00:00"),
    ("a make-up Saturday counts", "2026-10-08T09:00", 2, "working_days", "2026-10-11T00:00"),
    ("a holiday does not count", "2026-09-30T17:58", 2, "working_days", "2026-10-10T00:00"),
    ("counting may start on a holiday", "2026-10-03T12:00", 1, "working_days", "2026-10-09T00:00"),
    ("a weekend does not count", "2026-10-16T12:00", 1, "working_days", "2026-10-20T00:00"),
    ("a month ends on the same day number", "2026-09-15T12:00", 1, "months", "2026-10-16T00:00"),
    ("or on the month's last day", "2027-01-31T12:00", 1, "months", "2027-03-01T00:00"),
    ("a leap day is a last day", "2024-02-29T12:00", 12, "months", "2025-03-01T00:00"),
    ("months pass the year", "2026-11-30T12:00", 3, "months", "2027-03-01T00:00"),
    ("working hours stop over lunch", "2026-10-08T11:30", 1, "working_hours", "2026-10-08T14:30"),
    ("working hours begin with the shift", "2026-10-08T06:00", 1, "working_hours", "2026-10-08T09:30"),
    ("working hours sleep over holidays", "2026-09-30T17:30", 1, "working_hours", "2026-10-08T09:00"),
    ("working hours end with a shift, not at the next", "2026-10-08T17:00", 1, "working_hours", "2026-10-08T18:00"),
    ("the day ends at 24:00", "2026-10-08T09:00", 0, "end_of_day", "2026-10-09T00:00"),
    ("midnight belongs to the day it begins", "2026-10-08T00:00", 0, "end_of_day", "2026-10-09T00:00"),
    ("a moment is its own due moment", "2026-10-08T09:00", 0, "moment", "2026-10-08T09:00"),
]


@pytest.mark.parametrize(("anchor", "amount", "unit", "expected"), [row[1:] for row in RULES], ids=[row[0] for row in RULES])
def test_counting(anchor: str, amount: object, unit: str, expected: str) -> None:
    assert due(anchor, amount, unit) == at(expected)


def test_close_of_business_may_end_the_day() -> None:
    assert due("2026-10-08T09:00", 1, "working_days", OFFICE) == at("2026-10-09T18:00")
    assert due("2026-10-08T09:00", 0, "end_of_day", OFFICE) == at("2026-10-08T18:00")
    assert due("2026-10-08T19:00", 0, "end_of_day", OFFICE) == at("2026-10-09T18:00")


def test_no_limit_ends_before_it_began() -> None:
    assert due("2026-10-08T19:00", 0, "days", OFFICE) == at("2026-10-08T19:00")
    assert due("2026-10-08T19:00", 0, "working_days", OFFICE) == at("2026-10-08T19:00")


def test_rolling_over_is_a_setting_and_a_choice_for_one_limit() -> None:
    assert due("2026-09-30T09:00", 3, "days", DayRules(roll_over=True)) == at("2026-10-09T00:00")
    assert due("2026-09-30T09:00", 3, "days", roll_over=True) == at("2026-10-09T00:00")
    assert due("2026-09-30T09:00", 3, "days", DayRules(roll_over=True), roll_over=False) == at("2026-10-04T00:00")
    assert due("2026-09-07T09:00", 1, "months", roll_over=True) == at("2026-10-09T00:00")


def test_what_arrives_late_in_the_evening_still_gets_its_two_hours() -> None:
    assert due("2026-10-08T23:30", 0, "end_of_day", at_least_minutes=120) == at("2026-10-09T01:30")
    assert due("2026-10-08T21:59", 0, "end_of_day", at_least_minutes=120) == at("2026-10-09T00:00")


def test_after_the_cut_off_the_next_day_counts() -> None:
    rules = DayRules(cutoff=time(22))

    assert due("2026-10-08T22:00", 0, "end_of_day", rules) == at("2026-10-09T00:00")
    assert due("2026-10-08T22:01", 0, "end_of_day", rules) == at("2026-10-10T00:00")


def test_the_company_closes_for_a_day_and_works_half_of_another() -> None:
    half = (Shift(time(9), time(12)),)
    days = Days(
        [
            DayOverride(date(2026, 10, 9), False, Text("盘点", "stocktaking")),
            DayOverride(date(2026, 10, 10), True, Text("半天", "half day"), half),
        ]
    )
    calendar = Calendar(None, days)

    found = calendar.due(at("2026-10-08T17:00"), 5, Unit.WORKING_HOURS)

    assert found.due_at == at("2026-10-12T09:30")
    assert found.skipped == ((date(2026, 10, 9), Text("盘点", "stocktaking")), (date(2026, 10, 11), Text("周日", "Sunday")))


def test_a_night_shift_belongs_to_the_day_it_begins() -> None:
    night = DayRules(shifts=(Shift(time(22), time(6)),))

    assert due("2026-10-11T03:00", 2, "working_hours", night) == at("2026-10-11T05:00")
    assert due("2026-10-12T05:00", 2, "working_hours", night) == at("2026-10-13T00:00")


def test_a_shift_may_end_at_midnight() -> None:
    evening = DayRules(shifts=(Shift.parse("18:00-24:00"),))

    assert due("2026-10-08T23:00", 2, "working_hours", evening) == at("2026-10-09T19:00")


def test_days_are_those_of_the_zone() -> None:
    summer_time_ends = datetime(2026, 10, 24, 12, tzinfo=UTC)

    assert Calendar(DayRules(zone="Europe/Berlin")).due(summer_time_ends, 1, Unit.DAYS).due_at == datetime(
        2026, 10, 25, 23, tzinfo=UTC
    )


def test_every_result_is_utc() -> None:
    calendar = Calendar()

    assert all(calendar.due(at("2026-10-08T09:00"), 1, unit).due_at.tzinfo is UTC for unit in Unit)
    assert calendar.end_of_day(at("2026-10-08T09:00")) == at("2026-10-09T00:00")
    assert calendar.end_of_day(at("2026-10-08T09:00")).tzinfo is UTC


REFUSED = [
    (-1, "minutes", "between 0 and"),
    (40_000, "days", "between 0 and"),
    (Decimal("NaN"), "hours", "between 0 and"),
    (Decimal("1.5"), "working_days", "whole number"),
    (Decimal("0.5"), "months", "whole number"),
]


@pytest.mark.parametrize(("amount", "unit", "why"), REFUSED)
def test_an_amount_that_cannot_be_counted_is_refused(amount: object, unit: str, why: str) -> None:
    with pytest.raises(CalendarError, match=why) as caught:
        due("2026-10-08T09:00", amount, unit)

    assert caught.value.text.zh


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(CalendarError, match="zone"):
        Calendar().due(datetime(2026, 10, 8), 1, Unit.DAYS)


def test_a_company_without_shifts_cannot_promise_working_hours() -> None:
    with pytest.raises(CalendarError, match="working time"):
        due("2026-10-08T09:00", 1, "working_hours", DayRules(shifts=()))
