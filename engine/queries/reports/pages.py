"""A case's reports with their figures and receipts, and what a person has been sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from engine.domain.actor import Actor
from engine.domain.codec import loads
from engine.domain.text import Text
from engine.errors import NotFound
from engine.queries import scope
from engine.storage.tables import cases, estate, person, receipt, register_entry, report

if TYPE_CHECKING:
    from engine.queries.reader import Reader

NO_SUCH = Text("没有这份报告，或它不归您看。", "There is no such report, or it is not yours to see.")
MOST = 50
_entry = register_entry.c


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures as they stood when they were drawn up; ``period_end`` is the midnight after the last day."""

    kind: str
    period_start: datetime
    period_end: datetime
    made_at: datetime
    figures: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Receipt:
    """One recipient of a report; ``mine`` says that it waits for the actor's confirmation."""

    id: str
    name: Text
    person: str | None
    sent_at: datetime
    received_at: datetime | None
    received_by: str | None
    mine: bool
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Report:
    """A case's figures, of every kind, with its receipts."""

    case_id: str
    number: str
    title: Text
    estate: Text | None
    figures: tuple[Figures, ...]
    receipts: tuple[Receipt, ...]
    procedure: Any


def of_case(reader: Reader, actor: Actor, case_id: str) -> Report:
    """The report of a case that the actor may read or was sent; NotFound otherwise."""
    joined = register_entry.join(cases, cases.c.id == _entry.case_id).outerjoin(estate, estate.c.id == _entry.estate_id)
    query = sa.select(register_entry, cases.c.version_id, estate.c.name_zh.label("zh"), estate.c.name_en.label("en"))
    row = reader.connection.execute(query.select_from(joined).where(_entry.case_id == case_id, _may_see(actor))).first()
    if row is None or row.version_id is None:
        raise NotFound(NO_SUCH)
    procedure = reader.catalogue.get(row.version_id).procedure
    where = Text(row.zh, row.en) if row.zh else None
    return Report(
        case_id, row.number, procedure.title, where, _figures(reader, case_id), _receipts(reader, actor, case_id), procedure
    )


def figures_of(reader: Reader, actor: Actor, case_id: str) -> tuple[Figures, ...]:
    """The figures of a case that the actor may read, none for others."""
    query = sa.select(_entry.case_id).where(_entry.case_id == case_id, _may_see(actor))
    return _figures(reader, case_id) if reader.connection.execute(query).first() else ()


@dataclass(frozen=True, slots=True)
class Sent:
    """A report that was sent to a person."""

    case_id: str
    number: str
    sent_at: datetime
    received_at: datetime | None


def received_by(reader: Reader, actor: Actor) -> tuple[Sent, ...]:
    """The newest reports that the actor was sent."""
    query = sa.select(receipt, _entry.number).join(register_entry, _entry.case_id == receipt.c.case_id)
    query = query.where(receipt.c.person_id == actor.person_id).order_by(receipt.c.sent_at.desc()).limit(MOST)
    return tuple(Sent(row.case_id, row.number, row.sent_at, row.received_at) for row in reader.connection.execute(query))


def _may_see(actor: Actor) -> ColumnElement[bool]:
    sent = sa.exists().where(receipt.c.case_id == _entry.case_id, receipt.c.person_id == actor.person_id)
    return sa.or_(scope.may_read_case(actor, _entry.case_id, _entry.estate_id, _entry.department), sent)


def _figures(reader: Reader, case_id: str) -> tuple[Figures, ...]:
    query = sa.select(report).where(report.c.case_id == case_id).order_by(report.c.made_at)
    return tuple(
        Figures(row.kind, row.period_start, row.period_end, row.made_at, loads(row.figures))
        for row in reader.connection.execute(query)
    )


def _receipts(reader: Reader, actor: Actor, case_id: str) -> tuple[Receipt, ...]:
    whose, receiver = person.alias("whose"), person.alias("receiver")
    joined = receipt.outerjoin(whose, whose.c.id == receipt.c.person_id)
    joined = joined.outerjoin(receiver, receiver.c.id == receipt.c.received_by)
    query = sa.select(receipt, whose.c.name.label("whose"), receiver.c.name.label("receiver")).select_from(joined)
    rows = reader.connection.execute(query.where(receipt.c.case_id == case_id).order_by(receipt.c.sent_at, receipt.c.id))
    return tuple(
        Receipt(
            row.id, Text(row.name_zh, row.name_en), row.whose, row.sent_at, row.received_at, row.receiver,
            row.received_at is None and row.person_id == actor.person_id, row.received_at is None and row.person_id is None,
        )
        for row in rows
    )  # fmt: skip
