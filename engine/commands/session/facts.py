"""What a step reads beside the case itself: its open items and the facts, in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain import events as ev
from engine.domain.actor import COMPANY
from engine.domain.codec import loads
from engine.domain.messages import Kind
from engine.domain.values import Value
from engine.storage import tables as t
from engine.storage.incidents import clock_in_doubt

if TYPE_CHECKING:
    from engine.commands.session.case_session import CaseSession

Row = Mapping[str, Any]
_PART, _LINE = ":", ","
_CASE: sa.BindParameter[str] = sa.bindparam("case_id")
_ITEM = tuple(column.name for column in t.work_item.columns)
#: How many columns stand before the lists and those of the open item.
_BESIDES = 7
_SLOT = "\n"


@dataclass(frozen=True, slots=True)
class Known:
    """The facts of a case, its open items by id, and how many drafts may have to follow their task.

    ``clock_in_doubt`` says that nothing may fire. ``lists`` are the personal lists that the form of the item at hand goes on
    with: a browser sends back only what it lets people write of a row. ``staff`` is who holds which role in the estate
    (role, department, person), read ahead because most steps have somebody to tell; ``told_of_tasks`` are those of them who
    asked to hear of new tasks.
    ``slots`` names the timer in each slot of the case, a free slot's as the empty text.
    """

    facts: dict[str, Value]
    items: dict[str, Row]
    calendar_revision: int
    drafts: int
    clock_in_doubt: bool
    lists: dict[str, Value]
    staff: list[tuple[str, str, str]]
    told_of_tasks: frozenset[str]
    slots: dict[int, str]


def read_known(session: CaseSession) -> Known:
    """How often the complainant came back, how many cases are linked, how often the case was passed on, and what is open."""
    asked = {
        "case_id": session.case_id,
        "estate_id": session.entry["estate_id"],
        "item_id": session.item_id or "",
        "person_id": session.actor.person_id,
        "since": session.now - timedelta(days=session.facts_within_days),
    }
    lists = session.lists_shown
    rows = session.work.connection.execute(_question(lists), asked).all()
    doubt, staff, timers, contacts, links, drafts, revision = rows[0][:_BESIDES]
    at_items = _BESIDES + len(lists)
    found = {key: loads(text) for key, text in zip(lists, rows[0][_BESIDES:at_items], strict=True) if text is not None}
    items: dict[str, Row] = {row.id: dict(zip(_ITEM, row[at_items:], strict=True)) for row in rows if row.id is not None}
    lines = [line.split(_PART) for line in (staff or "").split(_LINE) if line]
    known = [(role, department, person) for role, department, person, _ in lines]
    told = frozenset(person for _, _, person, asked in lines if asked)
    slots = dict(_slot(line) for line in (timers or "").split(_SLOT) if line)
    return Known(_facts(session, contacts, links), items, revision, drafts, bool(doubt), found, known, told, slots)


def _facts(session: CaseSession, contacts: int, links: int) -> dict[str, Value]:
    # A case that is being recorded is linked already, though nothing of that stands in a table yet.
    links += sum(isinstance(event, ev.CaseLinked) for event in session.events)
    return {
        "contact_count": Decimal(contacts),
        "linked_count": Decimal(links),
        "raised_count": Decimal(1 + contacts + links),
        "passing_on_count": Decimal(int(session.entry["passing_on_count"])),
    }


@cache
def _question(lists: tuple[str, ...]) -> sa.Select[Any]:
    """Made once: putting the statement together costs more than asking it."""
    item = t.work_item.c
    once = sa.select(sa.literal(1).label("one")).subquery()
    joined = once.outerjoin(t.work_item, (item.case_id == _CASE) & (item.status == "open"))
    besides = (clock_in_doubt().label("doubt"), _staff().label("staff"), _slots().label("timers"))
    shown = [_latest(key).label(f"list_{at}") for at, key in enumerate(lists)]
    return sa.select(*besides, *_counts(), *shown, t.work_item).select_from(joined)


def _counts() -> list[sa.Label[int]]:
    def count(table: sa.Table, *where: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
        return sa.select(sa.func.count()).select_from(table).where(table.c.case_id == _CASE, *where).scalar_subquery()

    since = sa.bindparam("since", type_=t.contact.c.at.type)
    revision = sa.select(sa.func.coalesce(sa.func.max(t.calendar_day.c.revision), 0)).scalar_subquery()
    return [
        count(t.contact, t.contact.c.at >= since).label("contacts"),
        count(t.case_link, t.case_link.c.at >= since).label("links"),
        count(t.draft, _may_move()).label("drafts"),
        revision.label("revision"),
    ]


def _latest(field: str) -> sa.ScalarSelect[str]:
    row = t.payload.c
    query = sa.select(row.value).where(row.stream_id == _CASE, row.field == field, row.value.is_not(None))
    return query.order_by(row.id.desc()).limit(1).scalar_subquery()


def _may_move() -> sa.ColumnElement[bool]:
    # One's own draft of the item at hand is submitted with it, and those of items that ended before stay where they are.
    draft = t.draft.c
    still_open = sa.select(t.work_item.c.id).where(t.work_item.c.case_id == _CASE, t.work_item.c.status == "open")
    own = (draft.item_id == sa.bindparam("item_id")) & (draft.person_id == sa.bindparam("person_id"))
    return sa.and_(sa.not_(own), sa.or_(draft.unfinished, draft.item_id.in_(still_open)))


def _staff() -> sa.ColumnElement[Any]:
    held = t.role_grant.c
    told = sa.case((t.message_choice.c.wanted, "1"), else_="")
    line = held.role + _PART + sa.func.coalesce(held.department, "") + _PART + held.person_id + _PART + told
    query = sa.select(sa.func.aggregate_strings(line, _LINE)).join(t.person, t.person.c.id == held.person_id)
    query = query.outerjoin(t.message_choice, _asks_for_tasks(held.person_id))
    place: sa.BindParameter[str] = sa.bindparam("estate_id")
    here = sa.or_(held.estate_id.is_(None), held.estate_id == place, place == COMPANY)
    return query.where(t.person.c.active, here).scalar_subquery()


def _slots() -> sa.ColumnElement[Any]:
    line = sa.cast(t.timer.c.slot, sa.String) + _PART + sa.func.coalesce(t.timer.c.id, "")
    return sa.select(sa.func.aggregate_strings(line, _SLOT)).where(t.timer.c.case_id == _CASE).scalar_subquery()


def _slot(line: str) -> tuple[int, str]:
    slot, _, timer_id = line.partition(_PART)
    return int(slot), timer_id


def _asks_for_tasks(person_id: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    choice = t.message_choice.c
    return sa.and_(choice.person_id == person_id, choice.subject == "kind", choice.key == Kind.TASK)
