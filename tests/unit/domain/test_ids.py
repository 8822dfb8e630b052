"""Identifiers sort by the time they were made."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from engine.domain.durations import YearsMonths
from engine.domain.ids import new_id

NOW = datetime(2026, 9, 28, 1, tzinfo=UTC)


def test_ids_are_32_hexadecimal_digits_and_never_the_same() -> None:
    made = [new_id(NOW) for _ in range(2000)]

    assert len(set(made)) == 2000
    assert all(len(one) == 32 and set(one) <= set("0123456789abcdef") for one in made)


def test_ids_of_one_moment_grow_in_the_order_they_were_made() -> None:
    made = [new_id(NOW) for _ in range(2000)]

    assert made == sorted(made)


def test_ids_grow_with_time_from_one_millisecond_to_the_next() -> None:
    later = NOW + timedelta(days=365)

    made = [new_id(later + timedelta(milliseconds=step)) for step in range(50)]

    assert made == sorted(made)


def test_a_duration_of_years_and_months_is_written_as_iso_8601_does() -> None:
    written = [str(YearsMonths(months)) for months in (0, 1, 12, 14, -14)]

    assert written == ["P0M", "P1M", "P1Y", "P1Y2M", "-P1Y2M"]
