"""Say that two cases have to do with each other; linked cases count as raising the matter again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from engine.commands.cases.open_case import open_readable, open_running
from engine.commands.context import Procedures
from engine.commands.receipt import Receipt
from engine.commands.session import permits, sentences
from engine.domain import events as ev
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import InvalidValues, NotFound
from engine.storage import tables as t
from engine.storage.work import Work

NO_SUCH_NUMBER = Text("没有这个编号的投诉，或者您无权查看。", "There is no case of that number, or you may not see it.")


@dataclass(frozen=True, slots=True)
class Link:
    """``other_number`` is a register number as people write it."""

    case_id: str
    other_number: str
    reason: str


def handle(command: Link, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """InvalidValues for a number that is unknown, hidden from the actor, or the case's own."""
    session = open_running(work, procedures, command.case_id, "link")
    number = command.other_number.strip()
    other_id = work.connection.execute(sa.select(t.register_entry.c.case_id).where(t.register_entry.c.number == number)).scalar()
    if other_id is None or other_id == command.case_id or not _readable(work, procedures, other_id):
        raise InvalidValues(sentences.FORM_REFUSED, {"other_number": NO_SUCH_NUMBER})
    session.personal["reason"] = permits.require_words("reason", command.reason, reason=True)
    session.events.append(ev.CaseLinked(other_id, number, "related", now))
    return session.finish("link", Text(f"已与 {number} 关联。", f"Linked to {number}."))


def _readable(work: Work, procedures: Procedures, case_id: str) -> bool:
    try:
        open_readable(work, procedures, case_id)
    except NotFound:
        return False
    return True
