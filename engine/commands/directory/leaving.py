"""Somebody leaves: they sign in no more, and what they hold goes to a colleague or back to the queue in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from engine.commands.access import sessions
from engine.commands.context import Handler, Procedures
from engine.commands.directory.changes import note_all, require_administrator, require_row
from engine.commands.session import permits, sentences
from engine.commands.work import Delegate, Release, delegate, release
from engine.domain.actor import SYSTEM, Actor
from engine.domain.events import DirectoryChanged
from engine.domain.text import Text
from engine.errors import InvalidState, InvalidValues
from engine.storage import tables as t
from engine.storage.work import Work

NOT_ONESELF = Text("不能停用自己。请另一位管理员来做。", "Nobody can deactivate themselves: ask another administrator.")
NO_SUCCESSOR = Text("没有这位在岗同事。", "There is no such active colleague.")


@dataclass(frozen=True, slots=True)
class Deactivate:
    """Without a successor every task held goes back to the queue; with one, each that they may do is handed to them."""

    person_id: str
    reason: str
    successor_id: str | None = None


@dataclass(frozen=True, slots=True)
class Reactivate:
    """The person may sign in again, with the roles they had."""

    person_id: str


@dataclass(frozen=True, slots=True)
class Left:
    """How many tasks were handed on, and how many went back to the queue."""

    handed: int
    released: int


def deactivate(command: Deactivate, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Left:
    """InvalidValues without a reason or for a successor who is not active; InvalidState for oneself."""
    require_administrator(actor)
    require_row(work, t.person, command.person_id)
    reason = permits.require_words("reason", command.reason, reason=True)
    if command.person_id == actor.person_id:
        raise InvalidState(NOT_ONESELF)
    _require_successor(work, command)
    left = _hand_over(work, procedures, command, actor, reason)
    work.batch.update(t.person, (command.person_id,), {"active": False})
    sessions.end_all(work, command.person_id)
    content = {"successor": command.successor_id, "handed": left.handed, "released": left.released}
    changes = [DirectoryChanged(t.person.name, command.person_id, "deactivated", {k: v for k, v in content.items() if v})]
    note_all(work, "directory_person", [*changes, *_end_duty(work, command.person_id, now)], {"reason": reason})
    return left


def reactivate(command: Reactivate, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """NotFound for an unknown person."""
    require_administrator(actor)
    require_row(work, t.person, command.person_id)
    work.batch.update(t.person, (command.person_id,), {"active": True})
    note_all(work, "directory_person", [DirectoryChanged(t.person.name, command.person_id, "reactivated")])


def _require_successor(work: Work, command: Deactivate) -> None:
    if command.successor_id is None:
        return
    active = sa.select(t.person.c.id).where(t.person.c.id == command.successor_id, t.person.c.active)
    if command.successor_id == command.person_id or work.connection.execute(active).first() is None:
        raise InvalidValues(sentences.FORM_REFUSED, {"successor_id": NO_SUCCESSOR})


def _hand_over(work: Work, procedures: Procedures, command: Deactivate, actor: Actor, reason: str) -> Left:
    """Each task through its own door; an administrator needs no role for this, and the journal names who did it."""
    held = _held(work, command.person_id)
    work.act_for(SYSTEM)
    handed = 0
    for item in held:
        if command.successor_id and _may_take(work, command.successor_id, item):
            delegate.handle(Delegate(item.id, command.successor_id, reason), work, procedures, SYSTEM, work.now)
            handed += 1
        else:
            release.handle(Release(item.id), work, procedures, SYSTEM, work.now)
        # The next task may be of the same case, which is read anew.
        work.flush()
    work.act_for(actor)
    return Left(handed, len(held) - handed)


def _may_take(work: Work, person_id: str, item: Any) -> bool:
    """A colleague of another estate does not get it, nor one who did an earlier step and is kept out of this one."""
    return f",{person_id}," not in item.excluded and delegate.works_there(work, person_id, item.estate_id)


def _held(work: Work, person_id: str) -> list[Any]:
    item = t.work_item.c
    query = sa.select(item.id, item.excluded, item.estate_id).where(item.holder_id == person_id, item.status == "open")
    return list(work.connection.execute(query.order_by(item.case_id, item.id)))


def _end_duty(work: Work, person_id: str, now: datetime) -> list[DirectoryChanged]:
    """An emergency must not call somebody who has left."""
    duty = t.duty.c
    query = sa.select(duty.id, duty.starts_at).where(duty.person_id == person_id, duty.ends_at > now)
    rows = work.connection.execute(query).all()
    for row in rows:
        work.batch.update(t.duty, (row.id,), {"ends_at": max(row.starts_at, now)})
    return [DirectoryChanged(t.duty.name, row.id, "ended") for row in rows]


HANDLERS: dict[type, Handler] = {Deactivate: deactivate, Reactivate: reactivate}
