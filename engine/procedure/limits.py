"""The time limits of a procedure: rows of limits.dmn that hold for a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.calendar import Unit
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import Incident
from engine.procedure.manifest import names_of

FILE = "limits.dmn"
DECISION = "limits"
INPUT = "limit"
OUTPUTS = ("amount", "unit", "anchor", "at_least", "warn_before", "told_first", "told_on_breach", "clause")
#: Units that take no amount.
BARE_UNITS = frozenset({Unit.END_OF_DAY, Unit.MOMENT})
#: What a limit is counted in, as people say it.
UNITS_IN_WORDS = {
    "minutes": Text("分钟", "minutes"),
    "hours": Text("小时", "hours"),
    "days": Text("天", "days"),
    "months": Text("个月", "months"),
    "working_hours": Text("工作小时", "working hours"),
    "working_days": Text("个工作日", "working days"),
    "end_of_day": Text("当日内", "by the end of the day"),
    "moment": Text("到该时刻", "at the moment itself"),
}
_NO_AMOUNT = ("", "-", "null")


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One row that holds: amount and unit from the anchor, when to warn (minutes before), who is told, its clause."""

    key: str
    amount: Decimal
    unit: Unit
    anchor: str
    at_least: int
    warn_before: int | None
    told_first: tuple[str, ...]
    told_on_breach: tuple[str, ...]
    clause: str
    row: int

    def as_data(self) -> dict[str, Value]:
        """The row as plain values, for the derivation that explains a due moment."""
        return {
            "key": self.key,
            "amount": self.amount,
            "unit": self.unit.value,
            "anchor": self.anchor,
            "at_least": Decimal(self.at_least),
            "warn_before": None if self.warn_before is None else Decimal(self.warn_before),
            "told_first": list(self.told_first),
            "told_on_breach": list(self.told_on_breach),
            "clause": self.clause,
            "row": Decimal(self.row),
        }


def limit_row(key: str, output: Mapping[str, Any], row: int) -> LimitRow:
    """One row's outputs as typed values; an ``Incident`` names what the table gives instead."""
    try:
        unit = Unit(str(output.get("unit")))
    except ValueError as problem:
        raise _incident(key, row, f"单位“{output.get('unit')}”", f'the unit "{output.get("unit")}"') from problem
    amount = output.get("amount")
    if not isinstance(amount, Decimal) and unit not in BARE_UNITS:
        raise _incident(key, row, f"数量“{amount}”", f'the amount "{amount}"')
    return LimitRow(
        key=key,
        amount=amount if isinstance(amount, Decimal) else Decimal(0),
        unit=unit,
        anchor=str(output.get("anchor") or ""),
        at_least=_minutes(output.get("at_least")) or 0,
        warn_before=_minutes(output.get("warn_before")),
        told_first=names_of(output.get("told_first")),
        told_on_breach=names_of(output.get("told_on_breach")),
        clause=str(output.get("clause") or ""),
        row=row,
    )


def length_in_words(amount: str, unit: str) -> Text:
    """How long a row gives, as its cells have it, the unit without quotes; a unit that nobody knows is its own word."""
    called = UNITS_IN_WORDS.get(unit, Text(unit, unit))
    if unit in BARE_UNITS or amount in _NO_AMOUNT:
        return called
    return Text(f"{amount} {called.zh}", f"{amount} {called.en}")


def _minutes(value: Any) -> int | None:
    return int(value) if isinstance(value, Decimal) else None


def _incident(key: str, row: int, zh: str, en: str) -> Incident:
    return Incident(
        Text(f"时限“{key}”第 {row} 行的{zh}不能用。", f'Row {row} of the limit "{key}" gives {en}, which cannot be used.')
    )
