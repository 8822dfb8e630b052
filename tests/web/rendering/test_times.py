"""Moments and spans in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from webforms import times

NOW = datetime(2026, 9, 28, 1, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("away", "zh", "en"),
    [
        (timedelta(seconds=20), "还剩 不到 1 分钟", "under 1 min left"),
        (timedelta(minutes=20), "还剩 20 分钟", "20 min left"),
        (timedelta(hours=1, minutes=40), "还剩 1 小时 40 分", "1 h 40 min left"),
        (timedelta(hours=2), "还剩 2 小时", "2 h left"),
        (timedelta(days=2, hours=3, minutes=9), "还剩 2 天 3 小时", "2 d 3 h left"),
        (timedelta(days=20, hours=3), "还剩 20 天", "20 d left"),
        (-timedelta(minutes=20), "已超时 20 分钟", "20 min overdue"),
    ],
)
def test_time_left_is_said_in_words(away: timedelta, zh: str, en: str) -> None:
    assert times.left(NOW + away, NOW, "zh_Hans") == zh
    assert times.left(NOW + away, NOW, "en") == en


def test_without_a_deadline_it_says_so() -> None:
    assert times.left(None, NOW, "zh_Hans") == "没有期限"
    assert times.tint(None, None, NOW) == "none"


def test_the_colour_says_the_time() -> None:
    due = NOW + timedelta(hours=1)

    assert times.tint(due, None, NOW) == "fine"
    assert times.tint(due, NOW + timedelta(minutes=1), NOW) == "fine"
    assert times.tint(due, NOW, NOW) == "soon"
    assert times.tint(NOW - timedelta(seconds=1), NOW, NOW) == "late"


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (datetime(2026, 9, 28, 15, 0, tzinfo=UTC), "今天 23:00", "today 23:00"),
        (datetime(2026, 9, 28, 16, 0, tzinfo=UTC), "9月29日 周二 00:00", "Tue 29 Sep, 00:00"),
        (datetime(2027, 1, 1, 1, 0, tzinfo=UTC), "2027年1月1日 周五 09:00", "Fri 1 Jan 2027, 09:00"),
    ],
)
def test_a_moment_is_local_and_as_short_as_it_may_be(value: datetime, zh: str, en: str) -> None:
    assert times.moment(value, NOW, ZONE, "zh_Hans") == zh
    assert times.moment(value, NOW, ZONE, "en") == en


def test_a_countdown_is_a_clock_face() -> None:
    assert times.face(timedelta(seconds=179)) == "2:59"
    assert times.face(timedelta(hours=1, seconds=5)) == "1:00:05"
