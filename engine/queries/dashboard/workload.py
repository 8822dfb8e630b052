"""How much each person and department has open, from one count of the open tasks; a picture of who needs help, no ranking."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from engine.domain.text import Text
from engine.queries.dashboard.seeing import IS_DONE, IS_OPEN, SOON, Sight
from engine.storage.tables import department, person, role_grant, work_item

_item = work_item.c
_DAY = 86_400
#: Who has the task: the one who took it, else the one it is meant for.
HELD_BY = sa.func.coalesce(_item.holder_id, _item.assignee_id)


@dataclass(frozen=True, slots=True)
class Load:
    """Open tasks of one person or department; ages in whole days, None where nothing is open."""

    key: str | None
    name: Text | None
    open: int
    late: int
    soon: int
    oldest_days: int | None
    median_days: int | None
    done: int


@dataclass(slots=True)
class Sum:
    """What groups of open tasks come to."""

    open: int = 0
    late: int = 0
    soon: int = 0
    ages: Counter[int] = field(default_factory=Counter)

    def add(self, row: Any) -> None:
        """One more group of equal age."""
        self.open += row.open
        self.late += int(row.late)
        self.soon += int(row.soon)
        self.ages[max(0, int(row.days))] += row.open

    @property
    def median_days(self) -> int | None:
        """The age in the middle, the lower of two; None of nothing."""
        passed, middle = 0, (self.open + 1) // 2
        for days in sorted(self.ages):
            passed += self.ages[days]
            if passed >= middle:
                return days
        return None


@dataclass(frozen=True, slots=True)
class Workload:
    """All open tasks in sight, those that nobody has, and the loads by name."""

    whole: Sum
    unassigned: int
    people: tuple[Load, ...]
    departments: tuple[Load, ...]


def open_groups(sight: Sight) -> list[Any]:
    """The open tasks in sight, counted by who has them, department and age, each with names."""
    now, reader = sight.reader.now, sight.reader
    groups = (
        sa.select(
            HELD_BY.label("held_by"), _item.department.label("department"), _days_old(sight).label("days"),
            sa.func.count().label("open"), _count(_item.due_at < now).label("late"),
            _count(sa.and_(_item.due_at >= now, _item.due_at < now + SOON)).label("soon"),
        )
        .where(IS_OPEN, sight.tasks())
        .group_by(HELD_BY, _item.department, sa.text("days"))
        .subquery()
    )  # fmt: skip
    named = _departments()
    joined = groups.outerjoin(person, person.c.id == groups.c.held_by).outerjoin(named, named.c.code == groups.c.department)
    query = sa.select(groups, person.c.name.label("holder"), named.c.zh, named.c.en).select_from(joined)
    return list(reader.connection.execute(query))


def done_groups(sight: Sight, beside: Iterable[ColumnElement[Any]]) -> list[Any]:
    """The tasks in sight done this week, by person and department; ``beside`` is told in each row; there is at least one."""
    ended_by, who = _item.ended_by, role_grant.c
    estates = {grant.estate_id for grant in sight.actor.grants}
    # A person's tasks are found by an index of the people, so the people who may have done some are named first.
    within = sa.true() if sight.actor.system or None in estates else sa.or_(who.estate_id.is_(None), who.estate_id.in_(estates))
    people = sa.select(who.person_id).where(within)
    groups = (
        sa.select(ended_by.label("held_by"), _item.department.label("department"), sa.func.count().label("done"))
        .where(IS_DONE, _item.ended_at >= sight.monday, ended_by.in_(people), sight.tasks())
        .group_by(ended_by, _item.department)
        .subquery()
    )
    one, named = sa.select(*beside).subquery(), _departments()
    joined = one.outerjoin(groups, sa.true()).outerjoin(person, person.c.id == groups.c.held_by)
    joined = joined.outerjoin(named, named.c.code == groups.c.department)
    query = sa.select(one, groups, person.c.name.label("holder"), named.c.zh, named.c.en).select_from(joined)
    return list(sight.reader.connection.execute(query))


def summed(sight: Sight, opened: Iterable[Any], done: Iterable[Any]) -> Workload:
    """The loads of people and departments in the order of their names; of people the actor alone, who does not oversee others."""
    whole, people, departments = Sum(), _Tally(), _Tally()
    unassigned = 0
    for row in opened:
        whole.add(row)
        unassigned += row.open if row.held_by is None else 0
        if row.held_by is not None and _may_see(sight, row.held_by):
            people.opened(row.held_by, _person(row), row)
        departments.opened(row.department, _department(row), row)
    for row in (row for row in done if row.done):
        if _may_see(sight, row.held_by):
            people.done(row.held_by, _person(row), row)
        departments.done(row.department, _department(row), row)
    return Workload(whole, unassigned, people.loads(), departments.loads())


class _Tally:
    """Sums by key, with names."""

    def __init__(self) -> None:
        self._sums: dict[str | None, Sum] = defaultdict(Sum)
        self._done: Counter[str | None] = Counter()
        self._names: dict[str | None, Text | None] = {}

    def opened(self, key: str | None, name: Text | None, row: Any) -> None:
        self._names[key] = name
        self._sums[key].add(row)

    def done(self, key: str | None, name: Text | None, row: Any) -> None:
        self._names[key] = name
        self._done[key] += int(row.done)

    def loads(self) -> tuple[Load, ...]:
        keys = sorted(self._names, key=self._order)
        return tuple(self._load(key, self._sums[key]) for key in keys)

    def _order(self, key: str | None) -> tuple[bool, str, str]:
        name = self._names[key]
        return key is None, name.zh if name else "", key or ""

    def _load(self, key: str | None, of: Sum) -> Load:
        oldest = max(of.ages, default=None)
        return Load(key, self._names[key], of.open, of.late, of.soon, oldest, of.median_days, self._done[key])


def _may_see(sight: Sight, person_id: str) -> bool:
    return sight.oversees or person_id == sight.actor.person_id


def _person(row: Any) -> Text:
    name = row.holder or row.held_by
    return Text(name, name)


def _department(row: Any) -> Text | None:
    return Text(row.zh or row.department, row.en or row.department) if row.department else None


def _departments() -> sa.Subquery:
    names = (sa.func.max(department.c.name_zh).label("zh"), sa.func.max(department.c.name_en).label("en"))
    return sa.select(department.c.code, *names).group_by(department.c.code).subquery()


def _days_old(sight: Sight) -> ColumnElement[int]:
    now: datetime = sight.reader.now
    moment = sa.literal(now, _item.opened_at.type)
    if sight.reader.dialect == "sqlite":
        return sa.cast(sa.func.julianday(moment) - sa.func.julianday(_item.opened_at), sa.Integer)
    return sa.cast(sa.func.floor(sa.func.extract("epoch", moment - _item.opened_at) / _DAY), sa.Integer)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return sa.func.sum(sa.case((condition, 1), else_=0))
