"""How the events of lists show: what a work item is narrowed by."""

from __future__ import annotations

from engine.domain.events import Event
from engine.domain.inbox_events import WorkItemGraded
from engine.storage import tables as t
from engine.storage.batch import Batch
from engine.storage.projections.subject import Subject, Writer


def _item_graded(event: WorkItemGraded, subject: Subject, batch: Batch) -> None:
    batch.update(t.work_item, (event.item_id,), {"severity": event.severity, "emergency": event.emergency})


WRITERS: dict[type[Event], Writer] = {WorkItemGraded: _item_graded}
