"""Improvement plans: what, why, who, until when, and the figure before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from engine.domain.actor import COMPANY, Actor
from engine.domain.text import Text
from engine.errors import NotFound
from engine.procedure.beside import PlanFigure, plan_figures
from engine.queries import people, scope
from engine.queries.labels import COMPANY_NAME, estate_name
from engine.queries.people import Option
from engine.storage.tables import estate, person, register_entry, service_plan

if TYPE_CHECKING:
    from engine.queries.reader import Reader

#: The action of the complaint's procedure.yaml.
ACTION = "keep_plans"
OPEN = "open"
MOST = 200
NO_SUCH_PLAN = Text("没有这份计划，或它不归您看。", "There is no such plan, or it is not yours to see.")
_plan = service_plan.c


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan; periods end with the midnight after their last day, values are None where the period had nothing of the kind."""

    id: str
    estate_id: str
    estate: Text
    title: str
    reason: str
    measure: str
    category: str | None
    category_name: Text | None
    cases: tuple[tuple[str, str], ...]
    responsible_id: str
    responsible: str
    due_on: date
    figure: PlanFigure
    before: tuple[datetime, datetime]
    before_value: Decimal | None
    after: tuple[datetime, datetime] | None
    after_value: Decimal | None
    effect: str | None
    state: str
    overdue: bool
    may_keep: bool
    may_measure: bool

    @property
    def better(self) -> bool | None:
        """Whether the figure moved the right way; None when it did not move or is not known."""
        if self.before_value is None or self.after_value is None or self.before_value == self.after_value:
            return None
        return (self.after_value < self.before_value) is self.figure.fewer


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form of a plan offers."""

    estates: tuple[Option, ...]
    people: tuple[Option, ...]
    categories: tuple[Option, ...]
    figures: tuple[PlanFigure, ...]
    may_keep: bool


def plans(reader: Reader, actor: Actor, *, state: str | None = None) -> tuple[Plan, ...]:
    """The plans of the actor's estates and of the company, open ones first by their date."""
    where = _visible(actor) if state is None else sa.and_(_visible(actor), _plan.state == state)
    return _found(reader, actor, where)


def one(reader: Reader, actor: Actor, plan_id: str) -> Plan:
    """A plan; NotFound for others than the staff of its estate."""
    found = _found(reader, actor, sa.and_(_visible(actor), _plan.id == plan_id))
    if not found:
        raise NotFound(NO_SUCH_PLAN)
    return found[0]


def in_period(reader: Reader, actor: Actor, estate_id: str, start: datetime, end: datetime) -> tuple[Plan, ...]:
    """The plans that a report of these days tells of: open then or now, or settled in them."""
    here = sa.true() if estate_id == COMPANY else _plan.estate_id.in_((estate_id, COMPANY))
    then = sa.and_(_plan.created_at < end, sa.or_(_plan.settled_at.is_(None), _plan.settled_at >= start))
    return _found(reader, actor, sa.and_(here, then))


def choices(reader: Reader, actor: Actor) -> Choices:
    """What somebody who keeps plans may choose from; nothing for others."""
    rule = reader.catalogue.intake(reader.now).procedure.actions.get(ACTION)
    if rule is None or not actor.roles.intersection(rule.roles):
        return Choices((), (), (), (), may_keep=False)
    estates = people.estates(reader, actor)
    colleagues = {option.value: option for one in estates for option in people.colleagues(reader, actor, one.value)}
    company = Option(COMPANY, COMPANY_NAME)
    return Choices(
        (company, *estates), tuple(colleagues.values()), _categories(reader), tuple(_figures(reader).values()), may_keep=True
    )


def _visible(actor: Actor) -> ColumnElement[bool]:
    staff = sa.true() if actor.grants else sa.false()
    return sa.or_(scope.in_estates(actor, _plan.estate_id), sa.and_(_plan.estate_id == COMPANY, staff))


def _found(reader: Reader, actor: Actor, where: ColumnElement[bool]) -> tuple[Plan, ...]:
    joined = service_plan.outerjoin(estate, estate.c.id == _plan.estate_id).outerjoin(person, person.c.id == _plan.responsible_id)
    columns = (estate.c.name_zh.label("estate_zh"), estate.c.name_en.label("estate_en"), person.c.name.label("responsible"))
    query = sa.select(service_plan, *columns).select_from(joined).where(where)
    rows = reader.connection.execute(query.order_by(_plan.state != OPEN, _plan.due_on, _plan.id).limit(MOST)).all()
    known = _numbered(reader, {number for row in rows for number in row.cases.split()})
    figures, categories = _figures(reader), {option.value: option.label for option in _categories(reader)}
    return tuple(_made(reader, actor, row, known, figures, categories) for row in rows)


def _made(
    reader: Reader, actor: Actor, row: Any, known: dict[str, str], figures: dict[str, PlanFigure], categories: dict[str, Text]
) -> Plan:
    today = reader.now.astimezone(reader.zone).date()
    due_on, is_open = date.fromisoformat(row.due_on), row.state == OPEN
    keeps = is_open and _may_keep(reader, actor, row.estate_id)
    figure = figures.get(row.figure) or PlanFigure(row.figure, Text(row.figure, row.figure), "", (), "", True, None)
    return Plan(
        id=row.id,
        estate_id=row.estate_id,
        estate=estate_name(row),
        title=row.title,
        reason=row.reason,
        measure=row.measure,
        category=row.category,
        category_name=categories.get(row.category),
        cases=tuple((number, known[number]) for number in row.cases.split() if number in known),
        responsible_id=row.responsible_id,
        responsible=row.responsible or row.responsible_id,
        due_on=due_on,
        figure=figure,
        before=(row.before_from, row.before_until),
        before_value=_number(row.before_value),
        after=(row.after_from, row.after_until) if row.after_from else None,
        after_value=_number(row.after_value),
        effect=row.effect,
        state=row.state,
        overdue=is_open and due_on < today,
        may_keep=keeps,
        may_measure=is_open and (keeps or row.responsible_id == actor.person_id),
    )


def last_month(reader: Reader, actor: Actor) -> tuple[date, date]:
    """The thirty days until yesterday: what a form proposes."""
    today = reader.now.astimezone(reader.zone).date()
    return today - timedelta(days=30), today - timedelta(days=1)


def _may_keep(reader: Reader, actor: Actor, estate_id: str) -> bool:
    rule = reader.catalogue.intake(reader.now).procedure.actions.get(ACTION)
    return rule is not None and any(actor.holds(role, estate_id) for role in rule.roles)


def _numbered(reader: Reader, numbers: set[str]) -> dict[str, str]:
    if not numbers:
        return {}
    query = sa.select(register_entry.c.number, register_entry.c.case_id).where(register_entry.c.number.in_(sorted(numbers)))
    return {row.number: row.case_id for row in reader.connection.execute(query)}


def _figures(reader: Reader) -> dict[str, PlanFigure]:
    for key in reader.catalogue.keys_in_force(reader.now):
        found = plan_figures(reader.catalogue.in_force(key, reader.now).procedure)
        if found:
            return found
    return {}


def _categories(reader: Reader) -> tuple[Option, ...]:
    procedure = reader.catalogue.intake(reader.now).procedure
    field = procedure.vocabulary.get(procedure.register.get("category", ""))
    return tuple(Option(choice.value, choice.label) for choice in field.choices) if field else ()


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
