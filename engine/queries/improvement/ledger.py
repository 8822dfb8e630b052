"""The ledger: lines entered by people, and lines that cases tell of; everybody sees their own, few see all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from engine.domain.actor import COMPANY, Actor
from engine.domain.codec import loads
from engine.domain.text import Text
from engine.procedure.beside import ConductKind, FromCases, conduct_kinds
from engine.queries import people
from engine.queries.case_values import values_of
from engine.queries.labels import COMPANY_NAME, estate_name
from engine.queries.people import Option
from engine.storage.payloads import latest
from engine.storage.tables import cases, conduct_entry, department, estate, register_entry, submission

if TYPE_CHECKING:
    from engine.queries.reader import Reader

READ, KEEP = "read_ledger", "keep_ledger"
MOST = 500
_line, _entry = conduct_entry.c, register_entry.c


@dataclass(frozen=True, slots=True)
class Line:
    """One line; ``entry_id`` is None for what a case tells, ``countered`` says that another line takes it back."""

    entry_id: str | None
    serial: int | None
    kind: Text
    estate: Text
    person: str | None
    department: Text | None
    level: Text | None
    amount: Decimal | None
    measure: str | None
    reason: str | None
    case_id: str | None
    number: str | None
    decided_by: str | None
    decided_on: date | None
    entered_at: datetime
    entered_by: str | None
    counters: int | None
    countered: bool
    mine: bool
    may_counter: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entry and its levels, for the form."""

    value: str
    label: Text
    levels: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The lines, the newest first; ``reads_all`` where others' may be among them, and what the form offers to its keepers."""

    lines: tuple[Line, ...]
    reads_all: bool
    may_keep: bool
    kinds: tuple[Kind, ...]
    estates: tuple[Option, ...]
    people: tuple[Option, ...]
    departments: tuple[Option, ...]


def ledger(reader: Reader, actor: Actor) -> Ledger:
    """What the actor may see: all lines of the estates in which the ledger may be read, and whatever concerns the actor."""
    kinds = conduct_kinds(reader.catalogue.intake(reader.now).procedure)
    reads, keeps = _held(reader, actor, READ), _held(reader, actor, KEEP)
    lines = sorted((*_entered(reader, actor, kinds), *_of_cases(reader, actor, kinds)), key=_newest_first, reverse=True)
    estates = people.estates(reader, actor) if keeps else ()
    colleagues = {one.value: one for place in estates for one in people.colleagues(reader, actor, place.value)}
    departments = {one.value: one for place in estates for one in people.departments(reader, actor, place.value)}
    offered = tuple(Kind(kind.key, kind.label, tuple(Option(*one) for one in kind.levels.items())) for kind in kinds.values())
    colleagues.pop(actor.person_id, None)
    company = (Option(COMPANY, COMPANY_NAME),) if keeps else ()
    form = ((*company, *estates), tuple(colleagues.values()), tuple(departments.values()))
    return Ledger(tuple(lines), bool(reads), bool(keeps), offered, *form)


def _held(reader: Reader, actor: Actor, action: str) -> frozenset[str | None]:
    """The estates in which the actor may use the action; None among them means all."""
    rule = reader.catalogue.intake(reader.now).procedure.actions.get(action)
    return frozenset(grant.estate_id for grant in actor.grants if rule and grant.role in rule.roles)


def _readable(reader: Reader, actor: Actor, estate_id: sa.Column[str]) -> ColumnElement[bool]:
    held = _held(reader, actor, READ)
    if actor.system or None in held:
        return sa.true()
    # What concerns the whole company is read by whoever reads the ledger anywhere.
    return estate_id.in_(sorted({str(one) for one in held} | {COMPANY})) if held else sa.false()


def _entered(reader: Reader, actor: Actor, kinds: Mapping[str, ConductKind]) -> Iterator[Line]:
    joined = conduct_entry.outerjoin(estate, estate.c.id == _line.estate_id).outerjoin(
        register_entry, _entry.case_id == _line.case_id
    )
    names = (estate.c.name_zh.label("estate_zh"), estate.c.name_en.label("estate_en"), _entry.number)
    seen = sa.or_(_readable(reader, actor, _line.estate_id), _line.person_id == actor.person_id)
    query = sa.select(conduct_entry, *names).select_from(joined).where(seen).order_by(_line.serial.desc()).limit(MOST)
    rows = reader.connection.execute(query).all()
    called = people.names(reader, actor, [who for row in rows for who in (row.person_id, row.entered_by)])
    serials = {row.id: row.serial for row in rows}
    taken_back = {row.counters_id for row in rows if row.counters_id}
    departments, keeps = _departments(reader), _held(reader, actor, KEEP)
    for row in rows:
        kind = kinds.get(row.kind)
        keeper = None in keeps or row.estate_id in keeps or (row.estate_id == COMPANY and bool(keeps))
        free = row.counters_id is None and row.id not in taken_back
        yield Line(
            entry_id=row.id,
            serial=row.serial,
            kind=kind.label if kind else Text(row.kind, row.kind),
            estate=estate_name(row),
            person=called.get(row.person_id, row.person_id),
            department=departments.get(row.department),
            level=_level(kind, row.level),
            amount=Decimal(row.amount) if row.amount else None,
            measure=row.measure,
            reason=row.reason,
            case_id=row.case_id,
            number=row.number,
            decided_by=row.decided_by,
            decided_on=date.fromisoformat(row.decided_on),
            entered_at=row.entered_at,
            entered_by=called.get(row.entered_by, row.entered_by),
            counters=serials.get(row.counters_id),
            countered=row.id in taken_back,
            mine=row.person_id == actor.person_id,
            may_counter=keeper and free and row.person_id != actor.person_id,
        )


