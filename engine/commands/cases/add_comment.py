"""A note for colleagues on a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.cases.open_case import open_running
from engine.commands.context import Procedures
from engine.commands.receipt import Receipt
from engine.commands.session import permits
from engine.domain import events as ev
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.storage.work import Work


@dataclass(frozen=True, slots=True)
class AddComment:
    """The text may name people: it lies in the payload table."""

    case_id: str
    text: str


def handle(command: AddComment, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """InvalidValues for an empty or over-long text."""
    session = open_running(work, procedures, command.case_id, "comment")
    session.personal["comment"] = permits.require_words("text", command.text)
    session.events.append(ev.CommentAdded(actor.person_id))
    return session.finish("add_comment", Text("备注已记下。", "The note is kept."))
