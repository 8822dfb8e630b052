"""What happens to the work items of a case."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from engine.domain.events.base import Event


@dataclass(frozen=True, slots=True)
class WorkItemOpened(Event):
    """Somebody has something to do."""

    item_id: str
    element_id: str
    name_zh: str
    name_en: str
    round: int
    opened_at: datetime
    form: str | None = None
    role: str | None = None
    department: str | None = None
    assignee_id: str | None = None
    excluded: list[str] = field(default_factory=list)
    due_at: datetime | None = None
    due_key: str | None = None
    warn_at: datetime | None = None
    severity: str | None = None
    emergency: bool = False


@dataclass(frozen=True, slots=True)
class WorkItemClaimed(Event):
    """A person took it out of the queue."""

    item_id: str
    holder_id: str


@dataclass(frozen=True, slots=True)
class WorkItemReleased(Event):
    """It went back to the queue."""

    item_id: str


@dataclass(frozen=True, slots=True)
class WorkItemDelegated(Event):
    """It was handed to a named person."""

    item_id: str
    person_id: str


@dataclass(frozen=True, slots=True)
class WorkItemExclusionWaived(Event):
    """A person who was kept out of the step may do it after all; ``excluded`` are those still kept out."""

    item_id: str
    person_id: str
    excluded: list[str]


@dataclass(frozen=True, slots=True)
class WorkItemPassedOn(Event):
    """It moved to another department; ``back`` when it returned to where it came from. Passing on is counted."""

    item_id: str
    to_department: str | None = None
    from_department: str | None = None
    back: bool = False


@dataclass(frozen=True, slots=True)
class WorkItemCompleted(Event):
    """It was done, with a submission."""

    item_id: str
    element_id: str
    by: str
    at: datetime
    submission_id: str | None = None
    submission_digest: str | None = None


@dataclass(frozen=True, slots=True)
class WorkItemWaived(Event):
    """It was passed over by somebody entitled to, with a reason."""

    item_id: str
    element_id: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WorkItemCancelled(Event):
    """The case moved on without it."""

    item_id: str
    element_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WorkItemDueMoved(Event):
    """Its deadline changed, because a run opened, stopped or was recomputed."""

    item_id: str
    due_at: datetime | None = None
    due_key: str | None = None
    warn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WorkItemRedrawn(Event):
    """An open item is called, and done by, what another version says."""

    item_id: str
    name_zh: str
    name_en: str
    role: str | None = None
    form: str | None = None
