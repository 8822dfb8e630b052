"""The improvement plans of a report's days as one of its tables."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from engine.domain.actor import Actor
from engine.domain.codec import number_text
from engine.domain.text import Text
from engine.queries import improvement
from engine.queries.reports.shown import Cell, Column, Kind, Table

if TYPE_CHECKING:
    from datetime import datetime

    from engine.queries.reader import Reader

TITLE = Text("服务改进计划", "Service improvement plans")
_NOTE = Text(
    "按现在的情况；“之前”“之后”按各计划自己的时间段取数。",
    "As they stand now; before and after are drawn over each plan's own days.",
)
_STATES = {
    "open": Text("进行中", "open"),
    "measured": Text("已检验成效", "effect measured"),
    "dropped": Text("已放弃", "dropped"),
}
_OVERDUE = Text("已过期", "overdue")
_COLUMNS = (
    Column("title", Text("改进什么", "What")),
    Column("measure", Text("措施", "Measure")),
    Column("responsible", Text("负责人", "Responsible")),
    Column("due_on", Text("完成日期", "Due")),
    Column("figure", Text("数字", "Figure")),
    Column("before", Text("之前", "Before"), Kind.HOURS),
    Column("after", Text("之后", "After"), Kind.HOURS),
    Column("effect", Text("成效", "Effect")),
    Column("state", Text("状态", "State")),
)


class Drawn(Protocol):
    """Anything about a period."""

    @property
    def period_start(self) -> datetime:
        """Its first moment."""

    @property
    def period_end(self) -> datetime:
        """The midnight after its last day."""


def plans_table(reader: Reader, actor: Actor, estate_id: str, about: Drawn) -> Table:
    """The plans that were open then or are now, and those settled in these days; empty where there is none."""
    plans = improvement.in_period(reader, actor, estate_id, about.period_start, about.period_end)
    return Table("plans", TITLE, _COLUMNS, tuple(_row(plan) for plan in plans), note=_NOTE)


def _row(plan: improvement.Plan) -> tuple[Cell, ...]:
    state = _OVERDUE if plan.overdue else _STATES[plan.state]
    unit = plan.figure.unit
    figure = Text(f"{plan.figure.label.zh}{unit and f'（{unit}）'}", f"{plan.figure.label.en}{unit and f' ({unit})'}")
    told = (plan.title, plan.measure, plan.responsible, plan.due_on.isoformat(), figure)
    return (*told, _value(plan.before_value), _value(plan.after_value), plan.effect or "", state)


def _value(value: Decimal | None) -> Cell:
    return None if value is None else Decimal(number_text(value))
