"""The common beginning and end of what operators do with an incident: find it, ask the guards, and say that it is dealt with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.commands.session import CaseSession, permits
from engine.domain import events as ev
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import InvalidState, NotFound
from engine.procedure import Procedure
from engine.storage import tables as t
from engine.storage.journal import head_of
from engine.storage.work import Work

#: What befell before there was a case is told in the journal of the company.
COMPANY = ("administration", "company")
NO_SUCH_INCIDENT = Text(
    "没有这条故障，或者它不归您处理。请回到运行管理。",
    "There is no such incident, or it is not yours to deal with. Go back to operations.",
)
RESOLVED = Text("这条故障已经处理过了。", "This incident has been dealt with already.")
NEEDS_A_CASE = Text("还没有登记成投诉，这里只能重试或作废。", "There is no case yet: this one can only be retried or dismissed.")


@dataclass(frozen=True, slots=True)
class Parked:
    """An open incident whose operator has been recognised, with its case where there is one."""

    work: Work
    procedures: Procedures
    row: Mapping[str, Any]
    session: CaseSession | None

    @property
    def id(self) -> str:
        """The incident's id."""
        return str(self.row["id"])

    @property
    def case(self) -> CaseSession:
        """The case; InvalidState when the fault came before there was one."""
        if self.session is None:
            raise InvalidState(NEEDS_A_CASE)
        return self.session

    @property
    def number(self) -> str:
        """The case's number, or nothing."""
        return str(self.session.entry["number"]) if self.session else ""


def operates(actor: Actor, procedure: Procedure, estate_id: str) -> bool:
    """Whether the actor deals with faults there: administrators, and who owns the procedure in the estate."""
    return actor.system or actor.administrator or actor.holds(procedure.owner, estate_id)


def represented(actor: Actor, procedure: Procedure, estate_id: str) -> str | None:
    """The owner for whom the actor deputises here."""
    return None if actor.system or actor.administrator else actor.deputising(procedure.owner, estate_id)


def open_parked(work: Work, procedures: Procedures, incident_id: str) -> Parked:
    """NotFound for other people, InvalidState when somebody has dealt with it."""
    query = sa.select(t.incident).where(t.incident.c.id == incident_id, t.incident.c.version_id.is_not(None))
    found = work.connection.execute(query).mappings().first()
    row = dict(found) if found else None
    if row is None or not operates(work.actor, procedures.catalogue.get(row["version_id"]).procedure, row["estate_id"]):
        raise NotFound(NO_SUCH_INCIDENT)
    session = CaseSession.open(work, procedures, row["case_id"]) if row["case_id"] else None
    if session is not None:
        session.on_behalf_of = represented(work.actor, session.published.procedure, row["estate_id"])
    if row["resolved_at"] is not None:
        raise InvalidState(RESOLVED)
    return Parked(work, procedures, row, session)


def resolve(parked: Parked, resolution: str, reason: str, *, words_needed: bool = True) -> None:
    """Note in row and events how it was dealt with and why; InvalidState when somebody was faster."""
    work, session = parked.work, parked.session
    said = permits.require_words("reason", reason, reason=True) if words_needed or reason.strip() else ""
    row = t.incident
    done = sa.update(row).where(row.c.id == parked.id, row.c.resolved_at.is_(None))
    changes = {"resolved_at": work.now, "resolved_by": work.actor.person_id, "resolution": resolution, "payload_id": None}
    if work.connection.execute(done.values(**changes)).rowcount != 1:
        raise InvalidState(RESOLVED)
    work.connection.execute(sa.delete(t.payload).where(t.payload.c.id == (parked.row["payload_id"] or "")))
    event = ev.IncidentResolved(parked.id, resolution)
    if session is not None:
        session.events.append(event)
        session.personal |= {"reason": said} if said else {}
        return
    refs = work.seal(COMPANY[0], COMPANY[1], {"reason": said}) if said else {}
    work.record(head_of(work.connection, *COMPANY), COMPANY, f"{resolution}_incident", [event], personal=refs)
