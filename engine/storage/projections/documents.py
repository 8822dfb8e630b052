"""How the events of issued documents show: the log of numbers."""

from __future__ import annotations

from engine.domain import document_events as documents
from engine.domain.events import Event
from engine.storage import tables as t
from engine.storage.batch import Batch
from engine.storage.projections.subject import Subject, Writer, columns


def _issued(event: documents.DocumentIssued, subject: Subject, batch: Batch) -> None:
    row = columns(event, "document_id")
    row["person_id"] = row.pop("by")
    batch.insert(t.issued_document, {**row, "case_id": subject.case_id, "estate_id": subject.estate_id})


def _removed(event: documents.DocumentsRemoved, subject: Subject, batch: Batch) -> None:
    for document_id in event.document_ids:
        batch.update(t.issued_document, (document_id,), {"removed_at": event.at})


WRITERS: dict[type[Event], Writer] = {documents.DocumentIssued: _issued, documents.DocumentsRemoved: _removed}
