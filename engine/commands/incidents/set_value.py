"""Give the case the value that was missing, then give the command that failed again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.commands.context import Procedures
from engine.commands.incidents.opening import open_parked, resolve
from engine.commands.incidents.repeating import SAID, Handlers, repeat, typed_in
from engine.commands.receipt import Receipt
from engine.commands.session import CaseSession, permits, sentences
from engine.commands.session.lookups import unknown_references
from engine.domain import events as ev
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import InvalidValues
from engine.procedure import Field
from engine.procedure.forms.component import Component
from engine.procedure.forms.typed import Refused, typed
from engine.storage.work import Work

RESOLUTION = "set_value"
#: Types of fields whose value one line can say.
SETTABLE = frozenset(
    {"text", "longtext", "number", "money", "date", "datetime", "time", "boolean", "choice", "choices", "person", "department"}
)
NO_SUCH_FIELD = Text("这一项不能在这里补填。", "This field cannot be set here.")


@dataclass(frozen=True, slots=True)
class SetValue:
    """``value`` is typed, or as a browser posts it; empty takes the value away."""

    incident_id: str
    field: str
    value: Any
    reason: str


def handle(handlers: Handlers, command: SetValue, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """InvalidValues for a field that is personal or unknown and for a value it cannot take; else as ``Retry``."""
    parked = open_parked(work, procedures, command.incident_id)
    session, kept = parked.case, typed_in(parked)
    permits.require_running(session)
    value = _read(session, command)
    resolve(parked, RESOLUTION, command.reason)
    session.events.append(ev.EntryCorrected(command.field, session.instance.values.get(command.field), value))
    session.set_values({command.field: value})
    session.finish(f"{RESOLUTION}_incident", SAID)
    return repeat(parked, kept, handlers)


def is_settable(field: Field | None) -> bool:
    """Whether an operator may set the field."""
    return field is not None and not field.personal and field.type in SETTABLE


def _read(session: CaseSession, command: SetValue) -> Value:
    procedure = session.published.procedure
    field = procedure.vocabulary.get(command.field)
    if field is None or not is_settable(field):
        raise InvalidValues(sentences.FORM_REFUSED, {"field": NO_SUCH_FIELD})
    drawn = Component("", field.key, field.key, field.label, choices=field.choices, minimum=field.minimum, maximum=field.maximum)
    try:
        value = typed(drawn, field, command.value, session.procedures.zone)
    except Refused as problem:
        raise InvalidValues(sentences.FORM_REFUSED, {"value": problem.text}) from problem
    unknown = unknown_references(session.work.connection, procedure, {field.key: value}, session.entry["estate_id"])
    if unknown:
        raise InvalidValues(sentences.FORM_REFUSED, {"value": unknown[field.key]})
    return value
