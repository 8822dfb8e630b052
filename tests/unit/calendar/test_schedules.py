"""Recurring moments: local time in, UTC out, always later than asked."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from engine.calendar import Calendar, CalendarError
from engine.calendar.schedules import Every, period_about, period_before

ZONE = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


# Thursday 8 October 2026
CASES = [
    ("weekly", ("mon", "08:00"), "2026-10-08T09:00", "2026-10-12T08:00"),
    ("weekly", ("thu", "08:00"), "2026-10-08T07:59", "2026-10-08T08:00"),
    ("weekly", ("thu", "08:00"), "2026-10-08T08:00", "2026-10-15T08:00"),
    ("weekly", ("Sunday", "08:00"), "2026-10-08T08:00", "2026-10-11T08:00"),
    ("monthly", (1, "08:00"), "2026-12-08T08:00", "2027-01-01T08:00"),
    ("monthly", (31, "08:00"), "2027-01-31T08:00", "2027-02-28T08:00"),
    ("monthly", (8, "08:00"), "2026-10-08T07:00", "2026-10-08T08:00"),
    ("quarterly", (1, "08:00"), "2026-10-01T08:00", "2027-01-01T08:00"),
    ("quarterly", (1, "08:00"), "2026-10-01T07:59", "2026-10-01T08:00"),
    ("yearly", (12, 31, "18:00"), "2026-12-31T18:00", "2027-12-31T18:00"),
    ("yearly", (2, 29, "08:00"), "2026-03-01T08:00", "2027-02-28T08:00"),
    ("monthly", (1, "00:30"), "2026-10-01T00:10", "2026-10-01T00:30"),
]


@pytest.mark.parametrize(("kind", "arguments", "after", "expected"), CASES)
def test_the_next_moment(kind: str, arguments: tuple[object, ...], after: str, expected: str) -> None:
    found = getattr(Calendar(), f"next_{kind}")(at(after), *arguments)

    assert found == at(expected)
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("kind", "arguments"),
    [("weekly", ("noday", "08:00")), ("monthly", (0, "08:00")), ("monthly", (1, "8 o'clock")), ("yearly", (13, 1, "08:00"))],
)
def test_a_schedule_that_never_comes_is_refused(kind: str, arguments: tuple[object, ...]) -> None:
    with pytest.raises(CalendarError):
        getattr(Calendar(), f"next_{kind}")(at("2026-10-08T09:00"), *arguments)


ABOUT = [
    (Every.WEEK, "2026-10-12T08:00", "2026-10-05", "2026-10-12"),
    (Every.WEEK, "2026-10-09T17:00", "2026-10-05", "2026-10-12"),
    (Every.MONTH, "2026-11-01T08:00", "2026-10-01", "2026-11-01"),
    (Every.MONTH, "2027-01-01T08:00", "2026-12-01", "2027-01-01"),
    (Every.QUARTER, "2026-10-01T08:00", "2026-07-01", "2026-10-01"),
    (Every.YEAR, "2026-12-31T18:00", "2026-01-01", "2027-01-01"),
]


@pytest.mark.parametrize(("every", "due_at", "first", "after"), ABOUT)
def test_a_schedule_is_about_the_period_that_ends_nearest_to_it(every: Every, due_at: str, first: str, after: str) -> None:
    period = period_about(every, at(due_at), ZONE)

    assert (period.start, period.end) == (at(f"{first}T00:00"), at(f"{after}T00:00"))


@pytest.mark.parametrize(("every", "due_at", "first", "after"), ABOUT)
def test_the_period_before_ends_where_this_one_begins(every: Every, due_at: str, first: str, after: str) -> None:
    period = period_about(every, at(due_at), ZONE)
    before = period_before(every, period, ZONE)

    assert before.end == period.start
    assert period_about(every, period.start, ZONE) == before
