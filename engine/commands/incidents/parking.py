"""What is kept of a command that failed technically, and the same command made again from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

from engine.commands import cases
from engine.commands.cases import ParkIncident
from engine.domain.codec import dumps
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import Incident, InvalidState

#: What the incident's row says already.
_IN_THE_ROW = ("item_id", "case_id", "estate_id")
_LONGEST_ID = 64
NOT_REPEATABLE = Text(
    "这一步不能代为重试。请原来办理的人重新提交，再把故障标为已处理。",
    "This step cannot be repeated from here. Ask the person to do it again, then dismiss the incident.",
)


def parked(command: Any, incident: Incident, case_id: str | None) -> ParkIncident | None:
    """The command that parks it; None for what leaves nothing to mend: it has neither a case nor an estate."""
    if hasattr(command, "incident_id"):
        return ParkIncident(incident.text, incident.element_id, type(command).__name__, {}, incident_id=command.incident_id)
    estate_id, subject_id = getattr(command, "estate_id", None), getattr(command, "item_id", None)
    if case_id is None:
        if estate_id is None or not hasattr(command, "request_id"):
            return None
        subject_id = command.request_id[:_LONGEST_ID] or None
    return ParkIncident(
        incident.text, incident.element_id, type(command).__name__, typed_of(command), case_id, estate_id, subject_id
    )


def typed_of(command: Any) -> dict[str, Value]:
    """The command's own words; files are not kept."""
    given = {field.name: getattr(command, field.name) for field in fields(command) if field.name not in _IN_THE_ROW}
    plain = {name: dict(value) if isinstance(value, Mapping) else value for name, value in given.items()}
    return {name: value for name, value in plain.items() if _is_value(value)}


def _is_value(value: Any) -> bool:
    try:
        dumps(value)
    except TypeError:
        return False
    return True


def made_again(row: Mapping[str, Any], typed: Mapping[str, Value] | None, kinds: Mapping[str, type]) -> Any:
    """The command of an incident's row; InvalidState when it cannot be given a second time."""
    kind = kinds.get(str(row["action"]))
    if kind is None or not is_dataclass(kind):
        raise InvalidState(NOT_REPEATABLE)
    names = {field.name: field.default is MISSING for field in fields(kind)}
    given = {"item_id": row["subject_id"], "case_id": row["case_id"], "estate_id": row["estate_id"], **(typed or {})}
    if any(needed and given.get(name) is None for name, needed in names.items()):
        raise InvalidState(NOT_REPEATABLE)
    return kind(**{name: given[name] for name in names if name in given})


def is_repeatable(row: Mapping[str, Any]) -> bool:
    """Whether an operator may be offered to repeat it."""
    return row["action"] == cases.FireTimers.__name__ or row["payload_id"] is not None or row["subject_id"] is not None
