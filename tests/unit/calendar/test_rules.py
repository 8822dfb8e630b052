"""The calendar block of a procedure: read, written again, refused with a sentence."""

from __future__ import annotations

from datetime import time

import pytest
import yaml

from engine.calendar import CalendarError, DayRules, Shift

BLOCK = """
zone: Asia/Shanghai
shifts: [["09:00", "12:00"], ["13:30", "18:00"]]
day_ends: 18:00
cutoff: 22:00
roll_over: true
"""


def test_a_block_is_read_as_an_owner_writes_it() -> None:
    rules = DayRules.from_data(yaml.safe_load(BLOCK))

    # YAML reads an unquoted 18:00 as 1080, the minutes of the day.
    assert rules == DayRules("Asia/Shanghai", (Shift(time(9), time(12)), Shift(time(13, 30), time(18))), time(18), time(22), True)


def test_what_is_not_said_keeps_its_default() -> None:
    assert DayRules.from_data({}) == DayRules()
    assert DayRules.from_data({"day_ends": "24:00"}).day_ends is None
    assert DayRules.from_data({"shifts": ["8:30-12:00"]}).shifts == (Shift(time(8, 30), time(12)),)


@pytest.mark.parametrize("rules", [DayRules(), DayRules.from_data(yaml.safe_load(BLOCK)), DayRules(shifts=())])
def test_rules_survive_being_written(rules: DayRules) -> None:
    assert DayRules.from_data(yaml.safe_load(yaml.safe_dump(rules.to_data()))) == rules


REFUSED = [
    ({"zone": "Asia/Nowhere"}, "time zone"),
    ({"zone": "../etc/passwd"}, "time zone"),
    ({"zone": None}, "time zone"),
    ({"zone": ["Asia/Shanghai"]}, "time zone"),
    ({"hours": []}, "Expected only"),
    ({"shifts": None}, "list of shifts"),
    ({"shifts": "9:00-18:00"}, "list of shifts"),
    ({"roll_over": "yes"}, "true or false"),
    ({"shifts": ["0900"]}, "Expected a shift"),
    ({"shifts": ["9:00-25:00"]}, "Expected a time of day"),
    ({"cutoff": "24:30"}, "Expected a time of day"),
    ({"cutoff": True}, "Expected a time of day"),
    ({"shifts": ["09:00-12:00", "11:00-18:00"]}, "without overlap"),
    ({"shifts": ["06:00-14:00", "22:00-07:00"]}, "runs into the next day"),
]


@pytest.mark.parametrize(("data", "why"), REFUSED)
def test_a_bad_block_is_refused(data: dict[str, object], why: str) -> None:
    with pytest.raises(CalendarError, match=why) as caught:
        DayRules.from_data(data)

    assert caught.value.text.zh
