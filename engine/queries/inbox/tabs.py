"""What makes a tab: conditions that are each read from one index in due order, and the keys by which pages follow each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from engine.domain.actor import Actor
from engine.queries import scope
from engine.storage.tables import watcher, work_item

MINE, AVAILABLE, FOLLOWED, DONE = "mine", "available", "followed", "done"
TABS = (MINE, AVAILABLE, FOLLOWED, DONE)
#: The word itself, not a parameter: the indexes of open tasks are chosen by it.
IS_OPEN = work_item.c.status == sa.literal_column("'open'")
_IS_DONE = work_item.c.status.in_(("done", "waived"))
_FAR = datetime.fromisoformat("9999-12-31T00:00:00+00:00")
Key = tuple[datetime, str]


def belongs(actor: Actor, tab: str) -> ColumnElement[bool]:
    """The condition that makes a work item part of a tab."""
    return sa.or_(sa.false(), *branches(actor, tab))


@lru_cache(maxsize=1024)
def branches(actor: Actor, tab: str) -> tuple[ColumnElement[bool], ...]:
    """The parts of a tab, no item in two of them. Each names one holder or one role, and is thus in order in an index."""
    item, me = work_item.c, actor.person_id
    if tab == MINE:
        # Whoever stands in for somebody finds what that person holds, as far as it may be done for them.
        stood_in = (sa.and_(IS_OPEN, item.holder_id == person, scope.may_do_item(actor)) for person in sorted(actor.principals))
        return (sa.and_(IS_OPEN, item.holder_id == me), *stood_in)
    if tab == AVAILABLE:
        free = item.holder_id.is_(None)
        return tuple(sa.and_(IS_OPEN, free, item.role == role, scope.may_take(actor, role)) for role in sorted(actor.roles))
    if tab == FOLLOWED:
        followed = sa.select(watcher.c.case_id).where(watcher.c.person_id == me)
        return (sa.and_(IS_OPEN, item.case_id.in_(followed)),)
    return (sa.and_(item.ended_by == me, _IS_DONE),)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Conditions on work items; ``few`` when they name the items one by one: then nothing is gained by reading in order."""

    conditions: tuple[ColumnElement[bool], ...] = ()
    few: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a tab's order after one key and up to another; None is its beginning, or its end."""

    after: Key | None = None
    until: Key | None = None


def chosen(actor: Actor, tab: str, narrowing: Narrowing, stretch: Stretch, most: int) -> sa.Select[Any]:
    """The ids of the first items of a stretch of a tab, nearest deadline first, or the last done first."""
    found = sa.select(work_item.c.id, _sorted_by(tab).label("place"))
    wholes = [
        found.where(branch, within, *narrowing.conditions) for branch in branches(actor, tab) for within in _within(tab, stretch)
    ]
    if not wholes:
        return sa.select(work_item.c.id).where(sa.false())
    # What is told to be in order is read in order: each part ends with the page, however long it is.
    parts = wholes if narrowing.few else [in_order(whole, tab).limit(most) for whole in wholes]
    together = sa.union_all(*(sa.select(part.c.id, part.c.place) for part in (each.subquery() for each in parts))).subquery()
    return _ordered(sa.select(together.c.id), tab, together.c.place, together.c.id).limit(most)


def in_order(query: sa.Select[Any], tab: str) -> sa.Select[Any]:
    """Rows of work items in the order of a tab."""
    return _ordered(query, tab, _sorted_by(tab), work_item.c.id)


def _sorted_by(tab: str) -> sa.Column[datetime]:
    return work_item.c.ended_at if tab == DONE else work_item.c.due_at


def _ordered(query: sa.Select[Any], tab: str, place: Any, item_id: Any) -> sa.Select[Any]:
    if tab == DONE:
        return query.order_by(place.desc(), item_id.desc())
    return query.order_by(place.asc().nulls_last(), item_id)


def _within(tab: str, stretch: Stretch) -> tuple[ColumnElement[bool], ...]:
    """The stretch as conditions that an index can begin at; what has no deadline comes last and is a stretch of its own."""
    place, item_id = _sorted_by(tab), work_item.c.id
    here, (after, until) = sa.tuple_(place, item_id), (stretch.after, stretch.until)
    if tab == DONE:
        ends = ((here < _bound(after)) if after else sa.true(), (here >= _bound(until)) if until else sa.true())
        return (sa.and_(*ends),)
    dated = sa.and_((here > _bound(after)) if after else sa.true(), (here <= _bound(until)) if until else sa.true())
    undated = sa.and_(
        place.is_(None),
        item_id > after[1] if after and after[0] == _FAR else sa.true(),
        item_id <= until[1] if until and until[0] == _FAR else sa.true(),
    )
    if until is not None and until[0] != _FAR:
        return (dated,)
    if after is not None and after[0] != _FAR:
        # What is followed lies in no order: it is read once.
        return (sa.or_(dated, undated),) if tab == FOLLOWED else (dated, undated)
    if after is not None:
        return (undated,)
    return (sa.true(),) if until is None else (sa.and_(place.is_not(None), sa.true()), undated)


def _bound(key: Key) -> sa.Tuple:
    return sa.tuple_(sa.literal(key[0], work_item.c.due_at.type), sa.literal(key[1]))


def key_of(moment: datetime | None, item_id: str) -> str:
    """The place of an item in its tab, as an address holds it."""
    return f"{(moment or _FAR).isoformat()}~{item_id}"


def read_key(text: str | None) -> Key | None:
    """What ``key_of`` wrote; None for anything else."""
    moment, found, item_id = (text or "").partition("~")
    try:
        return (datetime.fromisoformat(moment), item_id) if found and datetime.fromisoformat(moment).tzinfo else None
    except ValueError:
        return None
