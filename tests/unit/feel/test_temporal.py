"""Dates, times and durations: written, computed and asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.feel import EvaluationContext, compile_expression

MADE = [
    ('date("2025-02-29")', "null"),
    ('date("2024-02-29").day', "29"),
    ("date(2025, 1, 31)", '@"2025-01-31"'),
    ("date(2025, 1.5, 31)", "null"),
    ('date(@"2025-01-31T10:00:00")', '@"2025-01-31"'),
    ('time("08:30:00+08:00").time offset', '@"PT8H"'),
    ('time("08:30:00@Asia/Shanghai").timezone', '"Asia/Shanghai"'),
    ('time("25:00:00")', "null"),
    ('time(8, 30, 1.5, @"PT1H")', '@"08:30:01.5+01:00"'),
    ('date and time("2025-01-31T24:00:00")', '@"2025-02-01T00:00:00"'),
    ('date and time("2025-01-31")', '@"2025-01-31T00:00:00"'),
    ('date and time(@"2025-01-31", @"08:30:00")', '@"2025-01-31T08:30:00"'),
    ('date and time(@"2025-01-31T00:00:00Z", "Asia/Shanghai")', '@"2025-01-31T08:00:00@Asia/Shanghai"'),
    ('date and time("2025-01-31T08:00:00@No/Where")', "null"),
    ('duration("P1Y14M")', '@"P2Y2M"'),
    ('duration("-P1DT25H61M")', '@"-P2DT2H1M"'),
    ('duration("P1Y1D")', "null"),
    ('duration("P")', "null"),
    ('duration("PT")', "null"),
    ('@"nonsense"', "null"),
    ('years and months duration(@"2024-01-31", @"2025-03-30")', '@"P1Y1M"'),
    ('years and months duration(@"2025-03-30", @"2024-01-31")', '@"-P1Y1M"'),
    ("string(now())", '"2025-03-31T12:00:00@Asia/Shanghai"'),
    ("today()", '@"2025-03-31"'),
]
COMPUTED = [
    ('@"2025-01-31" + @"P1M"', '@"2025-02-28"'),
    ('@"2025-03-31" - @"P1M"', '@"2025-02-28"'),
    ('@"2025-12-15" + @"P1Y1M"', '@"2027-01-15"'),
    ('@"2025-01-31" + @"PT36H"', '@"2025-02-01"'),
    ('@"2025-01-31T10:00:00" - @"PT11H"', '@"2025-01-30T23:00:00"'),
    ('@"2025-03-30T01:30:00@Europe/Paris" + @"PT1H"', '@"2025-03-30T03:30:00@Europe/Paris"'),
    ('@"23:30:00" + @"PT1H"', '@"00:30:00"'),
    ('@"2025-03-01" - @"2025-02-01"', '@"P28D"'),
    ('@"2025-03-01T00:00:00Z" - @"2025-03-01T08:00:00+08:00"', '@"PT0S"'),
    ('@"2025-03-01T00:00:00Z" - @"2025-03-01T08:00:00"', "null"),
    ('@"P1D" * 1.5', '@"P1DT12H"'),
    ('2 * @"P1Y"', '@"P2Y"'),
    ('@"P1D" / 2', '@"PT12H"'),
    ('@"P1D" / @"PT6H"', "4"),
    ('@"P1Y" / @"P1M"', "12"),
    ('@"P1D" / 0', "null"),
    ('@"P1D" + @"P1Y"', "null"),
    ('@"9999-12-31" + @"P1D"', "null"),
    ('@"P999999999D" * 1000', "null"),
    ('-@"P1D"', '@"-P1D"'),
]
ASKED = [
    ('@"2025-01-31" < @"2025-02-01"', "true"),
    ('@"2025-01-31" = @"2025-01-31T00:00:00"', "null"),
    ('@"2025-01-31T08:00:00+08:00" = @"2025-01-31T00:00:00Z"', "true"),
    ('@"2025-01-31T08:00:00" < @"2025-01-31T00:00:00Z"', "null"),
    ('@"08:00:00+08:00" = @"00:00:00Z"', "true"),
    ('@"PT1H" < @"P1D"', "true"),
    ('@"P1Y" = @"P365D"', "null"),
    ('@"2025-03-31".weekday', "1"),
    ('@"2025-03-31T10:20:30.5".second', "30.5"),
    ('@"-P1DT2H".hours', "-2"),
    ('@"P1Y2M".months', "2"),
    ('@"2025-03-31".hour', "null"),
    ('[@"2025-01-01", @"2026-01-01"].year', "[2025, 2026]"),
    ('day of year(@"2024-12-31")', "366"),
    ('day of week(@"2025-03-31")', '"Monday"'),
    ('month of year(@"2025-03-31")', '"March"'),
    ('week of year(@"2021-01-03")', "53"),
    ('@"2025-01-15" in [@"2025-01-01"..@"2025-01-31"]', "true"),
]


@pytest.mark.parametrize(("expression", "expected"), MADE + COMPUTED + ASKED)
def test_calendar_values_give_what_the_standard_says(check, expression, expected):
    check(expression, expected)


def test_now_is_the_moment_of_the_context_in_its_zone():
    moment = datetime(2025, 12, 31, 20, tzinfo=UTC)

    context = EvaluationContext(now=moment, zone=ZoneInfo("Europe/Paris"))
    assert compile_expression("now()").evaluate({}, context) == moment
    assert compile_expression("today()").evaluate({}, context).day == 31
    assert compile_expression("today().day").evaluate({}, EvaluationContext(now=moment)) == 1


def test_without_a_moment_now_is_null_with_a_warning():
    context = EvaluationContext()

    assert compile_expression("now()").evaluate({}, context) is None
    assert context.warnings[0].zh == "now：这里没有当前时间。"


def test_the_scope_may_give_pythons_own_values():
    scope = {"due": datetime(2025, 1, 1, tzinfo=UTC), "grace": timedelta(hours=1)}

    assert compile_expression("due + grace").evaluate(scope) == datetime(2025, 1, 1, 1, tzinfo=UTC)
