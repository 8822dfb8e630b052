"""What was typed to narrow a list is read as the register reads it: a number, a room, a telephone, a name, or words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from engine.domain.actor import Actor
from engine.queries.register.searching import find
from engine.storage.tables import register_entry, work_item

if TYPE_CHECKING:
    from engine.queries.reader import Reader


def narrowing(reader: Reader, actor: Actor, typed: str) -> Iterator[ColumnElement[bool]]:
    """The condition that the words make; none without words."""
    if not typed.strip():
        return
    found = find(reader, typed)
    if found.few is not None or found.many is None:
        # By their own ids: a database that is told the cases alone would rather go through the whole list in its order.
        items = sa.select(work_item.c.id).where(work_item.c.case_id.in_(found.few or ()))
        yield work_item.c.id.in_(list(reader.connection.execute(items).scalars()))
    else:
        # Where many are meant, the next ones in the list's own order are soon found.
        yield sa.exists().where(register_entry.c.case_id == work_item.c.case_id, found.many)
