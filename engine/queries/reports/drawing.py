"""The kinds of figures and what each is made of; a diagram asks for one by its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from engine.calendar.schedules import Every, Period, period_before
from engine.domain.actor import COMPANY, Actor
from engine.domain.text import Text
from engine.errors import Incident
from engine.queries.reports import counting, evidence, measuring
from engine.queries.reports.asking import Asked
from engine.queries.reports.volume import volume

if TYPE_CHECKING:
    from engine.procedure import Procedure
    from engine.queries.reader import Reader

_DAYS = {Every.WEEK: 8, Every.MONTH: 32, Every.QUARTER: 93}


def drawn_up(reader: Reader, actor: Actor, procedure: Procedure, kind: str, period: Period, estate_id: str) -> dict[str, Any]:
    """The figures of a kind, of one estate or the company; an Incident for a kind that does not exist."""
    making = KINDS.get(kind)
    if making is None:
        raise Incident(Text(f"没有名为“{kind}”的数字。", f"There are no figures called “{kind}”."))
    asked = Asked(reader, actor, procedure, period, period_before(_length(period), period, reader.zone), estate_id)
    return making(asked)


def _length(period: Period) -> Every:
    days = (period.end - period.start).days
    return next((every for every, most in _DAYS.items() if days <= most), Every.YEAR)


def _check(asked: Asked) -> dict[str, Any]:
    return {
        "totals": counting.totals(asked),
        "limits": measuring.limits(asked),
        "measures": measuring.measures(asked),
        "overdue": measuring.overdue(asked),
        "unvisited": measuring.unvisited(asked),
    }


def _statistics(asked: Asked) -> dict[str, Any]:
    by = {name: counting.by_column(asked, name) for name in counting.COLUMNS}
    if asked.estate_id == COMPANY:
        by["estate"] = counting.by_estate(asked)
    return {
        "totals": counting.totals(asked),
        "by": by,
        "limits": measuring.limits(asked),
        "measures": measuring.measures(asked),
        "repeats": counting.repeats(asked),
        "stages": measuring.stages(asked),
    }


def _evidence(asked: Asked) -> dict[str, Any]:
    return {
        **_statistics(asked),
        "never_used": evidence.never_used(asked),
        "waivers": evidence.waivers(asked),
        "exclusions_waived": evidence.exclusions_waived(asked),
        "changes": evidence.changes(asked),
    }


KINDS: dict[str, Callable[[Asked], dict[str, Any]]] = {
    "check": _check,
    "statistics": _statistics,
    "evidence": _evidence,
    "volume": volume,
}
