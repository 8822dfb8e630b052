"""A plan's figure over a period of days, drawn from the register."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from engine.calendar.schedules import Period
from engine.commands.context import Procedures
from engine.domain.codec import number_text
from engine.domain.text import Text
from engine.errors import InvalidValues
from engine.procedure import Procedure
from engine.procedure.beside import PlanFigure, plan_figures
from engine.storage.work import Work

ACTION = "keep_plans"
LONGEST_PERIOD = timedelta(days=366)
NOT_OVER = Text("这段时间还没有过完，取不出数字。最晚选到昨天。", "These days are not over yet: choose yesterday at the latest.")
BACKWARDS = Text("止日早于起日。", "The last day is before the first.")
TOO_LONG = Text("最长一年。", "A year at most.")
NEEDED = Text("请填写日期。", "Please give a date.")
FIRST_YEAR = 2000
TOO_EARLY = Text("日期太早，请再看一下年份。", "That is too long ago: look at the year again.")


def offered(procedures: Procedures, now: datetime) -> tuple[Procedure | None, dict[str, PlanFigure]]:
    """The procedure in force that draws figures for plans, and these by name."""
    for key in procedures.catalogue.keys_in_force(now):
        procedure = procedures.catalogue.in_force(key, now).procedure
        figures = plan_figures(procedure)
        if figures:
            return procedure, figures
    return None, {}


def period_faults(names: tuple[str, str], first: date | None, last: date | None, today: date) -> dict[str, Text]:
    """What is wrong with a period of whole days, by the names of its two fields."""
    faults = {name: NEEDED for name, day in zip(names, (first, last), strict=True) if day is None}
    if first is None or last is None:
        return faults
    if first.year < FIRST_YEAR:
        return {names[0]: TOO_EARLY}
    if last >= today:
        return {names[1]: NOT_OVER}
    if last < first:
        return {names[1]: BACKWARDS}
    return {names[1]: TOO_LONG} if last - first >= LONGEST_PERIOD else {}


def period_of(first: date, last: date, procedures: Procedures) -> Period:
    """From the first midnight to the midnight after the last day."""
    ends = (datetime.combine(day, time(), procedures.zone).astimezone(UTC) for day in (first, last + timedelta(days=1)))
    return Period(*ends)


def today_of(procedures: Procedures, now: datetime) -> date:
    """The local day."""
    return now.astimezone(procedures.zone).date()


def drawn(work: Work, procedures: Procedures, figure: str, category: str | None, period: Period, estate_id: str) -> str | None:
    """The figure's value as text, None where the period has nothing of it; InvalidValues when no procedure knows the figure."""
    procedure, figures = offered(procedures, work.now)
    if procedure is None or figure not in figures:
        raise InvalidValues(Text("没有这个数字。请重新选择。", "There is no such figure. Choose again."))
    made = procedures.figures(work.connection, procedure, figures[figure].draw, period, estate_id, work.now)
    value: Decimal | None = figures[figure].value_in(made, category)
    return None if value is None else number_text(value)
