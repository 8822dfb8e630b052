"""The complainant called again: counted, because raising a matter several times makes it graver."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.cases.open_case import open_running
from engine.commands.context import Procedures
from engine.commands.receipt import Receipt
from engine.commands.session import permits
from engine.domain import events as ev
from engine.domain.actor import Actor
from engine.domain.ids import new_id
from engine.domain.text import Text
from engine.storage.work import Work


@dataclass(frozen=True, slots=True)
class LogContact:
    """What was said this time."""

    case_id: str
    text: str


def handle(command: LogContact, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """InvalidValues for an empty or over-long text."""
    session = open_running(work, procedures, command.case_id, "log_contact")
    words = permits.require_words("text", command.text)
    session.personal["contact"] = words
    count = int(session.entry["contact_count"]) + 1
    session.changes["contact_count"] = count
    session.events.append(ev.ContactLogged(new_id(now), actor.person_id, now))
    return session.finish("log_contact", Text(f"已记下第 {count} 次来电。", f"Contact number {count} is kept."))
