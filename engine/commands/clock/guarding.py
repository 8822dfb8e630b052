"""A clock that jumped pauses all firing, because a false escalation cannot be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.domain.actor import Actor
from engine.domain.ids import new_id
from engine.domain.text import Text
from engine.errors import Forbidden
from engine.storage import tables as t
from engine.storage.incidents import CLOCK, clock_in_doubt
from engine.storage.work import Work

OPERATORS_ONLY = Text("只有管理员可以确认时钟。", "Only administrators may confirm the clock.")


@dataclass(frozen=True, slots=True)
class DoubtClock:
    """Given by a worker whose clocks disagree; ``text`` says how."""

    text: Text


@dataclass(frozen=True, slots=True)
class TrustClock:
    """Given by a worker after a minute of agreement, or by an operator who has looked at the clock: a lasting step is right."""


def handle_doubt(command: DoubtClock, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str | None:
    """The incident's id; None when the clock is in doubt already."""
    if work.connection.execute(sa.select(clock_in_doubt())).scalar():
        return None
    incident_id = new_id(now)
    row = {
        "id": incident_id,
        "text_zh": command.text.zh,
        "text_en": command.text.en,
        "action": CLOCK,
        "person_id": actor.person_id,
        "at": now,
        "last_at": now,
        "count": 1,
    }
    work.batch.insert(t.incident, row)
    return incident_id


def handle_trust(command: TrustClock, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> int:
    """How many doubts are settled by it; Forbidden for other people."""
    if not (actor.administrator or actor.system):
        raise Forbidden(OPERATORS_ONLY)
    open_doubts = sa.update(t.incident).where(t.incident.c.action == CLOCK, t.incident.c.resolved_at.is_(None))
    return work.connection.execute(open_doubts.values(resolved_at=now)).rowcount
