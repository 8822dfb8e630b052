"""Put a recorded value right; the old one stays visible in the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.commands.cases.open_case import open_running
from engine.commands.context import Procedures
from engine.commands.receipt import Receipt
from engine.commands.session import CaseSession, permits, sentences
from engine.domain import events as ev
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import InvalidValues
from engine.procedure import Field
from engine.storage.payloads import latest
from engine.storage.work import Work

NO_SUCH_FIELD = Text("这一项不能更正。", "This entry cannot be corrected.")


@dataclass(frozen=True, slots=True)
class Correct:
    """``value`` is as a browser posts it, or typed; ``field`` is one of the intake form's."""

    case_id: str
    field: str
    value: Any
    reason: str


def handle(command: Correct, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """InvalidValues for a field that the intake form does not have, or a value that it would not take."""
    session = open_running(work, procedures, command.case_id, "correct")
    reason = permits.require_words("reason", command.reason, reason=True)
    field, value = _read(session, command)
    if field.personal:
        _correct_personal(session, field, value)
    else:
        session.events.append(ev.EntryCorrected(field.key, session.instance.values.get(field.key), value))
        session.set_values({field.key: value})
    session.personal["reason"] = reason
    return session.finish("correct", Text(f"“{field.label.zh}”已更正。", f"“{field.label.en}” is corrected."))


def _read(session: CaseSession, command: Correct) -> tuple[Field, Value]:
    procedure = session.published.procedure
    form = procedure.form_of(procedure.intake.task)
    field = procedure.vocabulary.get(command.field)
    if form is None or field is None or command.field not in form.keys:
        raise InvalidValues(sentences.FORM_REFUSED, {"field": NO_SUCH_FIELD})
    answer = form.read({command.field: command.value}, session.instance.values, zone=session.procedures.zone)
    # A list's faults are named by row and column.
    faults = [text for key, text in answer.errors.items() if key.partition("[")[0] == command.field]
    if faults:
        raise InvalidValues(sentences.FORM_REFUSED, {"value": faults[0]})
    return field, answer.values[command.field]


def _correct_personal(session: CaseSession, field: Field, value: Value) -> None:
    known = latest(session.work.connection, [session.case_id], [field.key]).get(session.case_id, {})
    session.personal["old"] = known.get(field.key)
    session.personal[field.key] = value
    session.events.append(ev.EntryCorrected(field.key))
    session.instance.set_values({field.key: None if value is None else True})
