"""Sessions end before their time: one that is signed out, or all of a person's at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.domain.actor import Actor
from engine.storage import tables as t
from engine.storage.work import Work

#: Longer than any session lasts; after that its cookie is refused for its age.
_REMEMBERED = timedelta(days=400)
_LONGEST_ID = 64


@dataclass(frozen=True, slots=True)
class SignOut:
    """End one session, named by its id: a copy of its cookie is worth nothing from now on."""

    session_id: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignOutEverywhere:
    """End every session of the actor, on all machines."""


def handle_one(command: SignOut, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """Ending it twice is no fault."""
    work.batch.delete(t.ended_session, t.ended_session.c.ended_at < now - _REMEMBERED)
    work.batch.put(t.ended_session, {"id": command.session_id[:_LONGEST_ID], "ended_at": now})


def handle_all(command: SignOutEverywhere, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """The present session is among them."""
    end_all(work, actor.person_id)


def end_all(work: Work, person_id: str) -> None:
    """No session begun before counts any more."""
    epoch = t.person.c.session_epoch
    work.connection.execute(sa.update(t.person).where(t.person.c.id == person_id).values(session_epoch=epoch + 1))
