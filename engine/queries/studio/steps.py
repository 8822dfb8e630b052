"""What can be taken back, or made again, in a file of a draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.queries.procedure.drafts import draft_row
from engine.storage.tables import draft_step, person

if TYPE_CHECKING:
    from engine.queries.reader import Reader


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a file: who made it, and when it began."""

    who: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Steps:
    """The change that UndoFile takes back and the one that RedoFile makes again, and how many there are of each."""

    undo: Step | None
    redo: Step | None
    done: int
    undone: int


def steps(reader: Reader, actor: Actor, draft_id: str, path: str) -> Steps:
    """Of one file; NotFound when there is no such draft, Forbidden for those who may not change it."""
    draft_row(reader, actor, draft_id)
    column = draft_step.c
    query = sa.select(column.undone, person.c.name, column.at).outerjoin(person, person.c.id == column.person_id)
    query = query.where(column.draft_id == draft_id, column.path == path).order_by(column.seq)
    rows = list(reader.connection.execute(query))
    done = [Step(name, at) for undone, name, at in rows if not undone]
    undone = [Step(name, at) for gone, name, at in rows if gone]
    return Steps(done[-1] if done else None, undone[0] if undone else None, len(done), len(undone))
