"""Pass over a step, by somebody entitled to, with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Procedures
from engine.commands.receipt import Receipt
from engine.commands.session import CaseSession, permits, sentences
from engine.commands.work.items import require_open
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.storage.work import Work


@dataclass(frozen=True, slots=True)
class Waive:
    """The form's values stay empty and the case goes on."""

    item_id: str
    reason: str


def handle(command: Waive, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """Forbidden without the action ``waive``."""
    session, item = CaseSession.open_with_item(work, procedures, command.item_id)
    permits.require_reader(session, sentences.NO_SUCH_ITEM)
    procedure = session.published.procedure
    session.on_behalf_of = permits.require_action(actor, procedure, "waive", item["estate_id"], item["department"])
    require_open(session, item)
    session.personal["reason"] = permits.require_words("reason", command.reason, reason=True)
    session.instance.skip(item["id"], actor.person_id)
    return session.finish("waive", Text(f"已免去“{item['name_zh']}”。", f"“{item['name_en']}” was waived."))
