"""Send a work item back to the department that passed it on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Procedures
from engine.commands.receipt import Receipt
from engine.commands.session import permits
from engine.commands.work.items import open_item, require_free
from engine.commands.work.pass_on import move
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import InvalidState
from engine.storage.work import Work

NOWHERE = Text("没有部门把它转给您，无处退回。", "No department passed it on to you, so there is nowhere to send it back to.")


@dataclass(frozen=True, slots=True)
class SendBack:
    """Counted like every passing-on."""

    item_id: str
    reason: str


def handle(command: SendBack, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """InvalidState when nobody passed it on."""
    session, item = open_item(work, procedures, command.item_id, "pass_on")
    require_free(session, item)
    if item["previous_department"] is None:
        raise InvalidState(NOWHERE)
    session.personal["reason"] = permits.require_words("reason", command.reason, reason=True)
    move(session, item, item["previous_department"], back=True)
    return session.finish("send_back", Text("已退回。", "Sent back."))
