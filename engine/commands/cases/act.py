"""Actions that the procedure waits for as messages: whatever its ``procedure.yaml`` offers beside the tasks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.cases.open_case import open_running
from engine.commands.context import Procedures
from engine.commands.receipt import Receipt
from engine.commands.session import CaseSession, permits
from engine.domain import events as ev
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import InvalidState
from engine.procedure import evaluate_all
from engine.storage.work import Work

NOT_NOW = Text(
    "现在这个阶段不能这样操作，或者已经有一次在进行。", "This cannot be done at the present stage, or one is already under way."
)
SAID = Text("已记下。", "It is recorded.")


@dataclass(frozen=True, slots=True)
class Act:
    """``action`` is a key of the procedure's actions that has a message; the procedure goes on as its diagram says."""

    case_id: str
    action: str
    reason: str


def handle(command: Act, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """Forbidden for an action that is unknown or another's; InvalidState when the procedure does not wait for it now."""
    session = open_running(work, procedures, command.case_id, command.action)
    rule = session.published.procedure.actions[command.action]
    if not rule.message or not session.instance.waits_for(rule.message):
        raise InvalidState(NOT_NOW)
    values = settings(session, command.action)
    _require_change(session, values)
    session.personal["reason"] = permits.require_words("reason", command.reason, reason=True)
    session.events.append(ev.ActionTaken(command.action))
    if values:
        session.set_values(values)
    session.instance.deliver(rule.message)
    return session.finish(command.action, rule.said or SAID)


def settings(session: CaseSession, action: str) -> dict[str, Value]:
    """The values that an action sets, as things stand."""
    sets = session.published.procedure.actions[action].sets
    return evaluate_all(sets, session.instance.values, session.now, session.procedures.zone)


def _require_change(session: CaseSession, values: dict[str, Value]) -> None:
    # A flag that is up already cannot be put up again: its branch of the procedure has begun.
    flags = [key for key, value in values.items() if value is True]
    if flags and all(session.instance.values.get(key) is True for key in flags):
        raise InvalidState(NOT_NOW)
