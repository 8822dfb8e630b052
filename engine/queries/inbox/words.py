"""What was typed to narrow a list is read as the register reads it: a number, a room, a telephone, a name, or words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from engine.domain.actor import Actor
from engine.queries.register.lists import among
from engine.queries.register.searching import Beginning, find
from engine.storage.tables import register_entry, work_item

if TYPE_CHECKING:
    from engine.queries.reader import Reader

#: Of so many cases with a number that begins as typed, a list is made.
LISTED = 20_000


def narrowing(reader: Reader, actor: Actor, typed: str) -> Iterator[tuple[ColumnElement[bool], bool]]:
    """The condition that the words make, and whether it names few items one by one; none without words."""
    if not typed.strip():
        return
    found = find(reader, actor, typed)
    if found.few is not None or found.many is None:
        yield items_of(reader, actor, found.few or ()), True
    elif found.beginning is not None and _are_listed(reader, found.beginning):
        # Whether this list has any of them is not known: told from the others by a list of them, they cost little even if not.
        listed = found.beginning.listed(reader.dialect, register_entry.c.case_id)
        yield work_item.c.case_id.in_(listed).is_(sa.true()), False
    else:
        # Where many are meant, the next ones in the list's own order are soon found.
        yield sa.exists().where(register_entry.c.case_id == work_item.c.case_id, found.many), False


def _are_listed(reader: Reader, beginning: Beginning) -> bool:
    """Whether a number begins so in many cases, but not in so many that the next one is never far."""
    some = sa.select(register_entry.c.number).where(beginning.holds).limit(LISTED + 1).subquery()
    return int(reader.connection.execute(sa.select(sa.func.count()).select_from(some)).scalar_one()) <= LISTED


def items_of(reader: Reader, actor: Actor, case_ids: Collection[str]) -> ColumnElement[bool]:
    """The items of few cases by their own ids, whoever asks: a condition, for a list that holds only what may be read."""
    items = sa.select(work_item.c.id).where(among(reader.dialect, work_item.c.case_id, case_ids))
    return among(reader.dialect, work_item.c.id, list(reader.connection.execute(items).scalars()))
