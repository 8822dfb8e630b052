"""What holds for every anchor and amount."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calendar import Calendar, DayRules, Shift, Unit

CALENDARS = [
    Calendar(),
    Calendar(DayRules(day_ends=time(18), cutoff=time(17), roll_over=True)),
    Calendar(DayRules(shifts=(Shift(time(7), time(12)), Shift(time(20), time(4))))),
]
# A year is looked up when it is first met, which takes longer than the examples after it.
unhurried = settings(deadline=None)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2026, 11, 1), timezones=st.just(UTC))
amounts = st.integers(0, 60)
units = st.sampled_from(list(Unit))
calendars = st.sampled_from(CALENDARS)


@unhurried
@given(calendars, moments, amounts, units)
def test_no_limit_ends_before_its_anchor(calendar: Calendar, anchor: datetime, amount: int, unit: Unit) -> None:
    assert calendar.due(anchor, amount, unit).due_at >= anchor


@unhurried
@given(calendars, moments, amounts, amounts, units)
def test_more_time_never_ends_sooner(calendar: Calendar, anchor: datetime, one: int, other: int, unit: Unit) -> None:
    less, more = sorted((one, other))

    assert calendar.due(anchor, less, unit).due_at <= calendar.due(anchor, more, unit).due_at


@unhurried
@given(calendars, moments, moments, amounts, units)
def test_a_later_start_never_ends_sooner(calendar: Calendar, one: datetime, other: datetime, amount: int, unit: Unit) -> None:
    earlier, later = sorted((one, other))

    assert calendar.due(earlier, amount, unit).due_at <= calendar.due(later, amount, unit).due_at


@unhurried
@given(calendars, moments, st.decimals(0, 80, places=4))
def test_working_time_counted_forward_is_the_time_found_between(calendar: Calendar, anchor: datetime, amount: Decimal) -> None:
    due_at = calendar.due(anchor, amount, Unit.WORKING_HOURS).due_at

    assert calendar.working_time_between(anchor, due_at) == timedelta(microseconds=int(amount * 3_600_000_000))


@unhurried
@given(calendars, moments, moments, moments)
def test_working_time_adds_up(calendar: Calendar, one: datetime, two: datetime, three: datetime) -> None:
    a, b, c = sorted((one, two, three))

    total = calendar.working_time_between(a, c)

    assert total == calendar.working_time_between(a, b) + calendar.working_time_between(b, c)
    assert calendar.working_time_between(c, a) == timedelta() or a == c
