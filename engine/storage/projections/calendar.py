"""How a limit shows that was counted anew."""

from __future__ import annotations

from engine.domain.calendar_events import LimitRecounted
from engine.domain.codec import dumps
from engine.domain.events import Event
from engine.storage import tables as t
from engine.storage.batch import Batch
from engine.storage.projections.subject import Subject, Writer


def _limit_recounted(event: LimitRecounted, subject: Subject, batch: Batch) -> None:
    counted = {"derivation": dumps(event.derivation), "provisional": bool(event.derivation.get("provisional"))}
    batch.update(t.limit_run, (subject.case_id, event.run_id), {"due_at": event.due_at, "warn_at": event.warn_at, **counted})


WRITERS: dict[type[Event], Writer] = {LimitRecounted: _limit_recounted}
