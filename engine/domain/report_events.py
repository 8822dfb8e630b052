"""What happens to a report: figures drawn up, handed to its recipients, received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.domain.events import EVENTS, Event


@dataclass(frozen=True, slots=True)
class ReportMade(Event):
    """Figures of a period were drawn up, from the register as it stood."""

    kind: str
    estate_id: str
    period_start: datetime
    period_end: datetime
    made_at: datetime
    figures: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReportSent(Event):
    """A report went to its recipients: each has id, recipient, name_zh, name_en and person_id (None: nobody holds the role)."""

    receipts: list[dict[str, Any]]
    at: datetime


@dataclass(frozen=True, slots=True)
class ReportReceived(Event):
    """A recipient, or somebody for one who has no account, confirmed the receipt."""

    receipt_id: str
    by: str
    at: datetime


EVENTS |= {kind.__name__: kind for kind in (ReportMade, ReportSent, ReportReceived)}
