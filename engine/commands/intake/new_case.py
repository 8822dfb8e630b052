"""The common part of registering: the version in force, the next number, and the rows of a new case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from engine.catalogue import Published
from engine.commands.context import Procedures
from engine.commands.session import CaseSession, Place, permits
from engine.commands.session.answers import Answers
from engine.domain import events as ev
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import NotFound
from engine.procedure import evaluate_all
from engine.storage import tables as t
from engine.storage.work import Work
from engine.workflow import Instance

NO_ESTATE = Text("没有这个小区。请重新选择。", "There is no such estate. Choose again.")
NO_INTAKE = Text(
    "规程没有说明投诉从哪张表开始。请联系规程负责人。",
    "The procedure does not say how a complaint begins. Ask the process owner.",
)
SERIES = "current"
#: The one moment, beside first hearing, that the engine itself sets; a procedure that counts from it names it so.
REGISTERED_AT = "registered_at"


def open_new(work: Work, procedures: Procedures, published: Published, estate_id: str) -> CaseSession:
    """A session for a case that does not exist yet, with its number taken."""
    on_behalf_of = permits.require_action(work.actor, published.procedure, "register", estate_id)
    code = work.connection.execute(sa.select(t.estate.c.code).where(t.estate.c.id == estate_id, t.estate.c.active)).scalar()
    if code is None:
        raise NotFound(NO_ESTATE)
    session = CaseSession.new(work, procedures, published, Place(estate_id, code, SERIES))
    session.on_behalf_of = on_behalf_of
    session.events.append(ev.WatcherAdded(work.actor.person_id))
    return session


def heard_now_unless_told(session: CaseSession, answers: Answers) -> None:
    """Every clock starts at first hearing: without another moment on the form, that is now."""
    key = session.published.procedure.register.get("heard_at")
    if key in answers.plain and answers.plain[key] is None:
        answers.plain[key] = session.now


def start(session: CaseSession, answers: Answers, extra: Mapping[str, Value]) -> None:
    """Start the procedure with what is known from the first moment on."""
    procedure, now = session.published.procedure, session.now
    kept = {key: value for key, value in answers.plain.items() if value is not None and procedure.vocabulary[key].keep}
    moments = {key: now for key in (procedure.register.get("heard_at", ""), REGISTERED_AT) if key in procedure.moments}
    given = {key: value for key, value in extra.items() if value is not None}
    values = {**moments, **kept, **given}
    session.events.append(ev.ValuesChanged(values))
    session.instance = Instance.start(session.published.model, session.occasion, values, {})


def emergency_values(published: Published, now: datetime, zone: ZoneInfo) -> dict[str, Value]:
    """What the procedure sets when a case is urgent from the start."""
    return evaluate_all(published.procedure.intake.emergency_sets, {}, now, zone)


def registered(session: CaseSession) -> Text:
    """The sentence that says so."""
    number = session.entry["number"]
    return Text(f"已登记，编号 {number}。", f"Registered as {number}.")
