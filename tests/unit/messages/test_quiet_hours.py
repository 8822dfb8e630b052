"""When a person may be disturbed next: over midnight, on days off, and at the very minute when the hours end."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from engine.commands.delivery.quiet import QuietHours, speaks_at

SHANGHAI = ZoneInfo("Asia/Shanghai")
NIGHT = QuietHours(time(22), time(7), days_off=False)
NOON = QuietHours(time(12), time(14), days_off=False)
WEEKENDS = QuietHours(time(22), time(7), days_off=True)
NONE = QuietHours(time(0), time(0), days_off=False)
WHENEVER = [
    (NIGHT, "2026-09-28 21:59", "2026-09-28 21:59"),
    (NIGHT, "2026-09-28 22:00", "2026-09-29 07:00"),
    (NIGHT, "2026-09-29 00:00", "2026-09-29 07:00"),
    (NIGHT, "2026-09-29 06:59", "2026-09-29 07:00"),
    (NIGHT, "2026-09-29 07:00", "2026-09-29 07:00"),
    (NOON, "2026-09-28 12:30", "2026-09-28 14:00"),
    (NOON, "2026-09-28 14:00", "2026-09-28 14:00"),
    (NONE, "2026-09-28 03:00", "2026-09-28 03:00"),
    (WEEKENDS, "2026-10-02 22:30", "2026-10-05 07:00"),  # a Friday
    (WEEKENDS, "2026-10-03 12:00", "2026-10-05 07:00"),
    (WEEKENDS, "2026-10-04 23:59", "2026-10-05 07:00"),
]


def at(text: str) -> datetime:
    """A local moment, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


@pytest.mark.parametrize(("hours", "asked", "expected"), WHENEVER)
def test_messages_wait_for_the_end_of_the_quiet_hours(hours: QuietHours, asked: str, expected: str) -> None:
    assert speaks_at(at(asked), hours, SHANGHAI, lambda day: day.weekday() < 5) == at(expected)


def test_who_has_no_quiet_hours_is_told_at_once() -> None:
    assert speaks_at(at("2026-09-28 03:00"), None, SHANGHAI, lambda day: False) == at("2026-09-28 03:00")


def test_a_calendar_without_working_days_keeps_no_message_for_ever() -> None:
    def never(_day: date) -> bool:
        return False

    assert speaks_at(at("2026-09-28 12:00"), WEEKENDS, SHANGHAI, never) < at("2026-12-01 00:00")
