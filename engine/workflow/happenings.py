"""What a workflow instance tells its caller: open items, limit runs, due moments, and what happened in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from engine.calendar import Calendar
from engine.domain.values import Value


@dataclass(frozen=True, slots=True)
class Occasion:
    """What one command knows beside the case: the moment (UTC), the calendar, the declared facts and the estate."""

    now: datetime
    calendar: Calendar
    facts: Mapping[str, Value] = field(default_factory=dict)
    estate: str = ""


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One open user task; ``excludes`` are persons, ``loop_index`` counts the items of a multi-instance task from 1."""

    id: str
    element_id: str
    process_id: str
    role: str | None
    department: str | None
    assignee: str | None
    excludes: tuple[str, ...]
    due_at: datetime | None
    due_key: str | None
    round: int
    opened_at: datetime
    loop_index: int | None = None


@dataclass(frozen=True, slots=True)
class LimitRun:
    """One run of a limit; ``derivation`` explains the due moment, ``timer_fired`` says that a drawn timer has used it."""

    id: str
    key: str
    round: int
    anchor: datetime
    due_at: datetime
    warn_at: datetime | None
    derivation: dict[str, Any]
    told_first: tuple[str, ...]
    told_on_breach: tuple[str, ...]
    clause: str | None
    opened_at: datetime
    element_id: str
    warned_at: datetime | None = None
    breached_at: datetime | None = None
    stopped_at: datetime | None = None
    timer_fired: bool = False

    @property
    def running(self) -> bool:
        """Whether it has not been stopped."""
        return self.stopped_at is None


@dataclass(frozen=True, slots=True)
class Due:
    """One moment at which the instance wants to be fired; an ``event`` has an element, a warning or a breach a limit key."""

    id: str
    kind: Literal["event", "warn", "breach"]
    element_id: str | None
    limit_key: str | None
    due_at: datetime
    interrupting: bool


@dataclass(frozen=True, slots=True)
class ItemOpened:
    """A user task waits for a person."""

    item: OpenItem


@dataclass(frozen=True, slots=True)
class ItemCompleted:
    """A user task was completed, or skipped, by a person."""

    item_id: str
    element_id: str
    by: str


@dataclass(frozen=True, slots=True)
class ItemCancelled:
    """A user task was taken away by an event or by the end of what it belonged to."""

    item_id: str
    element_id: str


@dataclass(frozen=True, slots=True)
class Passed:
    """A flow node was completed; a multi-instance activity once, when all its items are."""

    element_id: str


@dataclass(frozen=True, slots=True)
class TimerFired:
    """A drawn timer fired."""

    element_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class LimitOpened:
    """A limit began to run."""

    run: LimitRun


@dataclass(frozen=True, slots=True)
class LimitWarned:
    """A limit reached its warning moment."""

    run: LimitRun


@dataclass(frozen=True, slots=True)
class LimitBreached:
    """A limit passed its due moment while running; once a run."""

    run: LimitRun


@dataclass(frozen=True, slots=True)
class LimitStopped:
    """A limit stopped running; ``late`` when that was after its due moment."""

    run: LimitRun
    late: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision table was asked; ``rows`` are the matching rows, counted from 1."""

    element_id: str
    decision_id: str
    rows: tuple[int, ...]
    value: Value


@dataclass(frozen=True, slots=True)
class Called:
    """A service task asks for an operation, with its evaluated parameters."""

    element_id: str
    operator: str
    parameters: dict[str, Value]


@dataclass(frozen=True, slots=True)
class ValuesSet:
    """The diagram changed values of the case: a script, a decision, a moment, a message, or a form that starts afresh."""

    values: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Ended:
    """Nothing is open any more and nothing will be."""


Happening = (
    ItemOpened | ItemCompleted | ItemCancelled | Passed | TimerFired | LimitOpened | LimitWarned | LimitBreached | LimitStopped
    | Decided | Called | ValuesSet | Ended
)  # fmt: skip
