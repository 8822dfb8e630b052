"""How it stands with somebody's way in: who that is, which sessions count, and whether the password has to be changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.storage.actors import actor_in, asking
from engine.storage.tables import credential, ended_session, person

if TYPE_CHECKING:
    from engine.queries.reader import Reader


@dataclass(frozen=True, slots=True)
class Standing:
    """Sessions of an older ``epoch`` have ended, and so has this one when ``ended``; ``demo`` people belong to demonstrations."""

    actor: Actor
    epoch: int
    must_change: bool
    demo: bool
    ended: bool


def standing(reader: Reader, actor: Actor | None, person_id: str, session_id: str = "") -> Standing | None:
    """None for somebody unknown or no longer active; asked before it is known who acts."""
    ended = sa.exists().where(ended_session.c.id == session_id).label("ended")
    joined = person.outerjoin(credential, credential.c.person_id == person.c.id)
    rows = reader.connection.execute(asking(person_id, reader.now, credential.c.must_change, ended, joined=joined)).all()
    found = actor_in(rows)
    if found is None:
        return None
    row = rows[0]
    return Standing(found, row.session_epoch, bool(row.must_change), row.demo, bool(row.ended))
