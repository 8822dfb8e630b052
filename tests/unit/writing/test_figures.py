"""A note that states a length is told when it is behind, in the words its author uses; any other note is left alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.domain.text import Text
from engine.procedure.writing.figures import Length, stale


def _length(said: str) -> Length:
    amount, unit = said.split()
    return Length(Decimal(amount), unit)


DISPATCH = Text("前台十二小时内派单；半小时即提醒", "Dispatched within twelve hours, reminded after half an hour")


@pytest.mark.parametrize(
    ("before", "was", "now", "zh", "en"),
    [
        (DISPATCH, "12 hours", "8 working_hours", "前台八个工作小时内派单；半小时即提醒",
         "Dispatched within eight working hours, reminded after half an hour"),
        (Text("三个工作日内", "Within three working days"), "3 working_days", "2 days", "两天内", "Within two days"),
        (Text("一个月内", "Within a month"), "1 months", "45 days", "四十五天内", "Within forty-five days"),
        (Text("12 小时内", "Within 12 hours"), "12 hours", "1.5 hours", "1.5 小时内", "Within 1.5 hours"),
        (Text("在二十四小时内", "Valid: twenty-four hours"), "24 hours", "20 hours", "在二十小时内", "Valid: twenty hours"),
    ],
)  # fmt: skip
def test_the_old_figure_is_told_and_mended(before: Text, was: str, now: str, zh: str, en: str) -> None:
    found = stale(before, _length(was), before, _length(now))

    assert found is not None and found.mended == Text(zh, en)
    assert stale(before, _length(was), found.mended, _length(now)) is None
    again = stale(before, _length(was), found.mended, _length("6 hours"))
    assert again is not None and "六小时" in again.mended.zh.replace("6 ", "六")


@pytest.mark.parametrize(
    ("before", "note"),
    [
        (Text("书面报告董事", "Written report to the board"), Text("书面报告董事", "Written report to the board")),
        (Text("每三天一次", "Every three days"), Text("每三天一次", "Every three days")),
        (DISPATCH, Text("按新办法派单", "By the new rules")),
    ],
)
def test_a_note_that_does_not_state_the_length_is_left_alone(before: Text, note: Text) -> None:
    assert stale(before, _length("12 hours"), note, _length("8 hours")) is None
