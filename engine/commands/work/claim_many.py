"""Take several work items at once: those that can be had, with a word about each of the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.commands.session import CaseSession, permits, sentences
from engine.commands.work.claim import SAID, take
from engine.commands.work.items import Row, require_open
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import Incident, InvalidState, InvalidValues, Rejection
from engine.storage import tables as t
from engine.storage.work import Work

MOST = 100
NONE_CHOSEN = Text("请先勾选要认领的任务。", "Tick the tasks to claim first.")
TOO_MANY = Text(f"一次最多认领 {MOST} 项。", f"At most {MOST} tasks can be claimed at once.")


@dataclass(frozen=True, slots=True)
class ClaimMany:
    """The actor becomes the holder of each of these that ``Claim`` would give them; an id named twice is claimed once."""

    item_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotClaimed:
    """An item that could not be had, and why; without number and name when the actor may not know that there is one."""

    item_id: str
    why: Text
    number: str | None = None
    name: Text | None = None


@dataclass(slots=True)
class ManyClaimed:
    """The ids of the items that the actor holds now, and the others."""

    taken: list[str] = field(default_factory=list)
    refused: list[NotClaimed] = field(default_factory=list)


def handle(command: ClaimMany, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> ManyClaimed:
    """One refusal is part of the answer and spoils nothing else; InvalidValues for no item, or for too many."""
    wanted = dict.fromkeys(command.item_ids)
    if not wanted:
        raise InvalidValues(NONE_CHOSEN)
    if len(wanted) > MOST:
        raise InvalidValues(TOO_MANY)
    # Cases are opened in one order, whoever claims what: two people cannot wait for each other.
    item = t.work_item.c
    found = work.connection.execute(sa.select(item.case_id, item.id).where(item.id.in_(wanted)).order_by(item.case_id, item.id))
    done = ManyClaimed()
    for _, rows in groupby(found.all(), key=lambda row: row.case_id):
        _claim_of_case(work, procedures, [row.id for row in rows], done)
    known = {*done.taken, *(refused.item_id for refused in done.refused)}
    done.refused += [NotClaimed(item_id, sentences.NO_SUCH_ITEM) for item_id in wanted if item_id not in known]
    return done


def _claim_of_case(work: Work, procedures: Procedures, item_ids: list[str], done: ManyClaimed) -> None:
    session, first = CaseSession.open_with_item(work, procedures, item_ids[0])
    on_behalf: set[str | None] = set()
    items = (first, *_others(work, item_ids[1:]))
    try:
        session.fire_due()
    except Incident as incident:
        # Nothing of this case is written: its timers are the worker's, which also says what went wrong.
        done.refused += [_refused(session, item, incident.text) for item in items]
        return
    for item in items:
        try:
            _guard(session, item)
            take(session, item)
        except Rejection as refusal:
            done.refused.append(_refused(session, item, refusal.text))
        else:
            done.taken.append(item["id"])
            on_behalf.add(session.on_behalf_of)
    if session.events:
        session.on_behalf_of = None if None in on_behalf else next(iter(on_behalf))
        session.finish("claim", SAID)


def _others(work: Work, item_ids: list[str]) -> Iterable[Row]:
    # Read after the case was locked, so that they are what they are until this ends.
    if not item_ids:
        return ()
    query = sa.select(t.work_item).where(t.work_item.c.id.in_(item_ids)).order_by(t.work_item.c.id)
    return [dict(row) for row in work.connection.execute(query).mappings()]


def _guard(session: CaseSession, item: Row) -> None:
    if not permits.may_do(session.actor, item):
        permits.require_reader(session, sentences.NO_SUCH_ITEM)
        permits.require_doer(session, item)
    require_open(session, item)
    if session.stepped and all(still.id != item["id"] for still in session.instance.open_items):
        raise InvalidState(sentences.moved_on(session.now, session.procedures.zone))
    role, actor = item["role"], session.actor
    session.on_behalf_of = actor.deputising(role, item["estate_id"], item["department"]) if role else None


def _refused(session: CaseSession, item: Row, why: Text) -> NotClaimed:
    if not (permits.may_do(session.actor, item) or permits.may_read(session)):
        return NotClaimed(item["id"], sentences.NO_SUCH_ITEM)
    return NotClaimed(item["id"], why, str(session.entry["number"]), Text(item["name_zh"], item["name_en"]))
