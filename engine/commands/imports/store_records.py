"""Keep past complaints as historic records: closed, in a number series of their own, for similarity and statistics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from engine.commands.context import Procedures
from engine.commands.directory.changes import require_administrator
from engine.commands.intake.new_case import NO_ESTATE
from engine.domain import events as ev
from engine.domain.actor import Actor
from engine.domain.ids import new_id
from engine.domain.values import Value
from engine.errors import NotFound
from engine.procedure import Procedure
from engine.storage import tables as t
from engine.storage.journal import Head
from engine.storage.work import Work

SERIES = "historic"


@dataclass(frozen=True, slots=True)
class Record:
    """A past complaint: a key that is the same at every reading, and values by field key."""

    source_key: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class StoreRecords:
    """Some records of one estate; those stored before are left alone."""

    estate_id: str
    records: tuple[Record, ...]


def handle(command: StoreRecords, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> int:
    """How many were new."""
    require_administrator(actor)
    code = work.connection.execute(sa.select(t.estate.c.code).where(t.estate.c.id == command.estate_id)).scalar()
    if code is None:
        raise NotFound(NO_ESTATE)
    entry = t.register_entry.c
    keys = [record.source_key for record in command.records]
    known = sa.select(entry.source_key).where(entry.estate_id == command.estate_id, entry.source_key.in_(keys))
    there = set(work.connection.execute(known).scalars())
    procedure = procedures.catalogue.intake(now).procedure
    new = [record for record in command.records if record.source_key not in there]
    for record in new:
        _store(work, procedures, procedure, command.estate_id, str(code), record)
    return len(new)


def _store(work: Work, procedures: Procedures, procedure: Procedure, estate_id: str, code: str, record: Record) -> None:
    heard_at = record.values.get(procedure.register.get("heard_at", "")) or work.now
    year = heard_at.astimezone(procedures.zone).year
    serial = work.next_number(estate_id, SERIES, year)
    # The letter keeps the series apart in the book, so that the current one stays without gaps.
    number = procedure.numbering.format(estate=f"{code}-H", year=year, number=serial)
    case_id = new_id(work.now)
    personal = {key: value for key, value in record.values.items() if _is_personal(procedure, key) and value is not None}
    events: list[ev.Event] = [
        ev.CaseRegistered(
            case_id,
            procedure.key,
            estate_id,
            SERIES,
            year,
            serial,
            number,
            heard_at,
            work.actor.person_id,
            None,
            record.source_key,
            heard_at,
        ),
        ev.RegisterUpdated(_columns(procedure, record.values)),
        ev.CaseIndexed(_indexes(procedure, personal)),
    ]
    head = work.record(Head(), ("case", case_id), "import", events, personal=work.seal("case", case_id, personal))
    row: dict[str, Any] = {"id": case_id, "procedure_key": procedure.key, "estate_id": estate_id, "rev": 1, "closed": True}
    work.batch.insert(t.cases, {**row, "journal_seq": head.seq, "journal_hash": head.hash})
    work.project(events, case_id, estate_id, heard_at, personal)


def _is_personal(procedure: Procedure, key: str) -> bool:
    field = procedure.vocabulary.get(key)
    # What the vocabulary does not know may be anything: it is kept as carefully as a name.
    return field is None or field.personal


def _columns(procedure: Procedure, values: Mapping[str, Value]) -> dict[str, Value]:
    wanted = {
        name: values.get(key)
        for name, key in procedure.register.items()
        if name in t.register_entry.c and not _is_personal(procedure, key)
    }
    return {name: value for name, value in wanted.items() if value is not None}


def _indexes(procedure: Procedure, personal: Mapping[str, Value]) -> dict[str, list[str]]:
    kinds = {"phone": ("complainant_phone",), "name": ("complainant_name",), "text": ("subject", "text")}
    register = procedure.register
    return {kind: [register[name] for name in names if register.get(name) in personal] for kind, names in kinds.items()}
