"""What every page says until it is read: the newest urgent message, and how many more there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.storage.tables import notification

if TYPE_CHECKING:
    from engine.queries.reader import Reader


@dataclass(frozen=True, slots=True)
class Pressing:
    """An urgent message that its reader has not read."""

    id: str
    text: Text


def pressing(reader: Reader, actor: Actor) -> Pressing | None:
    """The actor's newest one; asked only where the count says that there is any."""
    row = notification.c
    query = sa.select(row.id, row.text_zh, row.text_en).where(row.person_id == actor.person_id, row.urgent, row.read_at.is_(None))
    found = reader.connection.execute(query.order_by(row.at.desc(), row.id.desc()).limit(1)).first()
    return Pressing(found.id, Text(found.text_zh, found.text_en)) if found else None
