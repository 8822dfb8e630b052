"""What happens to a case as a whole: registered, changed, migrated, in trouble, closed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.domain.events.base import Event


@dataclass(frozen=True, slots=True)
class CaseRegistered(Event):
    """A complaint got its number. ``version_id`` is None for a historic record."""

    case_id: str
    procedure_key: str
    estate_id: str
    series: str
    year: int
    serial: int
    number: str
    registered_at: datetime
    registered_by: str
    version_id: str | None = None
    source_key: str | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RegisterUpdated(Event):
    """Columns of the register that changed with the case's values."""

    changes: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CaseIndexed(Event):
    """Which payload fields of this entry feed which search index: ``phone``, ``name`` or ``text``."""

    indexes: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class ValuesChanged(Event):
    """Current values set by a script, a decision, a moment or a command; submissions are referred to, not copied."""

    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class StepTaken(Event):
    """The elements passed, in order, the table rows that decided, and the facts that the step saw."""

    passed: list[str]
    decisions: list[dict[str, Any]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PersonalDataErased(Event):
    """So many personal values of the case were erased, and can no longer be searched for; the payload ``reason`` says why."""

    count: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class IncidentParked(Event):
    """A command failed technically and waits, with what was typed, for an operator."""

    incident_id: str
    action: str
    element_id: str | None = None


@dataclass(frozen=True, slots=True)
class IncidentResolved(Event):
    """An operator dealt with a technical fault; ``resolution`` says how, the payload ``reason`` why."""

    incident_id: str
    resolution: str | None = None


@dataclass(frozen=True, slots=True)
class CaseMigrated(Event):
    """The case goes on under another version of its procedure; the payload ``reason`` says why."""

    from_version: str
    to_version: str
    from_number: int
    to_number: int


@dataclass(frozen=True, slots=True)
class CaseClosed(Event):
    """Every branch of the procedure has ended."""

    at: datetime


@dataclass(frozen=True, slots=True)
class DirectoryChanged(Event):
    """A row of the directory was added or changed by an administrator; personal content is not repeated."""

    table: str
    row_id: str
    change: str
    content: dict[str, Any] = field(default_factory=dict)
