"""What happens to a work item for the sake of the lists that it stands in."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.events import EVENTS, Event


@dataclass(frozen=True, slots=True)
class WorkItemGraded(Event):
    """Its case became more or less severe, or an emergency, while it was open."""

    item_id: str
    severity: str | None = None
    emergency: bool = False


EVENTS |= {WorkItemGraded.__name__: WorkItemGraded}
