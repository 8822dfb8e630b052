"""Erase what a case tells of a person: values, salts and files go, the digests stay, and so the journal still verifies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.commands.documents.forgetting import forget_issued
from engine.commands.receipt import Receipt
from engine.commands.session import CaseSession, permits
from engine.domain import events as ev
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import Forbidden
from engine.storage import tables as t
from engine.storage.work import Work

ADMINISTRATORS_ONLY = Text("只有管理员可以删除个人信息。", "Only administrators may erase personal data.")
SAID = Text("个人信息已删除，办理经过仍可查验。", "The personal data is erased; what was done can still be verified.")


@dataclass(frozen=True, slots=True)
class ErasePersonalData:
    """Everything personal of a case, running, closed or historic; the reason itself is kept."""

    case_id: str
    reason: str


def handle(command: ErasePersonalData, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Receipt:
    """Forbidden for everybody but administrators; erasing again erases what has come in since."""
    session = CaseSession.open(work, procedures, command.case_id)
    if not (actor.administrator or actor.system):
        permits.require_reader(session)
        raise Forbidden(ADMINISTRATORS_ONLY)
    reason = permits.require_words("reason", command.reason, reason=True)
    for digest in {*_files_of_this_case_alone(session), *forget_issued(session)}:
        work.afterwards.append(partial(procedures.files.remove, digest))
    session.events.append(ev.PersonalDataErased(_erase(session), actor.person_id, now))
    _forget_household(session)
    session.personal["reason"] = reason
    return session.finish("erase_personal_data", SAID)


def _erase(session: CaseSession) -> int:
    mine = t.payload.c.stream_id == session.case_id
    session.work.connection.execute(sa.delete(t.draft).where(t.draft.c.case_id == session.case_id))
    statement = sa.update(t.payload).where(mine, t.payload.c.erased_at.is_(None))
    return session.work.connection.execute(statement.values(value=None, salt=None, erased_at=session.now)).rowcount


def _files_of_this_case_alone(session: CaseSession) -> list[str]:
    """The files that no other case shows; a file whose name is erased is shown by its case no more."""
    mine, other, name = t.attachment, t.attachment.alias("other"), t.payload.c
    shown = sa.select(other.c.id).join(t.payload, name.id == other.c.name_payload_id)
    shown = shown.where(other.c.sha256 == mine.c.sha256, other.c.case_id != session.case_id, name.erased_at.is_(None))
    query = sa.select(mine.c.sha256).distinct().where(mine.c.case_id == session.case_id, ~shown.exists())
    return list(session.work.connection.execute(query).scalars())


def _forget_household(session: CaseSession) -> None:
    running = session.case["version_id"] is not None and not session.case["closed"]
    key = session.published.procedure.register.get("household") if running else None
    if key:
        session.set_values({key: None})
    elif session.entry["household_id"]:
        session.changes["household_id"] = None
