"""What is put into the file of a case, and who is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.domain.events.base import Event


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
