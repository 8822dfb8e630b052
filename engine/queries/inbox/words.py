"""What was typed to narrow a list is read as the register reads it: a number, a room, a telephone, a name, or words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from engine.domain.actor import Actor
from engine.queries.register.searching import find
from engine.storage.tables import register_entry, work_item

if TYPE_CHECKING:
    from engine.queries.reader import Reader


def narrowing(reader: Reader, actor: Actor, typed: str) -> Iterator[tuple[ColumnElement[bool], bool]]:
    """The condition that the words make, and whether it names few items one by one; none without words."""
    if not typed.strip():
        return
    found = find(reader, actor, typed)
    if found.few is not None or found.many is None:
        yield items_of(reader, actor, found.few or ()), True
    else:
        # Where many are meant, the next ones in the list's own order are soon found.
        yield sa.exists().where(register_entry.c.case_id == work_item.c.case_id, found.many), False


def items_of(reader: Reader, actor: Actor, case_ids: Collection[str]) -> ColumnElement[bool]:
    """The items of few cases by their own ids, whoever asks: a condition, for a list that holds only what may be read."""
    items = sa.select(work_item.c.id).where(work_item.c.case_id.in_(case_ids))
    return work_item.c.id.in_(list(reader.connection.execute(items).scalars()))
