"""What a change of the calendar does to a case that is under way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.domain.events import EVENTS, Event


@dataclass(frozen=True, slots=True)
class LimitRecounted(Event):
    """A running clock was counted anew by today's calendar, because somebody decided so; it was due ``before_at``."""

    run_id: str
    key: str
    before_at: datetime
    due_at: datetime
    derivation: dict[str, Any]
    warn_at: datetime | None = None


EVENTS |= {LimitRecounted.__name__: LimitRecounted}
