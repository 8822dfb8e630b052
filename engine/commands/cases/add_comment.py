"""A note for colleagues on a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from engine.commands.cases.open_case import open_running
from engine.commands.context import Procedures
from engine.commands.receipt import Receipt
from engine.commands.session import CaseSession, permits
from engine.domain import events as ev
from engine.domain.actor import Actor
from engine.domain.messages import Kind
from engine.domain.text import Text
from engine.storage import tables as t
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
    _tell_colleagues(session)
    return session.finish("add_comment", Text("备注已记下。", "The note is kept."))


def _tell_colleagues(session: CaseSession) -> None:
    """Whoever has an open task of the case in hand, and whoever follows it, reads it soon."""
    watcher = t.watcher.c
    watching = session.work.connection.execute(sa.select(watcher.person_id).where(watcher.case_id == session.case_id))
    holding = {item["holder_id"] for item in session.items.values()}
    number, name = session.entry["number"], session.actor.name
    text = Text(f"{number}：{name}写了一条备注。", f"{number}: {name} has added a note.")
    for person in sorted(({*watching.scalars(), *holding}) - {None, session.actor.person_id}):
        session.notices_to(person, text, kind=Kind.COMMENT)
