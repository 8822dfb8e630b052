"""One canonical text for every value: equal values hash alike, and what is read back is what was written."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.codec import dumps, loads, number_text
from engine.domain.durations import YearsMonths

SHANGHAI = ZoneInfo("Asia/Shanghai")
MOMENTS = st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.sampled_from([UTC, SHANGHAI]))
PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.text(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.times(),
    MOMENTS,
    st.timedeltas(),
    st.integers(-10_000, 10_000).map(YearsMonths),
)
VALUES = st.recursive(PLAIN, lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)), max_leaves=12)


@given(VALUES)
def test_reading_gives_back_what_was_written(value: Any) -> None:
    again = loads(dumps(value))

    assert again == value
    assert dumps(again) == dumps(value)


@given(st.dictionaries(st.text(), PLAIN))
def test_the_order_of_keys_makes_no_difference(context: dict[str, Any]) -> None:
    assert dumps(dict(reversed(context.items()))) == dumps(context)


@pytest.mark.parametrize(
    ("one", "same"),
    [
        (Decimal("1.50"), Decimal("1.5")),
        (Decimal("100"), Decimal("1E+2")),
        (Decimal("0"), Decimal("-0.00")),
        (3, Decimal("3.0")),
        ([1, 2], (1, 2)),
        (timedelta(hours=36), timedelta(days=1, hours=12)),
    ],
)
def test_equal_values_have_one_text(one: Any, same: Any) -> None:
    assert dumps(one) == dumps(same)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1", 1),
        (True, 1),
        (None, "null"),
        ("2026-01-01", date(2026, 1, 1)),
        (timedelta(days=31), YearsMonths(1)),
        (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, 8, tzinfo=SHANGHAI)),
        ({"$": "n", "v": "1"}, Decimal(1)),
    ],
)
def test_different_kinds_of_value_never_look_alike(one: Any, other: Any) -> None:
    assert dumps(one) != dumps(other)
    assert loads(dumps(one)) == one and type(loads(dumps(one))) is not bytes


@pytest.mark.parametrize("value", [1.5, [1, [2.5]], {"a": 0.1}, {1, 2}, b"x", object()])
def test_what_is_no_value_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="a value of a case cannot be"):
        dumps(value)


def test_the_text_is_readable_json_without_escapes_or_spaces() -> None:
    assert dumps({"b": "𠮷👍", "a": [True, None]}) == '{"a":[true,null],"b":"𠮷👍"}'
    assert json.loads(dumps({"n": Decimal("1.50")})) == {"n": {"$": "n", "v": "1.5"}}


def test_numbers_keep_every_digit_and_no_exponent() -> None:
    assert number_text(Decimal("1E+20")) == "1" + "0" * 20
    assert number_text(Decimal("0.000000000000000001")) == "0.000000000000000001"


def test_a_moment_keeps_its_zone() -> None:
    moment = datetime(2026, 9, 28, 9, tzinfo=SHANGHAI)

    assert loads(dumps(moment)).tzinfo == SHANGHAI
    assert loads(dumps(datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=5))))).utcoffset() == timedelta(hours=5)
    assert loads(dumps(time(9, 30, 0, 5))) == time(9, 30, 0, 5)
