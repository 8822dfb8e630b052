"""The red button: a place and one line, and the case exists with its ladder running; the rest of the form follows as a task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.commands.context import Procedures
from engine.commands.intake import new_case
from engine.commands.receipt import Receipt
from engine.commands.session.answers import keep_submission, read_answers
from engine.domain.actor import Actor
from engine.errors import Misconfigured
from engine.storage.work import Work

ACTION = "register_emergency"


@dataclass(frozen=True, slots=True)
class RegisterEmergency:
    """``answers`` are the fields of the short emergency form; a ``request_id`` is carried out once."""

    estate_id: str
    answers: Mapping[str, Any]
    request_id: str


def handle(command: RegisterEmergency, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """Forbidden without the action ``register`` in the estate; InvalidValues names every field to correct."""
    published = procedures.catalogue.intake(now)
    procedure = published.procedure
    form = procedure.forms.get(procedure.intake.emergency_form or "")
    if form is None:
        raise Misconfigured(new_case.NO_INTAKE)
    session = new_case.open_new(work, procedures, published, command.estate_id)
    answers = read_answers(session, form, command.answers, {})
    urgent = new_case.emergency_values(published, now, procedures.zone)
    new_case.start(session, answers, {**answers.known, **urgent})
    keep_submission(session, "", procedure.intake.task, 1, answers, command.request_id)
    return session.finish(ACTION, new_case.registered(session))
