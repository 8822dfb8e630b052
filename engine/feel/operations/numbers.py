"""Decimal arithmetic as the standard has it: 34 digits, half to even, and no overflow into infinity."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal, DecimalException, DivisionByZero, InvalidOperation, Overflow

from engine.domain.text import Text
from engine.feel.errors import FeelError
from engine.feel.runtime import Run

DECIMAL = Context(
    prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, capitals=1, clamp=0, flags=[],
    traps=[DivisionByZero, InvalidOperation, Overflow],
)  # fmt: skip
ARITHMETIC_ERRORS = (DecimalException,)


def power(run: Run, base: Decimal, exponent: Decimal) -> Decimal:
    """The base to the exponent; an exponent beyond the limit is refused."""
    most = run.context.limits.exponent
    if abs(exponent) > most:
        raise FeelError(Text(f"指数过大，已停止：最大为 {most}。", f"The exponent is too large, stopped: {most} at most."))
    run.charge(3 if exponent == exponent.to_integral_value() else 100)
    if not base and exponent < 0:
        raise DivisionByZero
    return DECIMAL.power(base, exponent)


def plain(number: Decimal) -> str:
    """The number without exponent and without trailing zeros after the point."""
    if not number:
        return "0"
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
