"""Pass over the step that failed: the task is waived, and the case goes on without it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.commands.incidents.opening import open_parked, resolve
from engine.commands.receipt import Receipt
from engine.commands.session import permits
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import InvalidState
from engine.storage import tables as t
from engine.storage.work import Work

RESOLUTION = "skip"
NO_TASK = Text(
    "出故障的不是一项还开着的任务，不能免办。", "What failed is not a task that is still open, so there is nothing to waive."
)


@dataclass(frozen=True, slots=True)
class Skip:
    """The form's values stay empty; a reason is needed, as for every waiver."""

    incident_id: str
    reason: str


def handle(command: Skip, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """InvalidState unless the fault was at a task that is still open."""
    parked = open_parked(work, procedures, command.incident_id)
    session, item_id = parked.case, str(parked.row["subject_id"])
    permits.require_running(session)
    item = t.work_item.c
    query = sa.select(item.name_zh, item.name_en).where(item.id == item_id, item.status == "open")
    name = work.connection.execute(query).first()
    if name is None:
        raise InvalidState(NO_TASK)
    resolve(parked, RESOLUTION, command.reason)
    session.instance.skip(item_id, actor.person_id)
    return session.finish(f"{RESOLUTION}_incident", Text(f"已免去“{name.name_zh}”。", f"“{name.name_en}” was waived."))
