"""Every clock of a case: what it asked, when it ran out or was kept, and how its due moment came about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.calendar import Derivation
from engine.domain.actor import Actor
from engine.domain.codec import loads
from engine.domain.text import Text
from engine.queries.case_file.head import Head
from engine.storage.tables import limit_run

if TYPE_CHECKING:
    from engine.queries.reader import Reader

RUNNING, OVERDUE, KEPT, BREACHED = "running", "overdue", "kept", "breached"


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a limit; ``state`` is one of running, overdue, kept and breached."""

    id: str
    key: str
    name: Text
    step: Text | None
    round: int
    state: str
    anchor: Text | None
    anchor_at: datetime
    due_at: datetime
    warn_at: datetime | None
    opened_at: datetime
    stopped_at: datetime | None
    explanation: Text | None
    clause: str | None


def runs(reader: Reader, actor: Actor, case: Head) -> tuple[Run, ...]:
    """All runs of a case that the actor was shown; those still running first, the nearest on top."""
    query = sa.select(limit_run).where(limit_run.c.case_id == case.case_id)
    rows = reader.connection.execute(query.order_by(limit_run.c.stopped_at.is_not(None), limit_run.c.due_at, limit_run.c.id))
    return tuple(_run(reader, case.procedure, row) for row in rows)


def _run(reader: Reader, procedure: Any, row: Any) -> Run:
    derivation = loads(row.derivation) or {}
    return Run(
        id=row.id,
        key=row.key,
        name=Text(row.name_zh, row.name_en),
        step=procedure.label(row.element_id) if row.element_id else None,
        round=row.round,
        state=_state(row, reader.now),
        anchor=_anchor(procedure, derivation.get("anchor_key")),
        anchor_at=row.anchor_at,
        due_at=row.due_at,
        warn_at=row.warn_at,
        opened_at=row.opened_at,
        stopped_at=row.stopped_at,
        explanation=Derivation.from_data(derivation).sentence() if "anchor" in derivation else None,
        clause=row.clause or None,
    )


def _state(row: Any, now: datetime) -> str:
    if row.stopped_at is None:
        return OVERDUE if row.due_at < now else RUNNING
    return BREACHED if row.breached_at is not None or row.stopped_at > row.due_at else KEPT


def _anchor(procedure: Any, key: Any) -> Text | None:
    named = procedure.moments.get(key) or procedure.vocabulary.get(key)
    return named.label if named else None
