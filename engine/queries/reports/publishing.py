"""Figures as the public may see them: no small count, and none that could be worked out from the others."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

#: Fewer are not told: somebody might be known by them.
FEWEST_SHOWN = 5
_COLUMNS = ("received", "before", "closed", "open")
#: Any three of these tell the fourth.
_BALANCE = ("open_at_start", "received", "closed", "open_at_end")

Row = dict[str, Any]


def for_the_public(figures: Row) -> Row:
    """Totals and tables with small counts left out (None); no case, task or person is named."""
    by = {name: _table(rows, _COLUMNS) for name, rows in figures.get("by", {}).items()}
    measures = [_measure(measure) for measure in figures.get("measures", ())]
    return {"totals": _totals(figures.get("totals", {})), "by": by, "measures": measures}


def _totals(totals: Row) -> Row:
    shown = {name: _told(value) for name, value in totals.items()}
    balance = {name: shown[name] for name in _BALANCE if name in shown}
    return {**shown, **_none_alone(balance)}


def _table(rows: list[Row], columns: tuple[str, ...]) -> list[Row]:
    shown = [dict(row) for row in rows]
    for column in columns:
        told = _none_alone({place: _told(row[column]) for place, row in enumerate(rows)})
        for place, value in told.items():
            shown[place][column] = value
    return shown


def _measure(measure: Row) -> Row:
    if "answers" in measure:
        answers = _table(measure["answers"], ("count",))
        # A share of few would tell how few.
        return {**measure, "answers": [{**one, "share": None} if one["count"] is None else one for one in answers]}
    whole, done = _told(measure["of"]), _told(measure["done"])
    if whole is None or done is None or _told(measure["of"] - measure["done"]) is None:
        return {**measure, "of": whole, "done": None, "share": None}
    return measure


def _told(count: Any) -> Any:
    # Figures come back from where they are kept as decimal numbers.
    return None if isinstance(count, int | Decimal) and 0 < count < FEWEST_SHOWN else count


def _none_alone(counts: dict[Any, Any]) -> dict[Any, Any]:
    """The counts with a second one left out where only one was: with the sum known, that one could be worked out."""
    if sum(count is None for count in counts.values()) != 1:
        return counts
    others = [(count, str(key), key) for key, count in counts.items() if count]
    return {**counts, min(others)[2]: None} if others else counts
