"""How the events of a report show: its figures, and who received it."""

from __future__ import annotations

from dataclasses import fields

from engine.domain import report_events as reports
from engine.domain.codec import dumps
from engine.domain.events import Event
from engine.storage import tables as t
from engine.storage.batch import Batch
from engine.storage.projections.subject import Subject, Writer


def _report_made(event: reports.ReportMade, subject: Subject, batch: Batch) -> None:
    row = {item.name: getattr(event, item.name) for item in fields(event)}
    batch.put(t.report, {**row, "case_id": subject.case_id, "figures": dumps(event.figures)})


def _report_sent(event: reports.ReportSent, subject: Subject, batch: Batch) -> None:
    for sent in event.receipts:
        batch.insert(t.receipt, {**sent, "case_id": subject.case_id, "sent_at": event.at})


def _report_received(event: reports.ReportReceived, subject: Subject, batch: Batch) -> None:
    batch.update(t.receipt, (event.receipt_id,), {"confirmed_at": event.at, "confirmed_by": event.by})


WRITERS: dict[type[Event], Writer] = {
    reports.ReportMade: _report_made,
    reports.ReportSent: _report_sent,
    reports.ReportReceived: _report_received,
}
