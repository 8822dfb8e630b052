"""The sentence that explains a due moment, written for residents and staff rather than for programs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from engine.calendar.rules import Unit
from engine.domain.text import Text

if TYPE_CHECKING:
    from engine.calendar.derivation import Derivation

_WEEKDAYS = "一二三四五六日"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_UNITS = {
    Unit.MINUTES: ("分钟", "minute"),
    Unit.HOURS: ("小时", "hour"),
    Unit.WORKING_HOURS: ("个工作小时", "working hour"),
    Unit.DAYS: ("天", "day"),
    Unit.WORKING_DAYS: ("个工作日", "working day"),
    Unit.MONTHS: ("个月", "month"),
}


def sentence(derivation: Derivation) -> Text:
    """One sentence: from when, how much, what was not counted, what was, until when, and what to bear in mind."""
    zone = ZoneInfo(derivation.zone)
    anchor, due = derivation.anchor.astimezone(zone), derivation.due_at.astimezone(zone)
    parts = [_start(derivation, anchor)]
    parts += [_left_out(run, anchor.year) for run in _runs(derivation.skipped)]
    parts += [_made_up(day, anchor.year) for day in derivation.made_up]
    parts.append(_end(derivation, due, anchor.year))
    parts += derivation.notes
    return Text("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))


def length(amount: Decimal, unit: Unit) -> Text:
    """An amount of time as a rule states it: ``3 个工作日``."""
    if unit is Unit.MOMENT:
        return Text("约定的时刻", "the moment agreed")
    if unit is Unit.END_OF_DAY:
        return Text("当日内", "by the end of the day")
    zh, en = _UNITS[unit]
    return Text(f"{plain(amount)} {zh}", f"{plain(amount)} {en}{'' if amount == 1 else 's'}")


def _start(derivation: Derivation, anchor: datetime) -> Text:
    zh, en = _moment(anchor, None)
    if derivation.unit is Unit.MOMENT:
        return Text(f"即 {zh}", f"the moment itself, {en}")
    if derivation.unit is Unit.END_OF_DAY:
        return Text(f"自 {zh} 起，当日内", f"from {en} to the end of the day")
    amount, (unit_zh, unit_en) = plain(derivation.amount), _UNITS[derivation.unit]
    return Text(f"自 {zh} 起 {amount} {unit_zh}", f"{amount} {unit_en}{'' if derivation.amount == 1 else 's'} from {en}")


def _end(derivation: Derivation, due: datetime, year: int) -> Text:
    if derivation.unit is Unit.MOMENT and derivation.due_at == derivation.anchor:
        return Text("到期", "due then")
    zh, en = _moment(due, year)
    return Text(f"到 {zh} 止", f"due {en}")


def _left_out(run: list[tuple[date, Text]], year: int) -> Text:
    first, last = run[0][0], run[-1][0]
    span = _span(first, last, year)
    if all(day.weekday() > 4 and reason.zh in ("周六", "周日") for day, reason in run):
        return Text(f"{span.zh}周末不计", f"{span.en} (weekend) not counted")
    if len(run) == 1:
        return Text(f"{span.zh}（{run[0][1].zh}）不计", f"{span.en} ({run[0][1].en}) not counted")
    return Text(f"{span.zh}放假不计", f"{span.en} (holiday) not counted")


def _made_up(day: date, year: int) -> Text:
    zh, en = _day(day, year)
    return Text(
        f"{zh}（周{_WEEKDAYS[day.weekday()]}）为调休上班日，计入",
        f"{_DAYS[day.weekday()]} {en} is a make-up working day and counts",
    )


def _span(first: date, last: date, year: int) -> Text:
    (first_zh, first_en), (last_zh, last_en) = _day(first, year), _day(last, year)
    if first == last:
        return Text(first_zh, first_en)
    short = f"{last.day}日" if (first.year, first.month) == (last.year, last.month) else last_zh
    return Text(f"{first_zh}至{short}", f"{first_en} to {last_en}")


def _runs(skipped: Iterable[tuple[date, Text]]) -> list[list[tuple[date, Text]]]:
    runs: list[list[tuple[date, Text]]] = []
    for day, reason in skipped:
        if runs and runs[-1][-1][0] + timedelta(1) == day:
            runs[-1].append((day, reason))
        else:
            runs.append([(day, reason)])
    return runs


def _moment(moment: datetime, year: int | None) -> tuple[str, str]:
    zh, en = _day(moment.date(), year)
    at = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    return f"{zh} {at}", f"{en} {at}"


def _day(day: date, year: int | None) -> tuple[str, str]:
    """The year is written only where it is not the one already named."""
    zh, en = f"{day.month}月{day.day}日", f"{day.day} {_MONTHS[day.month - 1]}"
    return (zh, en) if year in (None, day.year) else (f"{day.year}年{zh}", f"{en} {day.year}")


def plain(amount: Decimal) -> str:
    """A number without an exponent and without idle zeros."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
