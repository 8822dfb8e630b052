"""The common beginning of every work item command: find it, fire what is due, and ask the guards in their order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.commands.session import CaseSession, permits, sentences
from engine.errors import InvalidState
from engine.storage import tables as t
from engine.storage.work import Work

Row = Mapping[str, Any]


def open_item(work: Work, procedures: Procedures, item_id: str, action: str | None = None) -> tuple[CaseSession, Row]:
    """The case of an item that the actor may do, and use the action on, and that is still open after everything due has fired."""
    session, item = CaseSession.open_with_item(work, procedures, item_id)
    if not permits.may_do(work.actor, item):
        permits.require_reader(session, sentences.NO_SUCH_ITEM)
        permits.require_doer(session, item)
    if action is not None:
        permits.require_action(work.actor, session.published.procedure, action, item["estate_id"], item["department"])
    require_open(session, item)
    session.on_behalf_of = work.actor.deputising(item["role"], item["estate_id"], item["department"]) if item["role"] else None
    return session, item


def require_open(session: CaseSession, item: Row) -> None:
    """InvalidState when it was done before, or is taken away by a timer that is due now."""
    if item["status"] != "open":
        raise InvalidState(_why_closed(session, item))
    fired = session.fire_due()
    if fired and all(still.id != item["id"] for still in session.instance.open_items):
        raise InvalidState(sentences.moved_on(session.now, session.procedures.zone))


def _why_closed(session: CaseSession, item: Row) -> Any:
    zone = session.procedures.zone
    if item["ended_by"] is None:
        return sentences.moved_on(item["ended_at"], zone)
    return sentences.already(item["ended_at"], name_of(session.work, item["ended_by"]), zone)


def require_free(session: CaseSession, item: Row) -> None:
    """InvalidState when a colleague has claimed it."""
    if item["holder_id"] not in (None, session.actor.person_id):
        raise InvalidState(sentences.held_by(name_of(session.work, item["holder_id"])))


def name_of(work: Work, person_id: str) -> str:
    """A person's name, or the id of one who is not in the directory."""
    name = work.connection.execute(sa.select(t.person.c.name).where(t.person.c.id == person_id)).scalar()
    return str(name or person_id)
