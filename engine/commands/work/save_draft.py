"""Keep what was typed into a form that is not finished; also when its task is gone, on the task that took its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.commands.receipt import Receipt
from engine.commands.session import CaseSession, drafts, permits, sentences
from engine.commands.work.items import Row, open_item
from engine.domain.actor import Actor
from engine.domain.ids import new_id
from engine.domain.text import Text
from engine.storage import tables as t
from engine.storage.work import Work

SAID = Text("草稿已保存。", "The draft is saved.")


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """``answers`` are kept as typed, without being checked; one draft an item and person."""

    item_id: str
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KeepDraft:
    """Rescue what was typed for an item that is no longer open."""

    item_id: str
    answers: Mapping[str, Any]


def handle_save(command: SaveDraft, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """A draft is no event of the case: nothing is journaled, and it goes when the item is done."""
    session, item = open_item(work, procedures, command.item_id)
    _write(session, item, item["id"], command.answers)
    return Receipt(session.case_id, session.entry["number"], SAID)


def handle_keep(command: KeepDraft, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """Fires what is due first, then looks for the successor: the same element, else the same form, else none."""
    session, item = CaseSession.open_with_item(work, procedures, command.item_id)
    permits.require_reader(session, sentences.NO_SUCH_ITEM)
    if item["status"] == "done" and item["ended_by"] == actor.person_id:
        # A double click: what was typed has been submitted already.
        return Receipt(session.case_id, session.entry["number"], SAID)
    receipt = (
        session.finish("fire_timers", SAID) if session.fire_due() else Receipt(session.case_id, session.entry["number"], SAID)
    )
    _write(session, item, drafts.successor(session, item["element_id"], item["form"]), command.answers)
    return receipt


def _write(session: CaseSession, item: Row, to: str | None, answers: Mapping[str, Any]) -> None:
    refs = session.work.seal("draft", session.case_id, {"draft": {key: _as_typed(value) for key, value in answers.items()}})
    mine = t.draft.c.item_id.in_([item["id"], to or item["id"]]) & (t.draft.c.person_id == session.actor.person_id)
    old = sa.select(t.draft.c.payload_id).where(mine)
    session.work.connection.execute(sa.delete(t.payload).where(t.payload.c.id.in_(old), t.payload.c.stream_kind == "draft"))
    session.work.connection.execute(sa.delete(t.draft).where(mine))
    session.work.batch.insert(
        t.draft,
        {
            "id": new_id(session.now),
            "case_id": session.case_id,
            "item_id": to or item["id"],
            "element_id": item["element_id"],
            "form": item["form"] or "",
            "person_id": session.actor.person_id,
            "payload_id": refs["draft"][0],
            "saved_at": session.now,
            "unfinished": to is None,
        },
    )


def _as_typed(value: Any) -> Any:
    return [str(part) for part in value] if isinstance(value, (list, tuple)) else str(value)
