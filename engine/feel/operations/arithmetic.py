"""The five operators over all kinds of values; what makes no sense is null with a warning."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from engine.domain.durations import YearsMonths
from engine.feel.operations.numbers import ARITHMETIC_ERRORS, DECIMAL, power
from engine.feel.operations.temporal import in_microseconds
from engine.feel.runtime import Run
from engine.feel.values import DATE, DATE_TIME, DAYS, MONTHS, NUMBER, TIME, in_chinese, kind

Operator = Callable[[Run, Any, Any], Any]
Table = dict[tuple[str, str], Callable[[Any, Any], Any]]
_MICROSECOND = timedelta(microseconds=1)
_DAY = timedelta(days=1)


def add_months(day: Any, months: int) -> Any:
    """The same day some months on; the last day of the month where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + month // 11, (month + 1) % 12 + 1, 1)
    return day.replace(year=year, month=month + 1, day=min(day.day, (following - _DAY).day))


def shift(moment: datetime, by: timedelta) -> datetime:
    """The moment some time on, in elapsed time even where a zone changes its clocks."""
    if moment.tzinfo is None:
        return moment + by
    return (moment.astimezone(UTC) + by).astimezone(moment.tzinfo)


def _shift_time(clock: time, by: timedelta) -> time:
    return (datetime.combine(date(2000, 1, 2), clock.replace(tzinfo=None)) + by % _DAY).time().replace(tzinfo=clock.tzinfo)


def _shift_date(day: date, by: timedelta) -> date:
    return (datetime(day.year, day.month, day.day) + by).date()


def _between(left: datetime, right: datetime) -> timedelta:
    if left.tzinfo is not None and right.tzinfo is not None:
        return left.astimezone(UTC) - right.astimezone(UTC)
    return left - right


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _between_times(left: time, right: time) -> timedelta:
    return datetime.combine(date(2000, 1, 2), left) - datetime.combine(date(2000, 1, 2), right)


def _months(months: int) -> YearsMonths:
    if abs(months) > 10**12:
        raise OverflowError
    return YearsMonths(months)


def _whole(value: Decimal) -> int:
    if abs(value) > 10**21:
        raise OverflowError
    return int(value)


def _scale_days(value: timedelta, number: Decimal) -> timedelta:
    return _MICROSECOND * _whole(DECIMAL.multiply(in_microseconds(value), number))


def _scale_months(value: YearsMonths, number: Decimal) -> YearsMonths:
    return _months(_whole(DECIMAL.multiply(Decimal(value.months), number)))


def _share_days(value: timedelta, number: Decimal) -> timedelta:
    return _MICROSECOND * _whole(DECIMAL.divide(in_microseconds(value), number))


def _share_months(value: YearsMonths, number: Decimal) -> YearsMonths:
    return _months(_whole(DECIMAL.divide(Decimal(value.months), number)))


_ADD: Table = {
    (NUMBER, NUMBER): DECIMAL.add,
    (DAYS, DAYS): lambda left, right: left + right,
    (MONTHS, MONTHS): lambda left, right: _months(left.months + right.months),
    (DATE, DAYS): _shift_date,
    (DATE_TIME, DAYS): shift,
    (TIME, DAYS): _shift_time,
    (DATE, MONTHS): lambda day, by: add_months(day, by.months),
    (DATE_TIME, MONTHS): lambda moment, by: add_months(moment, by.months),
    (DAYS, DATE): lambda by, day: _shift_date(day, by),
    (DAYS, DATE_TIME): lambda by, moment: shift(moment, by),
    (DAYS, TIME): lambda by, clock: _shift_time(clock, by),
    (MONTHS, DATE): lambda by, day: add_months(day, by.months),
    (MONTHS, DATE_TIME): lambda by, moment: add_months(moment, by.months),
}
_SUBTRACT: Table = {
    (NUMBER, NUMBER): DECIMAL.subtract,
    (DAYS, DAYS): lambda left, right: left - right,
    (MONTHS, MONTHS): lambda left, right: _months(left.months - right.months),
    (DATE, DAYS): lambda day, by: _shift_date(day, -by),
    (DATE_TIME, DAYS): lambda moment, by: shift(moment, -by),
    (TIME, DAYS): lambda clock, by: _shift_time(clock, -by),
    (DATE, MONTHS): lambda day, by: add_months(day, -by.months),
    (DATE_TIME, MONTHS): lambda moment, by: add_months(moment, -by.months),
    (DATE, DATE): lambda left, right: left - right,
    (DATE_TIME, DATE_TIME): _between,
    (DATE_TIME, DATE): lambda left, right: _between(left, _midnight(right)),
    (DATE, DATE_TIME): lambda left, right: _between(_midnight(left), right),
    (TIME, TIME): _between_times,
}
_MULTIPLY: Table = {
    (NUMBER, NUMBER): DECIMAL.multiply,
    (DAYS, NUMBER): _scale_days,
    (NUMBER, DAYS): lambda number, value: _scale_days(value, number),
    (MONTHS, NUMBER): _scale_months,
    (NUMBER, MONTHS): lambda number, value: _scale_months(value, number),
}
_DIVIDE: Table = {
    (NUMBER, NUMBER): DECIMAL.divide,
    (DAYS, NUMBER): _share_days,
    (MONTHS, NUMBER): _share_months,
    (DAYS, DAYS): lambda left, right: DECIMAL.divide(in_microseconds(left), in_microseconds(right)),
    (MONTHS, MONTHS): lambda left, right: DECIMAL.divide(Decimal(left.months), Decimal(right.months)),
}
# What goes wrong inside: too large for the calendar or 34 digits, division by zero, a zone on one side only.
_ERRORS = (*ARITHMETIC_ERRORS, OverflowError, ValueError, TypeError)


def _operator(sign: str, table: Table) -> Operator:
    numbers = table[(NUMBER, NUMBER)]

    def operate(run: Run, left: Any, right: Any) -> Any:
        try:
            if type(left) is Decimal and type(right) is Decimal:
                return numbers(left, right)
            rule = table.get((kind(left), kind(right)))
            if rule is not None:
                return rule(left, right)
        except _ERRORS:
            return run.null(
                f"“{sign}”的结果无法计算（过大，或除数为零）。", f"“{sign}” has no result (too large, or division by zero)."
            )
        return run.null(
            f"{in_chinese(left)} {sign} {in_chinese(right)} 没有意义。", f"{kind(left)} {sign} {kind(right)} makes no sense."
        )

    return operate


_plus = _operator("+", _ADD)


def _add(run: Run, left: Any, right: Any) -> Any:
    if type(left) is str and type(right) is str:
        run.text(len(left) + len(right))
        return left + right
    return _plus(run, left, right)


def _power(run: Run, left: Any, right: Any) -> Any:
    if kind(left) == kind(right) == NUMBER:
        try:
            return power(run, left, right)
        except ARITHMETIC_ERRORS:
            return run.null("乘方没有结果。", "the power has no result.")
    return run.null("只有数字可以乘方。", "only numbers can be raised to a power.")


OPERATORS: dict[str, Operator] = {
    "+": _add, "-": _operator("-", _SUBTRACT), "*": _operator("*", _MULTIPLY), "/": _operator("/", _DIVIDE), "**": _power,
}  # fmt: skip


def negate(run: Run, value: Any) -> Any:
    """The value with the other sign: numbers and durations have one."""
    what = kind(value)
    if what == NUMBER:
        return DECIMAL.minus(value)
    if what == MONTHS:
        return YearsMonths(-value.months)
    if what == DAYS:
        return -value
    return run.null(f"{in_chinese(value)}没有正负号。", f"a {what} has no sign.")
