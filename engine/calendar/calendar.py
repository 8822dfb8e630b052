"""The calendar: from an anchor and an amount to a due moment that can be explained."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from engine.calendar import schedules
from engine.calendar.counting import Count, checked_amount, checked_moment
from engine.calendar.days import DayKind, Days
from engine.calendar.derivation import Derivation
from engine.calendar.rules import CalendarError, DayRules, Unit
from engine.domain.text import Text

_DAY = timedelta(1)


class Calendar:
    """Counts by one set of rules over one revision of days; holds no state besides what it has looked up."""

    def __init__(self, rules: DayRules | None = None, days: Days | None = None) -> None:
        self.rules = rules or DayRules()
        self.days = days or Days()

    def due(
        self, anchor: datetime, amount: Decimal | int, unit: Unit, *, at_least_minutes: int = 0, roll_over: bool | None = None
    ) -> Derivation:
        """When a limit ends, never before its anchor; days follow Civil Code 201-203, minutes and hours run round the clock."""
        start = checked_moment(anchor)
        count = Count(start, checked_amount(amount, unit), unit, self.rules.roll_over if roll_over is None else roll_over)
        self._count(count)
        self._wait_at_least(count, at_least_minutes)
        return count.derivation(self.rules.zone, self.days.revision)

    def is_working_day(self, day: date) -> bool:
        """Whether the day is worked, make-up days and overrides included."""
        return self.days.kind(day).working

    def working_time_between(self, a: datetime, b: datetime) -> timedelta:
        """The time within shifts from a to b; zero when b is not after a."""
        a, b = checked_moment(a), checked_moment(b)
        total, last = timedelta(), self._local(b).date()
        for day, _ in self._days_from(self._local(a).date() - _DAY):
            if day > last:
                break
            total += sum((max(timedelta(), min(end, b) - max(start, a)) for start, end in self._shifts(day)), timedelta())
        return total

    def end_of_day(self, anchor: datetime) -> datetime:
        """When the anchor's local day ends, in UTC: 24:00, or the close of business where the rules name one."""
        return self._end(self._local(checked_moment(anchor)).date())

    def next_weekly(self, after: datetime, weekday: str, at: str) -> datetime:
        """The first such moment after ``after``, e.g. ``("mon", "08:00")`` local time, in UTC."""
        return schedules.weekly(checked_moment(after), self.rules.tz, weekday, at)

    def next_monthly(self, after: datetime, day: int, at: str) -> datetime:
        """The first such moment after ``after``; a day the month lacks is its last day."""
        return schedules.monthly(checked_moment(after), self.rules.tz, day, at)

    def next_quarterly(self, after: datetime, day: int, at: str) -> datetime:
        """The first such moment after ``after``, on a day of January, April, July or October."""
        return schedules.quarterly(checked_moment(after), self.rules.tz, day, at)

    def next_yearly(self, after: datetime, month: int, day: int, at: str) -> datetime:
        """The first such moment after ``after``."""
        return schedules.yearly(checked_moment(after), self.rules.tz, month, day, at)

    def _count(self, count: Count) -> None:
        match count.unit:
            case Unit.MOMENT:
                count.due_at = count.anchor
            case Unit.MINUTES | Unit.HOURS:
                count.due_at = count.anchor + count.length()
            case Unit.WORKING_HOURS:
                self._count_working_hours(count)
            case Unit.WORKING_DAYS:
                self._count_working_days(count)
            case Unit.DAYS | Unit.MONTHS:
                self._count_days(count)
            case Unit.END_OF_DAY:
                self._count_to_end_of_day(count)

    def _count_working_hours(self, count: Count) -> None:
        left = count.length()
        count.due_at = count.anchor
        first = self._local(count.anchor).date()
        # A night shift of the day before may still be running.
        for day, kind in self._days_from(first - _DAY):
            before = left
            for start, end in self._shifts(day):
                start = max(start, count.anchor)
                if left and end > start:
                    count.due_at = min(end, start + left)
                    left -= count.due_at - start
            if left != before or (day >= first and not kind.working):
                count.pass_over(day, kind)
            if not left:
                return

    def _count_working_days(self, count: Count) -> None:
        day, left = self._local(count.anchor).date(), int(count.amount)
        count.counted_from = day + _DAY
        while left:
            day += _DAY
            kind = self.days.kind(day)
            count.pass_over(day, kind)
            left -= kind.working
            if day - count.counted_from > timedelta(36_600):
                raise CalendarError(Text("一百年内没有足够的工作日", "Expected working days in the calendar, but found none"))
        count.due_at = self._end(day)

    def _count_days(self, count: Count) -> None:
        first = self._local(count.anchor).date()
        count.counted_from = first + _DAY
        day = first + timedelta(int(count.amount)) if count.unit is Unit.DAYS else self._months_after(first, count)
        kind = self.days.kind(day) if count.roll_over else None
        while kind is not None and not kind.working:
            count.pass_over(day, kind)
            day += _DAY
            kind = self.days.kind(day)
        if kind is not None:
            count.pass_over(day, kind)
        count.due_at = self._end(day)

    def _months_after(self, first: date, count: Count) -> date:
        years, month = divmod(first.year * 12 + first.month - 1 + int(count.amount), 12)
        last = monthrange(years, month + 1)[1]
        if first.day > last:
            count.notes.append(Text("该月没有对应日，以月末为准", "the month lacks that day, so its last day counts"))
        return date(years, month + 1, min(first.day, last))

    def _count_to_end_of_day(self, count: Count) -> None:
        local = self._local(count.anchor)
        day = local.date()
        if self.rules.cutoff is not None and local.time() > self.rules.cutoff:
            count.notes.append(
                Text(f"{self.rules.cutoff:%H:%M} 之后视为次日", f"after {self.rules.cutoff:%H:%M} it counts as the next day")
            )
            day += _DAY
        elif self._end(day) < count.anchor:
            count.notes.append(
                Text(f"{self.rules.day_ends:%H:%M} 已过，以次日为准", f"past {self.rules.day_ends:%H:%M}, so the next day counts")
            )
            day += _DAY
        count.counted_from = day
        count.due_at = self._end(day)

    def _wait_at_least(self, count: Count, minutes: int) -> None:
        earliest = count.anchor + timedelta(minutes=minutes)
        if count.due_at < earliest:
            count.due_at = earliest
            if minutes:
                count.notes.append(Text(f"至少留 {minutes} 分钟", f"at least {minutes} minutes are left"))

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.rules.tz)

    def _at(self, day: date, minutes: int) -> datetime:
        naive = datetime.combine(day, time()) + timedelta(minutes=minutes)
        return naive.replace(tzinfo=self.rules.tz).astimezone(UTC)

    def _end(self, day: date) -> datetime:
        ends = self.rules.day_ends
        return self._at(day, 24 * 60 if ends is None else ends.hour * 60 + ends.minute)

    def _shifts(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        kind = self.days.kind(day)
        for shift in (self.rules.shifts if kind.shifts is None else kind.shifts) if kind.working else ():
            start, end = shift.minutes
            yield self._at(day, start), self._at(day, end)

    def _days_from(self, day: date) -> Iterator[tuple[date, DayKind]]:
        for ahead in range(36_600):
            yield day + timedelta(ahead), self.days.kind(day + timedelta(ahead))
        raise CalendarError(Text("一百年内没有足够的工作时间", "Expected working time in the calendar, but found none"))
