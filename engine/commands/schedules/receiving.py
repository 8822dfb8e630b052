"""A recipient confirms that a report has come, or a colleague does for one who has no account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.commands.receipt import Receipt
from engine.commands.session import CaseSession, permits
from engine.domain.actor import Actor
from engine.domain.report_events import ReportReceived
from engine.domain.text import Text
from engine.errors import Forbidden, InvalidState, NotFound
from engine.storage import tables as t
from engine.storage.work import Work

#: The action of procedure.yaml that says who confirms for recipients without an account.
ACTION = "confirm_receipt"
_NONE = Text("没有这张回执。", "There is no such receipt.")
_NOT_YOURS = Text("只有收件人本人可以签收。", "Only the recipient may confirm it.")
_BEFORE = Text("这份报告已签收。", "The receipt was confirmed before.")
SAID = Text("已签收。", "Receipt confirmed.")


@dataclass(frozen=True, slots=True)
class ConfirmReceipt:
    """One recipient's receipt of one report."""

    receipt_id: str


def handle(command: ConfirmReceipt, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """Forbidden for whoever is not the recipient; what is handed over on paper is confirmed by those with the action."""
    row = work.connection.execute(sa.select(t.receipt).where(t.receipt.c.id == command.receipt_id)).first()
    if row is None:
        raise NotFound(_NONE)
    session = CaseSession.open(work, procedures, row.case_id)
    if row.person_id is None:
        procedure, estate_id = session.published.procedure, str(session.entry["estate_id"])
        session.on_behalf_of = permits.require_action(actor, procedure, ACTION, estate_id)
    elif row.person_id != actor.person_id:
        permits.require_reader(session, _NONE)
        raise Forbidden(_NOT_YOURS)
    if row.confirmed_at is not None:
        raise InvalidState(_BEFORE)
    session.events.append(ReportReceived(row.id, actor.person_id, now))
    return session.finish("confirm_receipt", SAID)
