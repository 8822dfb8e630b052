"""What can happen to a case; a journal entry is a list of these, and every projection is made from them.

An event carries all that its rows need and nothing personal: personal values lie in the payload table, and the entry names them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from engine.domain.codec import from_plain, to_plain


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events; ``to_data`` and ``from_data`` are exact opposites."""

    def to_data(self) -> dict[str, Any]:
        """JSON-able content with the type's name under ``type``."""
        named = ((item.name, getattr(self, item.name)) for item in fields(self))
        return {"type": type(self).__name__, **{name: _plain(value) for name, value in named if value is not None}}

    @staticmethod
    def from_data(data: dict[str, Any]) -> Event:
        """The event whose ``to_data`` this is."""
        kind = EVENTS[data["type"]]
        return kind(**{name: from_plain(value) for name, value in data.items() if name != "type"})


def _plain(value: Any) -> Any:
    # An event's own counters stay JSON integers: they are columns, not values of the case.
    return value if type(value) is int else to_plain(value)


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
class TimersReplaced(Event):
    """Moments for which the case now waits: id, kind, element_id, limit_key, due_at and interrupting of each.

    With ``slots``, numbers joined by commas, these alone change, timer by timer, and those beyond the timers get free; without,
    the timers are all there are, in the slots from 0, and there were ``before`` of them.
    """

    timers: list[dict[str, Any]]
    before: int = 0
    slots: str | None = None


@dataclass(frozen=True, slots=True)
class TimerFired(Event):
    """A timer event of the diagram happened."""

    element_id: str
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LimitOpened(Event):
    """A clock started; ``derivation`` explains the due moment."""

    run_id: str
    key: str
    round: int
    name_zh: str
    name_en: str
    anchor_at: datetime
    due_at: datetime
    opened_at: datetime
    derivation: dict[str, Any]
    warn_at: datetime | None = None
    element_id: str | None = None
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class LimitWarned(Event):
    """A clock is about to run out."""

    run_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LimitBreached(Event):
    """A clock ran out; happens once a run and is never taken back."""

    run_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LimitStopped(Event):
    """What the clock asked for was done."""

    run_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PeopleNotified(Event):
    """Messages for people: id, person_id, text_zh, text_en, urgent."""

    notices: list[dict[str, Any]]
    at: datetime


@dataclass(frozen=True, slots=True)
class WatcherAdded(Event):
    """A person follows the case to its end."""

    person_id: str


@dataclass(frozen=True, slots=True)
class ContactLogged(Event):
    """The complainant got in touch again; the words are the payload ``contact``."""

    contact_id: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CommentAdded(Event):
    """A note for colleagues; the words are the payload ``comment``."""

    by: str


@dataclass(frozen=True, slots=True)
class EntryCorrected(Event):
    """A recorded value was put right; personal ones show as the payloads ``<field>`` and ``old``."""

    field_key: str
    old: Any = None
    new: Any = None


@dataclass(frozen=True, slots=True)
class CaseLinked(Event):
    """The case has to do with another one."""

    other_id: str
    other_number: str
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ActionTaken(Event):
    """A person used one of the procedure's actions, such as withdrawing; the payload ``reason`` says why."""

    action: str


@dataclass(frozen=True, slots=True)
class AttachmentAdded(Event):
    """A file was put to the case; its name is the payload ``file_name``."""

    attachment_id: str
    sha256: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class DocumentDrafted(Event):
    """A document was asked for by the diagram."""

    kind: str
    title: str


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
class WorkItemRedrawn(Event):
    """An open item is called, and done by, what another version says."""

    item_id: str
    name_zh: str
    name_en: str
    role: str | None = None
    form: str | None = None


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


EVENTS: dict[str, type[Event]] = {kind.__name__: kind for kind in Event.__subclasses__()}
