"""The inbox: what a person holds, may take, follows and has done, nearest deadline first, one statement a tab."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.queries import scope
from engine.queries.labels import Severity, estate_name, personal_columns, role_of, severity_of
from engine.storage.tables import cases, estate, person, register_entry, watcher, work_item

if TYPE_CHECKING:
    from engine.queries.reader import Reader

MINE, AVAILABLE, FOLLOWED, DONE = "mine", "available", "followed", "done"
TABS = (MINE, AVAILABLE, FOLLOWED, DONE)
OVERDUE, TODAY, THIS_WEEK, LATER, NO_DEADLINE = "overdue", "today", "this_week", "later", "no_deadline"
PAGE = 50
#: The word itself, not a parameter: the indexes of open tasks are chosen by it.
IS_OPEN = work_item.c.status == sa.literal_column("'open'")
_FAR = datetime.fromisoformat("9999-12-31T00:00:00+00:00")


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a tab; ``after`` is the key of the last row already seen."""

    estate_id: str | None = None
    severity: str | None = None
    late: bool = False
    emergency: bool = False
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One work item as the inbox shows it; ``group`` says when it is due."""

    item_id: str
    case_id: str
    number: str
    name: Text
    estate: Text
    severity: Severity | None
    emergency: bool
    round: int
    status: str
    due_at: datetime | None
    warn_at: datetime | None
    opened_at: datetime
    ended_at: datetime | None
    holder_id: str | None
    holder: str | None
    role: Text | None
    group: str
    key: str
    may_do: bool
    subject: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of a tab in order, and the key after which the next page begins."""

    rows: tuple[Row, ...]
    next_key: str | None


def page(reader: Reader, actor: Actor, tab: str, filters: Filters, size: int = PAGE) -> Page:
    """The rows of one tab that the filters leave, from ``filters.after`` on."""
    # Sorting comes before joining: of twenty thousand tasks only a page is joined.
    chosen = _ordered(_narrowed(sa.select(work_item.c.id), filters, reader.now), tab, filters.after)
    chosen = chosen.where(_belongs(actor, tab)).limit(size + 1)
    query = _ordered(_rows(actor).where(work_item.c.id.in_(chosen)), tab, None)
    found = reader.connection.execute(query).all()
    rows = _dressed(reader, actor, found[:size], tab)
    return Page(rows, rows[-1].key if len(found) > size else None)


def newest(reader: Reader, actor: Actor, since: datetime) -> int:
    """How many tasks have come within reach since a moment."""
    fresh = sa.select(sa.func.count()).select_from(work_item)
    within = sa.or_(_belongs(actor, MINE), _belongs(actor, AVAILABLE))
    return reader.connection.execute(fresh.where(within, work_item.c.opened_at > since)).scalar_one()


def belongs(actor: Actor, tab: str) -> ColumnElement[bool]:
    """The condition that makes a work item part of a tab."""
    return _belongs(actor, tab)


@lru_cache(maxsize=1024)
def _belongs(actor: Actor, tab: str) -> ColumnElement[bool]:
    item, me = work_item.c, actor.person_id
    mine = sa.or_(item.holder_id == me, sa.and_(item.holder_id.is_(None), item.assignee_id == me))
    if tab == MINE:
        return sa.and_(IS_OPEN, mine)
    if tab == AVAILABLE:
        free = sa.and_(item.holder_id.is_(None), item.assignee_id.is_(None))
        # What is free is taken by role alone; said apart, because an index knows the roles.
        held = item.role.in_(sorted({grant.role for grant in actor.grants}))
        return sa.and_(IS_OPEN, free, held, scope.may_do_item(actor))
    if tab == FOLLOWED:
        followed = sa.select(watcher.c.case_id).where(watcher.c.person_id == me)
        return sa.and_(IS_OPEN, item.case_id.in_(followed))
    return sa.and_(item.ended_by == me, item.status.in_(("done", "waived")))


