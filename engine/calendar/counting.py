"""One count in progress: what it started from, what it passed over, where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from engine.calendar.days import DayKind
from engine.calendar.derivation import Derivation
from engine.calendar.rules import CalendarError, Unit
from engine.domain.text import Text

# A hundred years of clock and calendar time, ten of working time: beyond it an amount is a slip of the keyboard.
_LONGEST = {
    Unit.MINUTES: 52_560_000,
    Unit.HOURS: 876_000,
    Unit.WORKING_HOURS: 25_000,
    Unit.DAYS: 36_500,
    Unit.WORKING_DAYS: 2_500,
    Unit.MONTHS: 1_200,
}
_WHOLE = (Unit.DAYS, Unit.WORKING_DAYS, Unit.MONTHS)


@dataclass(slots=True)
class Count:
    """Collects, while counting, what the derivation will tell."""

    anchor: datetime
    amount: Decimal
    unit: Unit
    roll_over: bool
    due_at: datetime = field(init=False)
    counted_from: date | None = None
    skipped: list[tuple[date, Text]] = field(default_factory=list)
    made_up: list[date] = field(default_factory=list)
    provisional: list[date] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)

    def length(self) -> timedelta:
        """The amount of hours or minutes as a duration, exact to the microsecond."""
        return timedelta(microseconds=int(self.amount * (60_000_000 if self.unit is Unit.MINUTES else 3_600_000_000)))

    def pass_over(self, day: date, kind: DayKind) -> None:
        """Remembers a day that was looked at: left out, made up, or not certain yet."""
        if not kind.working:
            self.skipped.append((day, kind.reason))
        elif kind.make_up:
            self.made_up.append(day)
        if kind.provisional:
            self.provisional.append(day)

    def derivation(self, zone: str, revision: str) -> Derivation:
        """The finished count as a value."""
        years = sorted({_notice_for(day) for day in self.provisional})
        notes = [
            Text(f"{year}年放假安排尚未公布，届时可能调整", f"the {year} holiday notice is not out, so this may move")
            for year in years
        ]
        return Derivation(
            self.anchor, self.amount, self.unit, self.due_at, zone, revision, self.counted_from, tuple(self.skipped),
            tuple(self.made_up), bool(years), (*self.notes, *notes),
        )  # fmt: skip


def checked_moment(moment: datetime) -> datetime:
    """The moment in UTC; one without a zone is refused."""
    if moment.tzinfo is None:
        raise CalendarError(Text(f"时刻 {moment} 没有时区", f"Expected a moment with a zone, but {moment} has none"))
    return moment.astimezone(UTC)


def checked_amount(amount: Decimal | int, unit: Unit) -> Decimal:
    """The amount as an exact number; negative, broken where it must be whole, or absurdly long ones are refused."""
    number, longest = Decimal(amount), _LONGEST.get(unit)
    if longest is None:
        return Decimal(0)
    if not number.is_finite() or not 0 <= number <= longest:
        raise CalendarError(
            Text(f"{amount} 不在 0 到 {longest} 之间", f"Expected between 0 and {longest} {unit.value}, but found {amount}")
        )
    if unit in _WHOLE and number != int(number):
        raise CalendarError(Text(f"{amount} 应为整数", f"Expected a whole number of {unit.value}, but found {amount}"))
    return number


def _notice_for(day: date) -> int:
    # Late December is uncertain only when its own year's notice is known, through the next year's.
    from engine.calendar.national import notice_years

    return day.year + 1 if day.year in notice_years() else day.year
