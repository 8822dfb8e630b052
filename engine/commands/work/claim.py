"""Take a work item out of the queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Procedures
from engine.commands.receipt import Receipt
from engine.commands.work.items import open_item, require_free
from engine.domain import events as ev
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.storage.work import Work

SAID = Text("已领取。", "Claimed.")


@dataclass(frozen=True, slots=True)
class Claim:
    """The actor becomes the holder; claiming what one holds changes nothing."""

    item_id: str


def handle(command: Claim, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """InvalidState when a colleague holds it."""
    session, item = open_item(work, procedures, command.item_id)
    require_free(session, item)
    if item["holder_id"] == actor.person_id:
        return Receipt(session.case_id, session.entry["number"], SAID)
    session.events.append(ev.WorkItemClaimed(item["id"], actor.person_id))
    return session.finish("claim", SAID)
