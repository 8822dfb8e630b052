"""Record a complaint: the case gets its number and version, and its first task is done with what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.commands.context import Procedures
from engine.commands.intake import earlier, new_case
from engine.commands.receipt import Receipt
from engine.commands.session import CaseSession, sentences
from engine.commands.session.answers import Answers, keep_submission, read_answers
from engine.commands.session.lookups import unknown_references
from engine.domain.actor import Actor
from engine.domain.values import Value
from engine.errors import InvalidValues, Misconfigured
from engine.storage.work import Work

ACTION = "register"


@dataclass(frozen=True, slots=True)
class Register:
    """``answers`` are the fields of the intake form, typed or as a browser posts them; a ``request_id`` is carried out once.

    ``linked_id`` is an earlier case of the same matter, ``event_id`` the case that leads, or is to lead, the event of which the
    complaint is a part.
    """

    estate_id: str
    answers: Mapping[str, Any]
    request_id: str
    household_id: str | None = None
    linked_id: str | None = None
    event_id: str | None = None


def handle(command: Register, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """Forbidden without the action ``register`` in the estate; InvalidValues names every field to correct.

    NotFound for an earlier case that the actor may not read; InvalidState for an event that can no longer be joined.
    """
    published = procedures.catalogue.intake(now)
    procedure = published.procedure
    session = new_case.open_new(work, procedures, published, command.estate_id)
    # Before anything asks for the facts: the earlier case counts from the first step on.
    earlier.link(session, command.linked_id)
    answers = read_answers(session, procedure.form_of(procedure.intake.task), command.answers, {})
    new_case.heard_now_unless_told(session, answers)
    extra = _household(session, command, answers)
    if answers.plain.get(procedure.register.get("emergency", "")):
        extra |= new_case.emergency_values(published, now, procedures.zone)
    extra |= earlier.taken_over(session, command.event_id)
    new_case.start(session, answers, extra)
    item = next((item for item in session.instance.open_items if item.element_id == procedure.intake.task), None)
    if item is None:
        raise Misconfigured(new_case.NO_INTAKE)
    keep_submission(session, item.id, item.element_id, item.round, answers, command.request_id)
    session.instance.complete(item.id, {**answers.known, **extra}, actor.person_id)
    return session.finish(ACTION, new_case.registered(session))


def _household(session: CaseSession, command: Register, answers: Answers) -> dict[str, Value]:
    # Only the reference to the directory goes along with the case; who lives there stays in the directory.
    procedure = session.published.procedure
    key = procedure.register.get("household")
    household_id = command.household_id or answers.personal.get(key or "")
    if not key or not household_id:
        return {}
    wrong = unknown_references(session.work.connection, procedure, {key: household_id}, command.estate_id)
    if wrong:
        raise InvalidValues(sentences.FORM_REFUSED, wrong)
    return {key: household_id}
