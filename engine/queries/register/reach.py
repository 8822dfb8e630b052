"""Which part of the book somebody may read, as ranges that the database has in the order of the book.

The rule is ``scope.may_read_case``. Asked of one row after the other it is slow for whoever reads little: a page would mean a
walk past everybody else's cases. So it is taken apart. Whole estates are ranges of the register; the cases of a department, or of
a role that tasks of no department are open to, are ranges of the tasks; what somebody follows or had to do elsewhere is little,
and looked up first. What concerns the whole company is no complaint and stands in no range.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, FromClause

from engine.domain.actor import Actor, Grant
from engine.queries import scope
from engine.storage.tables import estate, register_entry, watcher, work_item

if TYPE_CHECKING:
    from engine.queries.reader import Reader

#: So many cases are looked up one by one; of more than these one is met soon by whoever walks through the book.
FEW = 3000

_entry, _item = register_entry.c, work_item.c


@dataclass(frozen=True, slots=True)
class Branch:
    """A range of the book: where it is read, what holds in it, and the columns that it is in the order of."""

    source: FromClause
    where: tuple[ColumnElement[bool], ...]
    at: ColumnElement[Any] = _entry.registered_at
    case_id: ColumnElement[Any] = _entry.case_id
    repeats: bool = False


def everything() -> Branch:
    """The whole book."""
    return Branch(register_entry, ())


def those(actor: Actor, case_ids: Collection[str]) -> Branch:
    """Of these cases the ones that the actor may read."""
    may_read = scope.may_read_case(actor, _entry.case_id, _entry.estate_id, _entry.department)
    return Branch(register_entry, (_entry.case_id.in_(case_ids), may_read))


def reach(reader: Reader, actor: Actor, within: str | None = None) -> tuple[Branch, ...]:
    """Ranges that hold together what the actor may read, of one estate when it is named; one case may be in several."""
    whole = [grant for grant in actor.grants if grant.department is None]
    if actor.system or any(grant.estate_id is None for grant in whole):
        return (everything(),)
    estates = sorted({str(grant.estate_id) for grant in whole})
    partly = {grant for grant in actor.grants if grant.department is not None and grant.estate_id not in estates}
    branches = [Branch(register_entry, (_entry.estate_id == each,)) for each in estates if within in (None, each)]
    elsewhere = _by_department(reader, partly, within) if partly else {}
    return (*branches, *elsewhere.values(), *_personal(reader, actor, estates, partly))


def _by_department(reader: Reader, grants: Collection[Grant], within: str | None) -> dict[Any, Branch]:
    """A range for each department and role in each estate, once."""
    anywhere = any(grant.estate_id is None for grant in grants)
    every = [within] if within else list(reader.connection.execute(sa.select(estate.c.id)).scalars()) if anywhere else []
    found: dict[Any, Branch] = {}
    for grant in grants:
        for place in every if grant.estate_id is None else [grant.estate_id]:
            if within in (None, place):
                found.update(_ranges(grant, str(place)))
    return found


def _ranges(grant: Grant, place: str) -> Iterator[tuple[Any, Branch]]:
    own = (_entry.department == grant.department, _entry.estate_id == place)
    yield ("own", grant.department, place), Branch(register_entry, own)
    for name, condition in _tasks(grant).items():
        yield (name, grant.role, grant.department, place), _of_items(condition, place)


def _tasks(grant: Grant) -> dict[str, ColumnElement[bool]]:
    """Which tasks let somebody with this grant read their case, each kind with an index of its own."""
    open_to_role = sa.and_(_item.department.is_(None), _item.role == grant.role)
    return {"department": _item.department == grant.department, "role": open_to_role}


def _of_items(condition: ColumnElement[bool], place: str) -> Branch:
    joined = work_item.join(register_entry, _entry.case_id == _item.case_id)
    return Branch(joined, (condition, _item.estate_id == place), _item.registered_at, _item.case_id, repeats=True)


def _personal(reader: Reader, actor: Actor, estates: Collection[str], partly: Collection[Grant]) -> Iterator[Branch]:
    """What the actor follows, or had or has to do, outside the ranges of the grants."""
    covered = [_item.estate_id.in_(estates), *(_covers(grant) for grant in partly)]
    besides = sa.case((sa.or_(*covered), 0), else_=1) == 1
    me = actor.person_id
    mine = (_item.holder_id == me, _item.ended_by == me, sa.and_(_item.assignee_id == me, _item.assignee_id != _item.holder_id))
    had = [sa.select(_item.case_id).where(condition, besides).limit(FEW + 1).subquery() for condition in mine]
    followed = sa.select(watcher.c.case_id).where(watcher.c.person_id == me, watcher.c.estate_id.not_in(estates))
    lists = (*had, followed.limit(FEW + 1).subquery())
    case_ids = set(reader.connection.execute(sa.union(*(sa.select(each.c.case_id) for each in lists))).scalars())
    if len(case_ids) > FEW:
        # Somebody who had much to do where they hold no role any longer: they walk through the book.
        may_read = scope.may_read_case(actor, _entry.case_id, _entry.estate_id, _entry.department)
        yield Branch(register_entry, (_entry.estate_id.not_in(estates), may_read))
    elif case_ids:
        yield those(actor, case_ids)


def _covers(grant: Grant) -> ColumnElement[bool]:
    within = sa.true() if grant.estate_id is None else _item.estate_id == grant.estate_id
    return sa.and_(within, sa.or_(*_tasks(grant).values()))
