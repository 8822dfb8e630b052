"""Which part of the book somebody may read, as ranges that the database has in the order of the book.

The rule is ``scope.may_read_case``. Asked of one row after the other it is slow for whoever reads little: a page would mean a
walk past everybody else's cases. So it is taken apart. Whole estates are ranges of the register; the cases of a department, or of
a role that tasks of no department are open to, are ranges of the tasks; what somebody follows or had to do elsewhere is little,
and looked up first. What concerns the whole company is no complaint and stands in no range.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, FromClause

from engine.domain.actor import Actor, Grant
from engine.queries import scope
from engine.queries.register.lists import among
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


def those(reader: Reader, actor: Actor, case_ids: Collection[str]) -> Branch:
    """Of these cases the ones that the actor may read."""
    may_read = scope.may_read_case(actor, _entry.case_id, _entry.estate_id, _entry.department)
    return Branch(register_entry, (among(reader.dialect, _entry.case_id, case_ids), may_read))


def numbered(actor: Actor, numbers: sa.Select[Any], *, backwards: bool) -> Branch:
    """Of the cases of these numbers, which come with their moments, the ones that the actor may read."""
    moment = numbers.selected_columns.registered_at
    # Put in order from the index alone, and only then looked up one by one, until there are enough.
    some = numbers.order_by(moment if backwards else moment.desc()).offset(0).subquery()
    may_read = scope.may_read_case(actor, _entry.case_id, _entry.estate_id, _entry.department)
    return Branch(some.join(register_entry, _entry.number == some.c.number), (may_read,), at=some.c.registered_at)


def reach(reader: Reader, actor: Actor, within: str | None = None, department: str | None = None) -> tuple[Branch, ...]:
    """Ranges that hold together what the actor may read, of one estate or one department's cases when these are named; one
    case may be in several.
    """
    whole = [grant for grant in actor.grants if grant.department is None]
    if actor.system or any(grant.estate_id is None for grant in whole):
        return (everything(),)
    estates = {str(grant.estate_id) for grant in whole}
    every = {within} if within else set(reader.connection.execute(sa.select(estate.c.id)).scalars())
    held = {place: _held(actor, place) for place in sorted(every - estates)}
    sought = _Sought(department, reader.dialect == "postgresql")
    granted = ((grant, place) for place, grants in held.items() for grant in grants)
    ranges = {name: branch for grant, place in granted for name, branch in _ranges(grant, place, sought)}
    mine = _personal(reader, actor, held) if held else ()
    return (*(Branch(register_entry, (_entry.estate_id == each,)) for each in sorted(every & estates)), *ranges.values(), *mine)


def _held(actor: Actor, place: str) -> list[Grant]:
    """The grants for a department that hold in an estate."""
    return [grant for grant in actor.grants if grant.department is not None and grant.estate_id in (None, place)]


@dataclass(frozen=True, slots=True)
class _Sought:
    """The department whose cases alone are sought, None for all; and whether the database can walk two indexes side by side."""

    department: str | None
    side_by_side: bool


def _ranges(grant: Grant, place: str, sought: _Sought) -> Iterator[tuple[Any, Branch]]:
    if sought.department in (None, grant.department):
        own = (_entry.department == grant.department, _entry.estate_id == place)
        yield (place, "own", grant.department), Branch(register_entry, own)
    if sought.department == grant.department:
        return  # all its cases are its own
    yield (place, "department", grant.department), _of_items(_item.department == grant.department, place, sought)
    # A task of no department is open to the role in every department, and who may do a task may read its case.
    open_to_role = sa.and_(_item.department.is_(None), _item.role == grant.role)
    yield (place, "role", grant.role), _of_items(open_to_role, place, sought)


def _of_items(condition: ColumnElement[bool], place: str, sought: _Sought) -> Branch:
    where = (condition, _item.estate_id == place)
    if sought.department and sought.side_by_side:
        return _of_few_items(where, sought.department)
    joined = work_item.join(register_entry, _entry.case_id == _item.case_id)
    return Branch(joined, where, _item.registered_at, _item.case_id, repeats=True)


def _of_few_items(where: tuple[ColumnElement[bool], ...], department: str) -> Branch:
    """The same, of another department's cases: of these few or none may have such a task, among any number of tasks.

    Both are in an index by the moment of registration; walked side by side, they meet at the moments of the cases sought, and
    hardly any other. Only there is anything read. The walk stands apart, or the planner would read what it could pass over.
    """
    other = register_entry.alias("other")
    there = (other.c.department == department, sa.exists().where(_item.registered_at == other.c.registered_at, *where))
    moments = sa.select(other.c.registered_at).where(*there).order_by(other.c.registered_at.desc()).offset(0).subquery()
    asked = sa.exists().where(_item.case_id == _entry.case_id, *where)
    joined = moments.join(register_entry, _entry.registered_at == moments.c.registered_at)
    return Branch(joined, (asked,), repeats=True)


def _personal(reader: Reader, actor: Actor, held: Mapping[str, Collection[Grant]]) -> Iterator[Branch]:
    """What the actor follows, or had or has to do, outside the ranges of the grants; ``held`` are grants by estate."""
    me = actor.person_id
    # In the order of the index, or a planner that takes the few for many reads the whole table.
    had = [
        sa.select(_item.case_id).where(person == me, elsewhere).order_by(_item.department, _item.role)
        for elsewhere in _elsewhere(held)
        for person in (_item.holder_id, _item.ended_by)
    ]
    named = sa.select(_item.case_id).where(_item.assignee_id == me, _item.assignee_id != _item.holder_id)
    followed = sa.select(watcher.c.case_id).where(watcher.c.person_id == me, watcher.c.estate_id.in_(held))
    lists = [query.limit(FEW + 1).subquery() for query in (*had, named, followed)]
    case_ids = set(reader.connection.execute(sa.union(*(sa.select(each.c.case_id) for each in lists))).scalars())
    if len(case_ids) > FEW:
        # Somebody who had much to do where they hold no role any longer: they walk through the book.
        may_read = scope.may_read_case(actor, _entry.case_id, _entry.estate_id, _entry.department)
        yield Branch(register_entry, (_entry.estate_id.in_(held), may_read))
    elif case_ids:
        yield those(reader, actor, case_ids)


def _elsewhere(held: Mapping[str, Collection[Grant]]) -> Iterator[ColumnElement[bool]]:
    """Tasks outside the grants, as ranges of the index: what is left between what the grants cover is seldom anything."""
    for place, grants in held.items():
        here = _item.estate_id == place
        if not grants:
            yield here
        for between in _between(_item.department, {str(grant.department) for grant in grants}):
            yield sa.and_(here, between)
        for between in _between(_item.role, {grant.role for grant in grants}):
            yield sa.and_(here, _item.department.is_(None), between)


def _between(column: ColumnElement[Any], covered: Collection[str]) -> Iterator[ColumnElement[bool]]:
    """The values of a column that are none of those covered, as the ranges between them."""
    bounds = [None, *sorted(covered), None]
    for low, high in pairwise(bounds) if covered else ():
        above = column > low if low is not None else sa.true()
        yield sa.and_(above, column < high) if high is not None else above
