"""A step failed technically: it was undone, and what the person typed is parked for an operator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.commands.session import CaseSession
from engine.domain import events as ev
from engine.domain.actor import Actor
from engine.domain.ids import new_id
from engine.domain.text import Text
from engine.domain.values import Value
from engine.storage import tables as t
from engine.storage.work import Work

ACTION = "park_incident"
SAID = Text("已转运行管理处理。", "An operator will deal with it.")


@dataclass(frozen=True, slots=True)
class ParkIncident:
    """Given by dispatch after a rollback; ``typed`` is the command without the ids that the incident's row shows.

    ``subject_id`` is the work item, or the request of what has no case yet; ``incident_id`` an incident that failed again.
    """

    text: Text
    element_id: str | None
    action: str
    typed: Mapping[str, Value]
    case_id: str | None = None
    estate_id: str | None = None
    subject_id: str | None = None
    incident_id: str | None = None


def handle(command: ParkIncident, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The incident's id; the same command of the same person failing again is counted and adds no row."""
    session = CaseSession.open(work, procedures, command.case_id) if command.case_id else None
    known = _known(command, work)
    if known is not None:
        _count(command, work, known)
        return str(known.id)
    incident_id = new_id(now)
    row = {
        "id": incident_id,
        "case_id": command.case_id,
        "estate_id": session.entry["estate_id"] if session else command.estate_id,
        "version_id": session.case["version_id"] if session else _version_now(procedures, now),
        "subject_id": command.subject_id,
        "element_id": command.element_id,
        "text_zh": command.text.zh,
        "text_en": command.text.en,
        "action": command.action,
        "payload_id": _seal(command, work, incident_id),
        "person_id": actor.person_id,
        "at": now,
        "last_at": now,
        "count": 1,
    }
    work.batch.insert(t.incident, row)
    if session:
        session.events.append(ev.IncidentParked(incident_id, command.action, command.element_id))
        session.finish(ACTION, SAID)
    return incident_id


def _known(command: ParkIncident, work: Work) -> Any:
    row = t.incident.c
    query = sa.select(row.id, row.payload_id, row.case_id).where(row.resolved_at.is_(None))
    if command.incident_id:
        return work.connection.execute(query.where(row.id == command.incident_id)).first()
    if not (command.case_id or command.subject_id):
        return None
    same = (row.case_id == command.case_id, row.subject_id == command.subject_id, row.action == command.action)
    return work.connection.execute(query.where(*same, row.person_id == work.actor.person_id)).first()


def _count(command: ParkIncident, work: Work, known: Any) -> None:
    changes = {"text_zh": command.text.zh, "text_en": command.text.en, "element_id": command.element_id, "last_at": work.now}
    if not command.incident_id:
        # What was typed last is what the person wants.
        work.batch.delete(t.payload, t.payload.c.id == (known.payload_id or ""))
        changes["payload_id"] = _seal(command, work, known.id)
    counted = sa.update(t.incident).where(t.incident.c.id == known.id)
    work.connection.execute(counted.values(count=t.incident.c.count + 1, **changes))


def _seal(command: ParkIncident, work: Work, incident_id: str) -> str | None:
    if not command.typed:
        return None
    return work.seal("incident", command.case_id or incident_id, {"typed": dict(command.typed)})["typed"][0]


def _version_now(procedures: Procedures, now: datetime) -> str:
    return procedures.catalogue.intake(now).version_id
