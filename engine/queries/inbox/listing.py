"""The rows of a tab as the inbox shows them, one page after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.queries import people, scope
from engine.queries.actions import may_act
from engine.queries.inbox import filters as narrowed
from engine.queries.inbox.filters import Filters
from engine.queries.inbox.tabs import DONE, Key, Stretch, chosen, in_order, key_of, read_key
from engine.queries.labels import Severity, estate_name, personal_columns, role_of, severity_of
from engine.storage.tables import cases, estate, limit_run, person, register_entry, work_item

if TYPE_CHECKING:
    from engine.queries.reader import Reader

OVERDUE, TODAY, THIS_WEEK, LATER, NO_DEADLINE = "overdue", "today", "this_week", "later", "no_deadline"
PAGE = 50
#: So many done items are looked through for those that fit; then the next page goes on from there.
LOOKED_THROUGH = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """One work item as the inbox shows it; ``group`` says when it is due, ``for_whom`` is the person one stands in for.

    ``provisional``: the deadline hangs on a year whose calendar is not published yet.
    """

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
    provisional: bool
    for_whom: str | None
    may_claim: bool
    may_release: bool
    may_delegate: bool
    subject: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of a tab in order, and the key after which the next page begins."""

    rows: tuple[Row, ...]
    next_key: str | None


def page(reader: Reader, actor: Actor, tab: str, filters: Filters, size: int = PAGE) -> Page:
    """The rows of one tab that the filters leave, from ``filters.after`` on."""
    # Sorting comes before joining: of a hundred thousand tasks only a page is joined.
    stretch = Stretch(read_key(filters.after), _farthest(reader, actor, tab, filters))
    some = chosen(actor, tab, narrowed.narrowing(reader, actor, tab, filters), stretch, size + 1)
    found = reader.connection.execute(in_order(_rows(actor).where(work_item.c.id.in_(some)), tab)).all()
    rows = _dressed(reader, actor, found[:size], tab)
    if len(found) > size:
        return Page(rows, rows[-1].key)
    return Page(rows, key_of(*stretch.until) if stretch.until and tab == DONE else None)


def _farthest(reader: Reader, actor: Actor, tab: str, filters: Filters) -> Key | None:
    """Where looking through done items ends; None where it goes on to the end."""
    if tab != DONE or not filters.narrow:
        return None
    after = read_key(filters.after)
    ended = work_item.c.ended_at
    query = sa.select(ended).where(work_item.c.ended_by == actor.person_id).order_by(ended.desc()).limit(1).offset(LOOKED_THROUGH)
    last = reader.connection.execute(query.where(ended <= after[0]) if after else query).scalar()
    return (last, "") if last is not None else None


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
        .outerjoin(limit_run, narrowed.runs_provisionally())
    )
    return sa.select(
        work_item, register_entry.c.number, register_entry.c.severity.label("graded"), cases.c.version_id,
        register_entry.c.emergency.label("urgent"), estate.c.name_zh.label("estate_zh"), estate.c.name_en.label("estate_en"),
        held_by.label("held_by"), holder.c.name.label("holder_name"), scope.may_do_item(actor).label("may_do"),
        sa.func.coalesce(limit_run.c.provisional, sa.false()).label("provisional"),
    ).select_from(joined)  # fmt: skip


def _dressed(reader: Reader, actor: Actor, found: Sequence[Any], tab: str) -> tuple[Row, ...]:
    columns = personal_columns(reader, actor, {row.case_id: row.version_id for row in found}, ("subject", "place"))
    stood_in = people.names(reader, actor, actor.principals)
    rows = (_row(reader, actor, record, tab, stood_in) for record in found)
    personal = ((row, columns.get(row.case_id, {})) for row in rows)
    return tuple(replace(row, subject=said.get("subject"), place=said.get("place")) for row, said in personal)


def _row(reader: Reader, actor: Actor, record: Any, tab: str, stood_in: dict[str, str]) -> Row:
    is_open, mine = record.status == "open", record.holder_id == actor.person_id
    for_whom = _for_whom(actor, record) if is_open and not mine else None
    return Row(
        item_id=record.id,
        case_id=record.case_id,
        number=record.number,
        name=Text(record.name_zh, record.name_en),
        estate=estate_name(record),
        severity=severity_of(reader.catalogue, record.version_id, record.graded),
        emergency=record.urgent,
        round=record.round,
        status=record.status,
        due_at=record.due_at,
        warn_at=record.warn_at,
        opened_at=record.opened_at,
        ended_at=record.ended_at,
        holder_id=record.held_by,
        holder=record.holder_name,
        role=role_of(reader.catalogue, record.version_id, record.role),
        group=_group(record.due_at, reader) if is_open else "",
        key=key_of(record.ended_at if tab == DONE else record.due_at, record.id),
        provisional=is_open and bool(record.provisional),
        for_whom=stood_in.get(for_whom or ""),
        may_claim=is_open and bool(record.may_do) and (record.holder_id is None or record.holder_id in actor.principals),
        may_release=is_open and mine,
        may_delegate=is_open and (mine or _may_delegate(reader, actor, record)),
    )


def _for_whom(actor: Actor, record: Any) -> str | None:
    """The person who holds it, when the actor stands in for them; of what nobody holds, the one whose role it asks for."""
    if record.holder_id is not None:
        return record.holder_id if record.holder_id in actor.principals else None
    return actor.deputising(record.role, record.estate_id, record.department) if record.may_do and record.role else None


def _may_delegate(reader: Reader, actor: Actor, record: Any) -> bool:
    if record.version_id is None:
        return False
    return may_act(actor, reader.catalogue.get(record.version_id).procedure, "delegate", record.estate_id, record.department)


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
