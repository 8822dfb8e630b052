"""Actions that the procedure waits for as messages: flagged urgent later, withdrawn, review requested."""

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


@dataclass(frozen=True, slots=True)
class FlagUrgent:
    """The ladder of notices begins now."""

    case_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The complainant takes the complaint back."""

    case_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class RequestReview:
    """The complainant asks that the handling be looked at again."""

    case_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class RaiseObjection:
    """The complainant does not accept the result, within the window for it."""

    case_id: str
    reason: str


#: The procedure's own action behind each command, and what the person is told.
_ACTIONS: dict[type, tuple[str, Text]] = {
    FlagUrgent: ("flag_later", Text("已标为紧急，请立即通知。", "Flagged as urgent: notify now.")),
    Withdraw: ("withdraw", Text("已记下撤回，等待确认。", "The withdrawal is recorded and waits to be confirmed.")),
    RequestReview: ("request_review", Text("已申请复查。", "The review is requested.")),
    RaiseObjection: ("raise_objection", Text("已记下异议，重新办理。", "The objection is recorded; the case is handled again.")),
}


def handle(
    command: FlagUrgent | Withdraw | RequestReview | RaiseObjection,
    work: Work,
    procedures: Procedures,
    actor: Actor,
    now: datetime,
) -> Receipt:
    """InvalidState when the procedure does not wait for this now."""
    action, said = _ACTIONS[type(command)]
    session = open_running(work, procedures, command.case_id, action)
    rule = session.published.procedure.actions[action]
    if not rule.message or not session.instance.waits_for(rule.message):
        raise InvalidState(NOT_NOW)
    _require_change(session, action)
    session.personal["reason"] = permits.require_words("reason", command.reason, reason=True)
    session.events.append(ev.ActionTaken(action))
    _set_values(session, action)
    session.instance.deliver(rule.message)
    return session.finish(action, said)


def _require_change(session: CaseSession, action: str) -> None:
    # A flag that is up already cannot be put up again: its branch of the procedure has begun.
    flags = {key: value for key, value in _sets(session, action).items() if value is True}
    if flags and all(session.instance.values.get(key) is True for key in flags):
        raise InvalidState(NOT_NOW)


def _set_values(session: CaseSession, action: str) -> None:
    values = _sets(session, action)
    if values:
        session.set_values(values)


def _sets(session: CaseSession, action: str) -> dict[str, Value]:
    sets = session.published.procedure.actions[action].sets
    return evaluate_all(sets, session.instance.values, session.now, session.procedures.zone)
