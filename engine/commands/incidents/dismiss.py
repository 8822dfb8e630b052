"""Close an incident that nothing more is to be done about; what was typed for a task goes back to its person as a draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.commands.incidents.opening import Parked, open_parked, resolve
from engine.commands.incidents.repeating import typed_in
from engine.commands.receipt import Receipt
from engine.domain.actor import Actor
from engine.domain.ids import new_id
from engine.domain.text import Text
from engine.errors import InvalidState
from engine.storage import tables as t
from engine.storage.work import Work

RESOLUTION = "dismiss"
SAID = Text("故障已标为处理完毕。", "The incident is closed.")


@dataclass(frozen=True, slots=True)
class Dismiss:
    """A reason is needed."""

    incident_id: str
    reason: str


def handle(command: Dismiss, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """The case itself is left as it stands; its timers fire again."""
    parked = open_parked(work, procedures, command.incident_id)
    _give_back(parked)
    resolve(parked, RESOLUTION, command.reason)
    if parked.session is not None:
        return parked.session.finish(f"{RESOLUTION}_incident", SAID)
    return Receipt("", "", SAID)


def _give_back(parked: Parked) -> None:
    row, work = parked.row, parked.work
    item = t.work_item
    query = sa.select(item.c.element_id, item.c.form).where(item.c.id == row["subject_id"], item.c.status == "open")
    there = work.connection.execute(query).first() if row["case_id"] else None
    answers = _answers(parked) if there else None
    mine = (t.draft.c.item_id == row["subject_id"]) & (t.draft.c.person_id == row["person_id"])
    if there is None or not answers or work.connection.execute(sa.select(t.draft.c.id).where(mine)).first():
        return
    refs = work.seal("draft", row["case_id"], {"draft": answers})
    work.batch.insert(
        t.draft,
        {
            "id": new_id(work.now),
            "case_id": row["case_id"],
            "item_id": row["subject_id"],
            "element_id": there.element_id,
            "form": there.form or "",
            "person_id": row["person_id"],
            "payload_id": refs["draft"][0],
            "saved_at": work.now,
            "unfinished": False,
        },
    )


def _answers(parked: Parked) -> Any:
    try:
        return typed_in(parked).get("answers")
    except InvalidState:
        return None
