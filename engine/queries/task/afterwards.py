"""What a finished work item has led to: who has the case now, and what the person has next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.procedure.beside.restricted import kept_apart
from engine.queries import inbox, scope
from engine.queries.task.page import Item, item
from engine.storage.tables import person, work_item

if TYPE_CHECKING:
    from engine.queries.reader import Reader

RESTRICTED = Text("限阅的步骤", "a restricted step")


@dataclass(frozen=True, slots=True)
class NextItem:
    """An open task of the case: what it is, by when, in whose hands, and whether the actor may do it.

    ``apart`` marks a restricted task of which the actor is not told more than that there is one: pages do not lead to it.
    """

    item_id: str
    name: Text
    due_at: datetime | None
    warn_at: datetime | None
    role: Text | None
    holder: str | None
    may_do: bool
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Afterwards:
    """A finished item, the case's open tasks, and the person's own next task elsewhere."""

    item: Item
    open_items: tuple[NextItem, ...]
    own_next: inbox.Row | None


def afterwards(reader: Reader, actor: Actor, item_id: str) -> Afterwards:
    """What follows a work item that is open no longer."""
    done = item(reader, actor, item_id)
    mine = inbox.page(reader, actor, inbox.MINE, inbox.Filters(), size=2).rows
    own_next = next((row for row in mine if row.item_id != item_id), None)
    return Afterwards(done, open_items(reader, actor, done.case_id, done.version_id), own_next)


def open_items(reader: Reader, actor: Actor, case_id: str, version_id: str) -> tuple[NextItem, ...]:
    """The open tasks of a case that the actor may read, nearest deadline first."""
    held_by = sa.func.coalesce(work_item.c.holder_id, work_item.c.assignee_id)
    query = (
        sa.select(work_item, person.c.name.label("holder_name"), scope.may_do_item(actor).label("may_do"))
        .outerjoin(person, person.c.id == held_by)
        .where(work_item.c.case_id == case_id, work_item.c.status == "open")
        .order_by(work_item.c.due_at.is_(None), work_item.c.due_at, work_item.c.id)
    )
    procedure, rows = reader.catalogue.get(version_id).procedure, reader.connection.execute(query).all()
    hidden = {estate: kept_apart(actor, procedure, estate) for estate in {row.estate_id for row in rows}}
    return tuple(_next(row, procedure.roles, row.element_id in hidden[row.estate_id]) for row in rows)


def _next(row: Any, roles: Any, is_hidden: bool) -> NextItem:
    if is_hidden and not row.may_do:
        return NextItem(row.id, RESTRICTED, None, None, None, None, False, True)
    role = roles[row.role].label if row.role in roles else None
    return NextItem(row.id, Text(row.name_zh, row.name_en), row.due_at, row.warn_at, role, row.holder_name, bool(row.may_do))
