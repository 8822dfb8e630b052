"""Raise how grave a case is; the procedure reacts to the changed value, and nothing done so far is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.cases.act import settings
from engine.commands.cases.open_case import open_running
from engine.commands.context import Procedures
from engine.commands.receipt import Receipt
from engine.commands.session import CaseSession, permits, sentences
from engine.domain import events as ev
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import InvalidValues
from engine.storage.work import Work

ACTION = "raise_severity"
NOT_HIGHER = Text("只能提高。请选择更高的等级。", "It can only be raised. Choose a graver level.")


@dataclass(frozen=True, slots=True)
class Raise:
    """``value`` is a choice of the action's field, graver than the present one."""

    case_id: str
    value: str
    reason: str


def handle(command: Raise, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """InvalidValues for a level that is unknown or not graver."""
    session = open_running(work, procedures, command.case_id, ACTION)
    rule = session.published.procedure.actions[ACTION]
    _require_graver(session, str(rule.field), command.value)
    session.personal["reason"] = permits.require_words("reason", command.reason, reason=True)
    session.events.append(ev.ActionTaken(ACTION))
    session.set_values({**settings(session, ACTION), str(rule.field): command.value})
    label = next(
        choice.label
        for choice in session.published.procedure.vocabulary[str(rule.field)].choices
        if choice.value == command.value
    )
    return session.finish(ACTION, Text(f"已提高为{label.zh}。", f"Raised to {label.en}."))


def _require_graver(session: CaseSession, field: str, value: str) -> None:
    order = [choice.value for choice in session.published.procedure.vocabulary[field].choices]
    present = session.instance.values.get(field)
    if value not in order or (present in order and order.index(value) <= order.index(present)):
        raise InvalidValues(sentences.FORM_REFUSED, {"value": NOT_HIGHER})
