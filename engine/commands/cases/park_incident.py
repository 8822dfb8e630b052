"""A step failed technically: it was undone, and what the person typed is parked for an operator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.commands.context import Procedures
from engine.domain.actor import Actor
from engine.domain.ids import new_id
from engine.domain.text import Text
from engine.storage import tables as t
from engine.storage.work import Work


@dataclass(frozen=True, slots=True)
class ParkIncident:
    """Given by dispatch after a rollback."""

    case_id: str
    element_id: str | None
    text: Text
    action: str
    answers: Mapping[str, Any]


def handle(command: ParkIncident, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The incident's id."""
    typed = {
        key: [str(part) for part in value] if isinstance(value, (list, tuple)) else str(value)
        for key, value in command.answers.items()
    }
    refs = work.seal("incident", command.case_id, {"typed": typed}) if typed else {}
    incident_id = new_id(now)
    row = {
        "id": incident_id,
        "case_id": command.case_id,
        "element_id": command.element_id,
        "text_zh": command.text.zh,
        "text_en": command.text.en,
        "action": command.action,
        "payload_id": refs["typed"][0] if refs else None,
        "person_id": actor.person_id,
        "at": now,
    }
    work.batch.insert(t.incident, row)
    return incident_id
