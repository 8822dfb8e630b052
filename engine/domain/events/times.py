"""What happens to the timers and limits of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.domain.events.base import Event


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
