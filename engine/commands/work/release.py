"""Give a claimed work item back to the queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Procedures
from engine.commands.receipt import Receipt
from engine.commands.session import CaseSession, permits, sentences
from engine.commands.work.items import require_free, require_open
from engine.domain import events as ev
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.storage.work import Work

SAID = Text("已放回，同岗位的同事都可以领取。", "Released: colleagues of the role can take it.")


@dataclass(frozen=True, slots=True)
class Release:
    """Only the holder releases, or somebody who may delegate."""

    item_id: str


def handle(command: Release, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """InvalidState when a colleague holds it and the actor may not delegate; releasing what nobody holds changes nothing."""
    session, item = CaseSession.open_with_item(work, procedures, command.item_id)
    permits.require_reader(session, sentences.NO_SUCH_ITEM)
    may_delegate = permits.may_use(actor, session.published.procedure, "delegate", item["estate_id"], item["department"])
    if not may_delegate:
        permits.require_doer(session, item)
    require_open(session, item)
    if not may_delegate:
        require_free(session, item)
    if item["holder_id"] is None and item["assignee_id"] is None:
        return Receipt(session.case_id, session.entry["number"], SAID)
    session.events.append(ev.WorkItemReleased(item["id"]))
    return session.finish("release", SAID)
