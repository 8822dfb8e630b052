"""The register as a book: a page of rows by key, and the totals of everything that the filters leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.queries import scope
from engine.queries.labels import Severity, severity_of
from engine.queries.register.filters import Filters, narrowed
from engine.storage.payloads import latest
from engine.storage.tables import cases, estate, register_entry

if TYPE_CHECKING:
    from engine.queries.reader import Reader

PAGE = 50
PERSONAL = ("subject", "place", "complainant_name")
_LABELLED = ("validity", "category", "channel", "outcome")


@dataclass(frozen=True, slots=True)
class Row:
    """One case as the book shows it; ``place`` in the book counts from 1, newest first."""

    case_id: str
    number: str
    position: int
    key: str
    status: str
    estate: Text
    registered_at: datetime
    closed_at: datetime | None
    next_due_at: datetime | None
    emergency: bool
    breached: bool
    round: int
    severity: Severity | None
    columns: dict[str, Text]
    department: str | None
    subject: str | None
    place: str | None
    complainant: str | None
    excerpt: str | None


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts over everything that the filters leave; ``before`` are those in front of the page."""

    rows: int
    open: int
    emergencies: int
    breached: int
    historic: int
    before: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows in order; ``newer`` and ``older`` are the keys of the neighbouring pages, None at an end."""

    rows: tuple[Row, ...]
    totals: Totals
    newer: str | None
    older: str | None


def page(
    reader: Reader, actor: Actor, filters: Filters, *, after: str | None = None, before: str | None = None, size: int = PAGE
) -> Page:
    """The rows older than the key ``after``, or newer than the key ``before``; the newest without a key."""
    conditions = [*narrowed(filters, reader.secret, reader.zone), _readable(actor)]
    start, end = _read_key(after), _read_key(before)
    backwards = end is not None and start is None
    found = reader.connection.execute(_rows(conditions, start, end if backwards else None).limit(size + 1)).all()
    more = len(found) > size
    kept = list(reversed(found[:size])) if backwards else list(found[:size])
    totals = _totals(reader, conditions, kept)
    rows = _dressed(reader, kept, totals.before, bool(filters.words.strip()))
    newer = rows[0].key if rows and (more if backwards else totals.before > 0) else None
    older = rows[-1].key if rows and (True if backwards else more) else None
    return Page(rows, totals, newer, older)


def _readable(actor: Actor) -> ColumnElement[bool]:
    entry = register_entry.c
    return scope.may_read_case(actor, entry.case_id, entry.estate_id, entry.department)


def _order() -> sa.Tuple:
    return sa.tuple_(register_entry.c.registered_at, register_entry.c.case_id)


def _bound(key: tuple[datetime, str]) -> sa.Tuple:
    return sa.tuple_(sa.literal(key[0], register_entry.c.registered_at.type), sa.literal(key[1]))


def _rows(conditions: Sequence[ColumnElement[bool]], start: Any, end: Any) -> sa.Select[Any]:
    entry = register_entry.c
    joined = register_entry.join(cases, cases.c.id == entry.case_id).join(estate, estate.c.id == entry.estate_id)
    named = (cases.c.version_id, estate.c.name_zh.label("estate_zh"), estate.c.name_en.label("estate_en"))
    query = sa.select(register_entry, *named).select_from(joined).where(*conditions)
    if end is not None:
        return query.where(_order() > _bound(end)).order_by(entry.registered_at, entry.case_id)
    query = query.order_by(entry.registered_at.desc(), entry.case_id.desc())
    return query.where(_order() < _bound(start)) if start else query


def _totals(reader: Reader, conditions: Sequence[ColumnElement[bool]], kept: Sequence[Any]) -> Totals:
    entry = register_entry.c
    first = (kept[0].registered_at, kept[0].case_id) if kept else None
    in_front = _order() > _bound(first) if first else sa.false()
    counted = (entry.status == "open", entry.emergency, entry.breach_count > 0, entry.status == "historic", in_front)
    sums = [sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0) for condition in counted]
    row = reader.connection.execute(sa.select(sa.func.count(), *sums).select_from(register_entry).where(*conditions)).one()
    return Totals(*(int(value) for value in row))


def _read_key(text: str | None) -> tuple[datetime, str] | None:
    moment, found, case_id = (text or "").partition("~")
    try:
        return (datetime.fromisoformat(moment), case_id) if found and datetime.fromisoformat(moment).tzinfo else None
    except ValueError:
        return None


def _dressed(reader: Reader, found: Sequence[Any], before: int, searched: bool) -> tuple[Row, ...]:
    procedures = {version_id: _published(reader, version_id) for version_id in {row.version_id for row in found}}
    wanted = (*PERSONAL, "text") if searched else PERSONAL
    keys = {key for version in procedures.values() for name in wanted if (key := version.procedure.register.get(name))}
    words = latest(reader.connection, [row.case_id for row in found], keys) if found else {}
    return tuple(
        _row(reader, row, procedures[row.version_id], words.get(row.case_id, {}), before + place, searched)
        for place, row in enumerate(found, start=1)
    )


def _published(reader: Reader, version_id: str | None) -> Any:
    # A historic record was taken over in the words of the version that was in force.
    return reader.catalogue.get(version_id) if version_id else reader.catalogue.intake(reader.now)


def _row(reader: Reader, row: Any, published: Any, words: dict[str, Any], position: int, searched: bool) -> Row:
    procedure = published.procedure

    def said(name: str) -> str | None:
        value = words.get(procedure.register.get(name, ""))
        return str(value) if value else None

    return Row(
        case_id=row.case_id,
        number=row.number,
        position=position,
        key=f"{row.registered_at.isoformat()}~{row.case_id}",
        status=row.status,
        estate=Text(row.estate_zh, row.estate_en),
        registered_at=row.registered_at,
        closed_at=row.closed_at,
        next_due_at=row.next_due_at,
        emergency=row.emergency,
        breached=row.breach_count > 0,
        round=row.round,
        severity=severity_of(reader.catalogue, published.version_id, row.severity),
        columns={name: _label(procedure, name, row._mapping[name]) for name in _LABELLED if row._mapping[name]},
        department=row.department,
        subject=said("subject"),
        place=said("place"),
        complainant=said("complainant_name"),
        excerpt=said("text") if searched else None,
    )


def _label(procedure: Any, column: str, value: str) -> Text:
    field = procedure.vocabulary.get(procedure.register.get(column, ""))
    choice = field.choice(value) if field else None
    return choice.label if choice else Text(value, value)
