"""Give a claimed work item back to the queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Procedures
from engine.commands.receipt import Receipt
from engine.commands.session import permits
from engine.commands.work.items import open_item, require_free
from engine.domain import events as ev
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import Forbidden
from engine.storage.work import Work

SAID = Text("已放回,同岗位的同事都可以领取。", "Released: colleagues of the role can take it.")


@dataclass(frozen=True, slots=True)
class Release:
    """Only the holder releases, or somebody who may delegate."""

    item_id: str


def handle(command: Release, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """InvalidState when a colleague holds it and the actor may not delegate."""
    session, item = open_item(work, procedures, command.item_id)
    try:
        permits.require_action(actor, session.published.procedure, "delegate", item["estate_id"], item["department"])
    except Forbidden:
        require_free(session, item)
    session.events.append(ev.WorkItemReleased(item["id"]))
    return session.finish("release", SAID)