@lru_cache(maxsize=256)
def _rows(actor: Actor) -> sa.Select[Any]:
    # Putting such a statement together costs more than running it, and an actor asks for it all day.
    holder = person.alias("holder")
    held_by = sa.func.coalesce(work_item.c.holder_id, work_item.c.assignee_id)
    joined = (
        work_item.join(register_entry, register_entry.c.case_id == work_item.c.case_id)
        .join(cases, cases.c.id == work_item.c.case_id)
        .outerjoin(estate, estate.c.id == work_item.c.estate_id)
        .outerjoin(holder, holder.c.id == held_by)
    )
    return sa.select(
        work_item, register_entry.c.number, register_entry.c.severity, register_entry.c.emergency, cases.c.version_id,
        estate.c.name_zh.label("estate_zh"), estate.c.name_en.label("estate_en"), held_by.label("held_by"),
        holder.c.name.label("holder_name"), scope.may_do_item(actor).label("may_do"),
    ).select_from(joined)  # fmt: skip


def _narrowed(query: sa.Select[Any], filters: Filters, now: datetime) -> sa.Select[Any]:
    if filters.estate_id:
        query = query.where(work_item.c.estate_id == filters.estate_id)
    if filters.late:
        query = query.where(work_item.c.due_at < now)
    if filters.severity or filters.emergency:
        query = query.join(register_entry, register_entry.c.case_id == work_item.c.case_id)
    if filters.severity:
        query = query.where(register_entry.c.severity == filters.severity)
    return query.where(register_entry.c.emergency) if filters.emergency else query


def _ordered(query: sa.Select[Any], tab: str, after: str | None) -> sa.Select[Any]:
    last = _read_key(after)
    if tab == DONE:
        columns = sa.tuple_(work_item.c.ended_at, work_item.c.id)
        query = query.order_by(work_item.c.ended_at.desc(), work_item.c.id.desc())
        return query.where(columns < _bound(last)) if last else query
    query = query.order_by(work_item.c.due_at.is_(None), work_item.c.due_at, work_item.c.id)
    if last is None:
        return query
    if last[0] == _FAR:
        return query.where(work_item.c.due_at.is_(None), work_item.c.id > last[1])
    return query.where(sa.or_(sa.tuple_(work_item.c.due_at, work_item.c.id) > _bound(last), work_item.c.due_at.is_(None)))


def _bound(last: tuple[datetime, str]) -> sa.Tuple:
    return sa.tuple_(sa.literal(last[0], work_item.c.due_at.type), sa.literal(last[1]))


def _read_key(after: str | None) -> tuple[datetime, str] | None:
    moment, found, item_id = (after or "").partition("~")
    try:
        return (datetime.fromisoformat(moment), item_id) if found and datetime.fromisoformat(moment).tzinfo else None
    except ValueError:
        return None


def _dressed(reader: Reader, actor: Actor, found: Sequence[Any], tab: str) -> tuple[Row, ...]:
    columns = personal_columns(reader, actor, {row.case_id: row.version_id for row in found}, ("subject", "place"))
    rows = (_row(reader, record, tab) for record in found)
    personal = ((row, columns.get(row.case_id, {})) for row in rows)
    return tuple(replace(row, subject=said.get("subject"), place=said.get("place")) for row, said in personal)


def _row(reader: Reader, record: Any, tab: str) -> Row:
    sorted_by = record.ended_at if tab == DONE else record.due_at
    return Row(
        item_id=record.id,
        case_id=record.case_id,
        number=record.number,
        name=Text(record.name_zh, record.name_en),
        estate=estate_name(record),
        severity=severity_of(reader.catalogue, record.version_id, record.severity),
        emergency=record.emergency,
        round=record.round,
        status=record.status,
        due_at=record.due_at,
        warn_at=record.warn_at,
        opened_at=record.opened_at,
        ended_at=record.ended_at,
        holder_id=record.held_by,
        holder=record.holder_name,
        role=role_of(reader.catalogue, record.version_id, record.role),
        group=_group(record.due_at, reader) if record.status == "open" else "",
        key=f"{(sorted_by or _FAR).isoformat()}~{record.id}",
        may_do=bool(record.may_do),
    )


def _group(due_at: datetime | None, reader: Reader) -> str:
    """Overdue, today, this week (until Sunday), later, or no deadline; days are local."""
    if due_at is None:
        return NO_DEADLINE
    if due_at < reader.now:
        return OVERDUE
    today = reader.now.astimezone(reader.zone).date()
    day = due_at.astimezone(reader.zone).date()
    if day == today:
        return TODAY
    return THIS_WEEK if day <= today + timedelta(days=6 - today.weekday()) else LATER
