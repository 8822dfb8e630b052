"""The files that somebody had made of the register: nobody else sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import NotFound
from engine.storage.tables import export

if TYPE_CHECKING:
    from engine.queries.reader import Reader

_NO_SUCH = Text("没有这份导出，或者它不是您的。", "There is no such export, or it is not yours.")
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Export:
    """``state`` is waiting, running, done, cancelled, failed or gone; ``until`` says how long the file can be had."""

    id: str
    format: str
    state: str
    rows_done: int
    rows_total: int | None
    size: int | None
    requested_at: datetime
    finished_at: datetime | None
    until: datetime | None
    file_name: str

    @property
    def under_way(self) -> bool:
        """Whether there is something to wait for."""
        return self.state in ("waiting", "running")

    @property
    def percent(self) -> int:
        """How far it is."""
        return self.rows_done * 100 // self.rows_total if self.rows_total else 0


def exports(reader: Reader, actor: Actor) -> tuple[Export, ...]:
    """The actor's latest, newest first."""
    query = (
        sa.select(export).where(export.c.person_id == actor.person_id).order_by(export.c.requested_at.desc(), export.c.id.desc())
    )
    return tuple(map(_export, reader.connection.execute(query.limit(_SHOWN))))


def export_of(reader: Reader, actor: Actor, export_id: str) -> Export:
    """One of the actor's; NotFound for anybody else's."""
    query = sa.select(export).where(export.c.id == export_id, export.c.person_id == actor.person_id)
    row = reader.connection.execute(query).first()
    if row is None:
        raise NotFound(_NO_SUCH)
    return _export(row)


def _export(row: Any) -> Export:
    return Export(
        id=row.id,
        format=row.format,
        state=row.state,
        rows_done=row.rows_done,
        rows_total=row.rows_total,
        size=row.size,
        requested_at=row.requested_at,
        finished_at=row.finished_at,
        until=row.next_at if row.state == "done" else None,
        file_name=f"{row.id}-{row.attempts}.{row.format}",
    )
