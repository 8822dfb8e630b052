"""Take a work item out of the queue, or out of the hands of somebody for whom one stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Procedures
from engine.commands.receipt import Receipt
from engine.commands.session import CaseSession
from engine.commands.work.items import Row, open_item, require_free
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
    """InvalidState when a colleague holds it for whom the actor does not stand in."""
    session, item = open_item(work, procedures, command.item_id)
    if not take(session, item):
        return Receipt(session.case_id, session.entry["number"], SAID)
    return session.finish("claim", SAID)


def take(session: CaseSession, item: Row) -> bool:
    """Put an item that the actor may do into their hands; False when it is there already."""
    holder, actor = item["holder_id"], session.actor
    if holder in actor.principals:
        session.on_behalf_of = holder
    else:
        require_free(session, item)
    if holder == actor.person_id:
        return False
    session.events.append(ev.WorkItemClaimed(item["id"], actor.person_id))
    return True
