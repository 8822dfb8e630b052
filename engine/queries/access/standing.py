"""How it stands with somebody's way in: which sessions count, and whether the password has to be changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.storage.tables import credential, ended_session, person

if TYPE_CHECKING:
    from engine.queries.reader import Reader


@dataclass(frozen=True, slots=True)
class Standing:
    """Sessions of an older ``epoch`` have ended, and so has this one when ``ended``; ``demo`` people belong to demonstrations."""

    epoch: int
    must_change: bool
    demo: bool
    ended: bool


def standing(reader: Reader, actor: Actor | None, person_id: str, session_id: str = "") -> Standing | None:
    """None for somebody unknown or no longer active; asked before it is known who acts."""
    joined = person.outerjoin(credential, credential.c.person_id == person.c.id)
    ended = sa.exists().where(ended_session.c.id == session_id)
    query = sa.select(person.c.session_epoch, credential.c.must_change, person.c.demo, ended).select_from(joined)
    row = reader.connection.execute(query.where(person.c.id == person_id, person.c.active)).first()
    return Standing(row[0], bool(row[1]), row[2], row[3]) if row else None
