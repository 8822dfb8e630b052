"""How each event shows in the tables that pages read: one function an event, the same for writing and for rebuilding."""

from __future__ import annotations

from engine.domain.events import Event
from engine.storage import tables as t
from engine.storage.batch import Batch
from engine.storage.projections import calendar, cases, documents, inbox, reports
from engine.storage.projections.cases import limit_row
from engine.storage.projections.subject import Subject, Writer

__all__ = ["PROJECTED", "VOLATILE", "Subject", "limit_row", "project"]

#: Tables that hold nothing but projections, in an order that a rebuild can empty them in.
PROJECTED = (
    t.bigram,
    t.blind_index,
    t.case_link,
    t.contact,
    t.limit_run,
    t.timer,
    t.watcher,
    t.work_item,
    t.notification,
    t.outbox,
    t.receipt,
    t.report,
    t.issued_document,
    t.register_entry,
)

#: What people and the delivery of messages change in a projection without an event: not compared, and kept by a rebuild.
VOLATILE = {("notification", "read_at"), ("outbox", "next_at"), ("outbox", "sent_at"), ("outbox", "attempts")}

_WRITERS: dict[type[Event], Writer] = {
    **cases.WRITERS,
    **calendar.WRITERS,
    **documents.WRITERS,
    **inbox.WRITERS,
    **reports.WRITERS,
}


def project(event: Event, subject: Subject, batch: Batch) -> None:
    """Put what the event means for the projections into the batch."""
    writer = _WRITERS.get(type(event))
    if writer is not None:
        writer(event, subject, batch)
