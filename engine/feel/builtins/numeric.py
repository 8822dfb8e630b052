"""The functions on numbers."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from typing import Any

from engine.domain.durations import YearsMonths
from engine.feel.builtins.registry import builtin
from engine.feel.errors import Fault
from engine.feel.operations.numbers import DECIMAL
from engine.feel.runtime import Run

MOST_SCALE = 6_176


def rounded(value: Decimal, scale: Decimal, how: str) -> Decimal:
    """The number with so many digits after the point; a negative scale rounds to tens and hundreds."""
    if not -6_111 <= scale <= MOST_SCALE:
        raise Fault("小数位数超出范围。", "the number of digits is out of range.")
    places = int(scale)
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= places:
        return value
    result = value.quantize(Decimal(1).scaleb(-places), how, context=_WIDE)
    return DECIMAL.plus(result.quantize(Decimal(1), context=_WIDE) if places < 0 else result)


_WIDE = DECIMAL.copy()
_WIDE.prec = 6_200


@builtin("decimal(n: number, scale: number)")
def decimal(run: Run, value: Decimal, scale: Decimal) -> Decimal:
    """Rounded half to even."""
    return rounded(value, scale, ROUND_HALF_EVEN)


@builtin("floor(n: number, scale?: number)")
def floor(run: Run, value: Decimal, scale: Decimal | None = None) -> Decimal:
    """Rounded down."""
    return rounded(value, scale or Decimal(0), ROUND_FLOOR)


@builtin("ceiling(n: number, scale?: number)")
def ceiling(run: Run, value: Decimal, scale: Decimal | None = None) -> Decimal:
    """Rounded up."""
    return rounded(value, scale or Decimal(0), ROUND_CEILING)


@builtin("round up(n: number, scale: number)")
def round_up(run: Run, value: Decimal, scale: Decimal) -> Decimal:
    """Rounded away from zero."""
    return rounded(value, scale, ROUND_UP)


@builtin("round down(n: number, scale: number)")
def round_down(run: Run, value: Decimal, scale: Decimal) -> Decimal:
    """Rounded towards zero."""
    return rounded(value, scale, ROUND_DOWN)


@builtin("round half up(n: number, scale: number)")
def round_half_up(run: Run, value: Decimal, scale: Decimal) -> Decimal:
    """Rounded to the nearest, the half away from zero."""
    return rounded(value, scale, ROUND_HALF_UP)


@builtin("round half down(n: number, scale: number)")
def round_half_down(run: Run, value: Decimal, scale: Decimal) -> Decimal:
    """Rounded to the nearest, the half towards zero."""
    return rounded(value, scale, ROUND_HALF_DOWN)


@builtin("abs(n: number | days and time duration | years and months duration)")
def absolute(run: Run, value: Any) -> Any:
    """Without its sign."""
    if isinstance(value, YearsMonths):
        return YearsMonths(abs(value.months))
    return DECIMAL.abs(value) if isinstance(value, Decimal) else abs(value)


@builtin("modulo(dividend: number, divisor: number)")
def modulo(run: Run, dividend: Decimal, divisor: Decimal) -> Decimal:
    """What is left over when rounding the quotient down; it has the divisor's sign."""
    if not divisor:
        raise Fault("除数为零。", "division by zero.")
    rest = DECIMAL.remainder(dividend, divisor)
    return DECIMAL.add(rest, divisor) if rest and (rest < 0) != (divisor < 0) else rest


@builtin("sqrt(number: number)", cost=6)
def square_root(run: Run, value: Decimal) -> Decimal:
    """The square root; null below zero."""
    return DECIMAL.sqrt(value)


@builtin("log(number: number)", cost=40)
def logarithm(run: Run, value: Decimal) -> Decimal:
    """The natural logarithm; null for zero and below."""
    if value <= 0:
        raise Fault("只有正数有对数。", "only positive numbers have a logarithm.")
    return DECIMAL.ln(value)


@builtin("exp(number: number)", cost=25)
def exponential(run: Run, value: Decimal) -> Decimal:
    """The power of e."""
    return DECIMAL.exp(value)


@builtin("odd(number: number)")
def odd(run: Run, value: Decimal) -> bool | None:
    """Whether a whole number is odd; null for others."""
    return DECIMAL.remainder(value, Decimal(2)) != 0 if value == value.to_integral_value() else None


@builtin("even(number: number)")
def even(run: Run, value: Decimal) -> bool | None:
    """Whether a whole number is even; null for others."""
    return DECIMAL.remainder(value, Decimal(2)) == 0 if value == value.to_integral_value() else None