def _of_cases(reader: Reader, actor: Actor, kinds: Mapping[str, ConductKind]) -> Iterator[Line]:
    """What cases say was decided in them; it is not entered a second time."""
    readable = _readable(reader, actor, _entry.estate_id)
    for kind in (kind for kind in kinds.values() if kind.cases):
        assert kind.cases is not None
        rows = _decided(reader, kind.cases, readable)
        personal = latest(reader.connection, [row.case_id for row in rows], kind.cases.keys) if rows else {}
        found = [(row, values_of(reader.catalogue, row.state, personal.get(row.case_id, {}))) for row in rows]
        granted = [(row, values) for row, values in found if values.get(kind.cases.outcome) == kind.cases.granted]
        told = [(row, said) for row, values in granted for said in _people(kind.cases, values)]
        shown = [(row, said) for row, said in told if row.readable or said.get(kind.cases.person) == actor.person_id]
        called = people.names(reader, actor, [str(said.get(kind.cases.person) or "") for _, said in shown])
        yield from (_case_line(actor, kind, row, said, called) for row, said in shown)


def _decided(reader: Reader, how: FromCases, readable: ColumnElement[bool]) -> list[Any]:
    """The cases in which one of the forms was filled in, with the moment of the last one."""
    sent = submission.c
    decided = sa.select(sent.case_id, sa.func.max(sent.at).label("at")).where(sent.form.in_(how.forms)).group_by(sent.case_id)
    some = decided.order_by(sa.func.max(sent.at).desc()).limit(MOST).subquery()
    joined = (
        some.join(cases, cases.c.id == some.c.case_id)
        .join(register_entry, _entry.case_id == some.c.case_id)
        .outerjoin(estate, estate.c.id == _entry.estate_id)
    )
    names = (estate.c.name_zh.label("estate_zh"), estate.c.name_en.label("estate_en"))
    query = sa.select(some, cases.c.state, _entry.number, *names, readable.label("readable")).select_from(joined)
    return list(reader.connection.execute(query))


def _people(how: FromCases, values: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    rows = values.get(how.listing) if how.listing else [values]
    listed = loads(rows) if isinstance(rows, str) else rows
    told = (row for row in listed or () if isinstance(row, Mapping) and row.get(how.person))
    return [row for row in told if row.get(how.level) not in how.unlike or row.get(how.percent)]


def _case_line(actor: Actor, kind: ConductKind, row: Any, said: Mapping[str, Any], called: Mapping[str, str]) -> Line:
    assert kind.cases is not None
    who, base, percent = str(said.get(kind.cases.person)), said.get(kind.cases.base), said.get(kind.cases.percent)
    amount = Decimal(str(base)) * Decimal(str(percent)) / 100 if base and percent else None
    level = said.get(kind.cases.level)
    return Line(
        entry_id=None,
        serial=None,
        kind=kind.label,
        estate=estate_name(row),
        person=called.get(who, who),
        department=None,
        level=_level(kind, None if level in kind.cases.unlike else level),
        amount=amount,
        measure=None,
        reason=None,
        case_id=row.case_id if row.readable else None,
        number=row.number,
        decided_by=None,
        decided_on=None,
        entered_at=row.at,
        entered_by=None,
        counters=None,
        countered=False,
        mine=who == actor.person_id,
        may_counter=False,
    )


def _level(kind: ConductKind | None, value: Any) -> Text | None:
    return None if not value else (kind.levels if kind else {}).get(str(value), Text(str(value), str(value)))


def _departments(reader: Reader) -> dict[str | None, Text]:
    query = sa.select(department).order_by(department.c.estate_id.is_not(None))
    return {row.code: Text(row.name_zh, row.name_en) for row in reader.connection.execute(query)}


def _newest_first(line: Line) -> tuple[datetime, int]:
    return line.entered_at, line.serial or 0
