"""Handing a task on: the colleagues who may do it, and how much each has in hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import COMPANY, Actor
from engine.domain.text import Text
from engine.errors import Forbidden, NotFound
from engine.queries import scope
from engine.queries.actions import may_act
from engine.queries.inbox.tabs import IS_OPEN
from engine.queries.people import MOST
from engine.storage.tables import cases, deputy, person, register_entry, role_grant, work_item

if TYPE_CHECKING:
    from engine.queries.reader import Reader

_NO_SUCH_ITEM = Text(
    "没有这项任务，或者您无权查看。请回到收件箱。", "There is no such task, or you may not see it. Go back to the inbox."
)
_NOT_YOURS = Text(
    "这项任务不在您手上。请由经办人或主管转交。", "You do not hold this task: its holder or a supervisor hands it on."
)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who holds the role where it is to be done, or stands in for such a person; with their open tasks counted."""

    person_id: str
    name: str
    in_hand: int


@dataclass(frozen=True, slots=True)
class HandOn:
    """A task and those who may do it, the least busy first; ``is_open`` is False when there is nothing to hand on any more."""

    item_id: str
    number: str
    name: Text
    is_open: bool
    colleagues: tuple[Colleague, ...]


def hand_on(reader: Reader, actor: Actor, item_id: str) -> HandOn:
    """NotFound for whoever may not read the case; Forbidden for whoever neither holds the task nor may delegate."""
    item = reader.connection.execute(_asking(actor).where(work_item.c.id == item_id)).first()
    if item is None:
        raise NotFound(_NO_SUCH_ITEM)
    if item.holder_id != actor.person_id and not _may_delegate(reader, actor, item):
        raise Forbidden(_NOT_YOURS)
    is_open = item.status == "open"
    found = tuple(_colleagues(reader, item)) if is_open else ()
    return HandOn(item.id, item.number, Text(item.name_zh, item.name_en), is_open, found)


def _asking(actor: Actor) -> sa.Select[Any]:
    item, entry = work_item.c, register_entry.c
    joined = work_item.join(register_entry, entry.case_id == item.case_id).join(cases, cases.c.id == item.case_id)
    readable = sa.or_(scope.may_do_item(actor), scope.may_read_case(actor, item.case_id, item.estate_id, entry.department))
    return sa.select(work_item, entry.number, cases.c.version_id).select_from(joined).where(readable)


def _may_delegate(reader: Reader, actor: Actor, item: Any) -> bool:
    if item.version_id is None:
        return False
    return may_act(actor, reader.catalogue.get(item.version_id).procedure, "delegate", item.estate_id, item.department)


def _colleagues(reader: Reader, item: Any) -> list[Colleague]:
    kept_out = [*(person_id for person_id in item.excluded.split(",") if person_id), item.holder_id or ""]
    in_hand = sa.select(sa.func.count()).where(IS_OPEN, work_item.c.holder_id == person.c.id).correlate(person).scalar_subquery()
    doers = sa.select(role_grant.c.person_id).where(_covers(item))
    present = sa.and_(deputy.c.starts_at <= reader.now, deputy.c.ends_at > reader.now)
    deputies = sa.select(deputy.c.deputy_id).where(deputy.c.person_id.in_(doers), present)
    may_do = sa.or_(person.c.id.in_(doers), person.c.id.in_(deputies))
    query = sa.select(person.c.id, person.c.name, in_hand.label("in_hand")).where(person.c.active, may_do)
    rows = reader.connection.execute(query.where(person.c.id.not_in(kept_out)).order_by("in_hand", person.c.name).limit(MOST))
    return [Colleague(row.id, row.name, row.in_hand) for row in rows]


def _covers(item: Any) -> sa.ColumnElement[bool]:
    """Grants with which the item may be done, as ``Grant.covers`` says; one without a role is open to any."""
    grant = role_grant.c
    role = grant.role == item.role if item.role else sa.true()
    where = sa.true() if item.estate_id == COMPANY else sa.or_(grant.estate_id.is_(None), grant.estate_id == item.estate_id)
    within = sa.true() if item.department is None else sa.or_(grant.department.is_(None), grant.department == item.department)
    return sa.and_(role, where, within)
