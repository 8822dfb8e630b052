"""What a review does to the versions: it proposes the draft, has it signed part by part, or confirms what is in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa

from engine.commands.session import CaseSession
from engine.commands.versions import ProposeVersion, SignVersion, drafts, propose, record, sign, withdraw
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import Incident, InvalidState, InvalidValues
from engine.procedure import Bundle
from engine.procedure.check.manifest import PROPOSALS
from engine.procedure.exchange.signers import signatures_in
from engine.storage import tables as t
from engine.workflow.happenings import Called

_version = t.procedure_version.c
_NO_DRAFT = Text(
    "这份规程现在没有草稿。请先去修改规程，改好再提交这一步；不打算改了，也请在这里写明。",
    "There is no draft of this procedure. Edit the procedure first, then finish this task; or say here that nothing changes.",
)
_WHICH = Text("这份规程有几份草稿，请选提出哪一份。", "There are several drafts of this procedure: choose which is proposed.")
_NO_PROPOSAL = Text(
    "这次复审的提案已被收回，现在没有可签的。可以不签，并写明退回重拟还是不修订；起草人从草稿的“发布”页重新提出后也能再签。",
    "The proposal of this review was taken back, so there is nothing to sign. Decline, and say whether it is written anew or "
    "nothing changes; it can also be signed once its author proposes the draft again from its Publish page.",
)
_UNKNOWN = Text("没有这份规程，或它还没有生效。", "There is no such procedure, or it is not in force yet.")


def propose_version(session: CaseSession, called: Called) -> None:
    """Propose a draft of a procedure; with ``withdraw`` true, take the proposal back and make it a draft again.

    InvalidState where there is none, InvalidValues where there are several and none of them was chosen.
    """
    if called.parameters.get("withdraw") is True:
        _take_back(session)
        return
    key = str(called.parameters.get("procedure"))
    row = _draft(session, key, called.parameters.get("draft"))
    why = str(called.parameters.get("reason_zh") or "")
    # Who writes no English says it in Chinese alone, as on the studio's own page.
    reason = Text(why, str(called.parameters.get("reason_en") or why))
    effective = _moment(called.parameters.get("effective"), session)
    ask = called.parameters.get("ask_waiver") is True
    command = ProposeVersion(
        Bundle.from_bytes(row["bundle"]), reason, effective, row["base_number"], row["id"], session.case_id, ask
    )
    propose.handle(command, session.work, session.procedures, session.actor, session.now)


def _draft(session: CaseSession, key: str, wanted: Value) -> Mapping[str, Any]:
    """The one that was chosen, or with which the review began; with a single one nothing needs to be chosen."""
    draft = t.procedure_draft.c
    ids = session.work.connection.execute(sa.select(draft.id).where(draft.procedure_key == key)).scalars().all()
    if not ids:
        raise InvalidState(_NO_DRAFT)
    chosen = [one for one in ids if one == wanted] or ids
    if len(chosen) > 1:
        field = session.published.procedure.manifest.source.mapping(PROPOSALS).get("draft")
        raise InvalidValues(_WHICH, {str(field): _WHICH} if field else {})
    # Held from here on: what is saved into it meanwhile would go with it, unproposed.
    return drafts.locked(session.work, chosen[0])


def sign_version(session: CaseSession, called: Called) -> None:
    """Sign this review's proposal in a part, as the person who has just finished the task."""
    row, part = _proposal(session), str(called.parameters.get("part"))
    if any(one["part"] == part for one in signatures_in(row["signatures"])):
        # Signed on the console meanwhile: what the person wanted is done.
        return
    command = SignVersion(row["procedure_key"], row["number"], part)
    sign.handle(command, session.work, session.procedures, session.actor, session.now)


def confirm_version(session: CaseSession, called: Called) -> None:
    """Note that the version in force was reviewed and stays as it is."""
    key = str(called.parameters.get("procedure"))
    if key not in session.procedures.catalogue.keys_in_force(session.now):
        raise Incident(_UNKNOWN, called.element_id)
    number = session.procedures.catalogue.in_force(key, session.now).number
    row = record.version_row(session.work, key, number)
    record.note(session.work, row, "confirm_version", review=str(session.entry["number"]))


def _take_back(session: CaseSession) -> None:
    row = _open_proposal(session)
    if row is None:
        # Its owner has taken it back meanwhile: the files are a draft already.
        return
    record.require_open(row)
    # Whoever was to sign and did not want to has decided it; that needs no owner.
    withdraw.taken_back(session.work, row, row["proposed_by"], session.now)


def _proposal(session: CaseSession) -> Mapping[str, Any]:
    row = _open_proposal(session)
    if row is None:
        raise InvalidState(_NO_PROPOSAL)
    return row


def _open_proposal(session: CaseSession) -> Mapping[str, Any] | None:
    mine = (_version.review_case_id == session.case_id, _version.withdrawn_at.is_(None))
    query = sa.select(_version.procedure_key, _version.number).where(*mine).order_by(_version.number.desc())
    found = session.work.connection.execute(query.limit(1)).first()
    row = None if found is None else record.held_version(session.work, found.procedure_key, found.number)
    return row if row is not None and row["withdrawn_at"] is None else None


def _moment(value: Value, session: CaseSession) -> datetime:
    if isinstance(value, datetime):
        return value
    day = value if isinstance(value, date) else session.now.astimezone(session.procedures.zone).date()
    return datetime.combine(day, time(), session.procedures.zone)
