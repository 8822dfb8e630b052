"""Every due moment can say why, in both languages, and can be stored and read again."""

from __future__ import annotations

import json
from datetime import date, datetime, time

import pytest

from engine.calendar import Calendar, DayRules, Derivation, Unit
from engine.domain.text import Text


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


SENTENCES = [
    (
        ("2026-09-30T17:58", 3, Unit.WORKING_DAYS),
        "自 9月30日 17:58 起 3 个工作日；10月1日至7日放假不计；10月10日（周六）为调休上班日，计入；到 10月11日 00:00 止",
        "3 working days from 30 Sep 17:58; 1 Oct to 7 Oct (holiday) not counted; Sat 10 Oct is a make-up working day and counts; "
        "due 11 Oct 00:00",
    ),
    (
        ("2026-10-16T09:00", 1, Unit.WORKING_DAYS),
        "自 10月16日 09:00 起 1 个工作日；10月17日至18日周末不计；到 10月20日 00:00 止",
        "1 working day from 16 Oct 09:00; 17 Oct to 18 Oct (weekend) not counted; due 20 Oct 00:00",
    ),
    (
        ("2026-06-18T09:00", 1, Unit.WORKING_HOURS),
        "自 6月18日 09:00 起 1 个工作小时；到 6月18日 10:00 止",
        "1 working hour from 18 Jun 09:00; due 18 Jun 10:00",
    ),
    (
        ("2026-12-31T23:59", 3, Unit.MINUTES),
        "自 12月31日 23:59 起 3 分钟；到 2027年1月1日 00:02 止",
        "3 minutes from 31 Dec 23:59; due 1 Jan 2027 00:02",
    ),
    (
        ("2027-01-31T09:00", 1, Unit.MONTHS),
        "自 1月31日 09:00 起 1 个月；到 3月1日 00:00 止；该月没有对应日，以月末为准",
        "1 month from 31 Jan 09:00; due 1 Mar 00:00; the month lacks that day, so its last day counts",
    ),
    (
        ("2026-10-08T09:00", 0, Unit.END_OF_DAY),
        "自 10月8日 09:00 起，当日内；到 10月9日 00:00 止",
        "from 8 Oct 09:00 to the end of the day; due 9 Oct 00:00",
    ),
    (("2026-10-08T09:00:05", 0, Unit.MOMENT), "即 10月8日 09:00:05；到期", "the moment itself, 8 Oct 09:00:05; due then"),
]


@pytest.mark.parametrize(("count", "zh", "en"), SENTENCES, ids=[str(row[0][2]) for row in SENTENCES])
def test_the_sentence(count: tuple[str, int, Unit], zh: str, en: str) -> None:
    assert Calendar().due(at(count[0]), count[1], count[2]).sentence() == Text(zh, en)


def test_a_holiday_and_the_weekend_behind_it_are_one_stretch() -> None:
    sentence = Calendar().due(at("2026-06-18T09:00"), 1, Unit.WORKING_DAYS).sentence()

    assert "6月19日至21日放假不计" in sentence.zh
    assert "19 Jun to 21 Jun (holiday) not counted" in sentence.en


def test_one_holiday_is_called_by_its_name_and_a_made_up_day_is_listed() -> None:
    found = Calendar().due(at("2026-10-06T17:58"), 3, Unit.WORKING_DAYS)

    assert [day for day, _ in found.skipped] == [date(2026, 10, 7)]
    assert found.made_up == (date(2026, 10, 10),)
    assert found.counted_from == date(2026, 10, 7)
    assert "10月7日（休息日（由 2026-10-10 调休））不计" in found.sentence().zh


def test_a_make_up_day_on_which_no_hour_was_worked_is_not_listed() -> None:
    assert Calendar().due(at("2026-10-10T20:00"), 1, Unit.WORKING_HOURS).made_up == ()
    assert Calendar().due(at("2026-10-10T17:00"), 1, Unit.WORKING_HOURS).made_up == (date(2026, 10, 10),)


def test_a_deadline_in_a_year_without_a_notice_says_so() -> None:
    found = Calendar().due(at("2026-12-30T10:00"), 3, Unit.WORKING_DAYS)

    assert found.provisional
    assert found.notes == (Text("2027年放假安排尚未公布，届时可能调整", "the 2027 holiday notice is not out, so this may move"),)
    assert not Calendar().due(at("2026-12-30T10:00"), 72, Unit.HOURS).provisional


@pytest.mark.parametrize("unit", list(Unit))
def test_a_derivation_survives_being_stored(unit: Unit) -> None:
    found = Calendar(DayRules(cutoff=time(20))).due(at("2027-09-30T20:30"), 2, unit, at_least_minutes=99, roll_over=True)

    stored = json.loads(json.dumps(found.as_data()))

    assert Derivation.from_data(stored) == found
    assert Derivation.from_data(stored).sentence() == found.sentence()
