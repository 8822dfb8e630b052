"""What messages are about, by what they leave, and what is handed to a channel at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from engine.domain.text import Text


class Kind(StrEnum):
    """What a message is about."""

    TASK = "task"  # a new task that one may take; only for those who ask for it
    HANDED = "handed"  # something was given to this very person
    WARNING = "warning"
    BREACH = "breach"
    ESCALATION = "escalation"  # a diagram tells its people
    REPORT = "report"
    COMMENT = "comment"
    NOTICE = "notice"  # of before messages had kinds
    TEST = "test"


#: What a person may leave out of mail and chat. What a diagram tells, and what an emergency tells, is not among them.
CHOOSABLE = (Kind.TASK, Kind.HANDED, Kind.WARNING, Kind.BREACH, Kind.COMMENT, Kind.REPORT)
#: What has no sense any more once the task is done.
OF_A_TASK = (Kind.TASK, Kind.HANDED, Kind.WARNING)


class Level(StrEnum):
    """How much goes out by a channel; an emergency always does."""

    NOTHING = "nothing"
    URGENT = "urgent"
    ALL = "all"


class Address(StrEnum):
    """What a channel needs to know of a person."""

    MAIL = "mail"
    MOBILE = "mobile"
    ACCOUNT = "account"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Channel:
    """A way out of the pages; ``shared`` is a group that all of its people read, where an address only mentions them."""

    name: str
    label: Text
    address: Address
    usual: Level = Level.URGENT
    shared: bool = False
    gathers: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """One message: its words, and as far as known the case's number, the task and when it is due.

    ``form`` is what the company says instead, with places in braces.
    """

    message_id: str
    kind: str
    text: Text
    urgent: bool
    case_id: str | None = None
    number: str | None = None
    task: Text | None = None
    due_at: datetime | None = None
    form: Text | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person with the address for the parcel's channel; it may be empty where the channel can do without."""

    person_id: str
    name: str
    language: str
    address: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """What leaves at once by one channel; the id and the lines are the same on every try, so that a repetition can be told."""

    id: str
    channel: str
    recipients: tuple[Recipient, ...]
    lines: tuple[Line, ...]
    attempt: int

    @property
    def urgent(self) -> bool:
        """Whether any of it cannot wait."""
        return any(line.urgent for line in self.lines)
