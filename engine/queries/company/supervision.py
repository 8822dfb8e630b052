"""Inspections of how complaints are handled: the list, one with its cases and measures, and the measures that are mine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import NotFound
from engine.queries import scope
from engine.queries.company import rights
from engine.queries.people import Option
from engine.storage.tables import department, estate, inspected_case, inspection, measure, person, register_entry, role_grant

if TYPE_CHECKING:
    from engine.queries.reader import Reader

ACTION = "inspect"
MOST = 300
NO_SUCH_INSPECTION = Text("没有这次检查，或者不归您看。", "There is no such inspection, or it is not yours to see.")


@dataclass(frozen=True, slots=True)
class Listed:
    """An inspection with what it has come to."""

    id: str
    estate: Text
    department: Text | None
    first_day: date
    last_day: date
    outside: bool
    inspector: str
    subject: str
    opened_at: datetime
    closed_at: datetime | None
    cases: int
    looked_at: int
    not_conforming: int
    measures: int
    open_measures: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Sampled:
    """A case that was drawn; ``readable`` when the reader may open its file."""

    case_id: str
    number: str
    registered_at: datetime
    conforming: bool | None
    clause: str
    clause_text: Text | None
    remark: str
    readable: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """What is to be done, by whom, until when; ``overdue`` when the day has passed without it."""

    id: str
    inspection_id: str
    text: str
    responsible_id: str
    responsible: str
    due_on: date
    outcome: str
    done_at: datetime | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class Inspection:
    """An inspection in full."""

    head: Listed
    estate_id: str
    seed: str
    drawn_from: int
    opened_by: str
    conclusion: str
    effect: str
    closed_by: str
    cases: tuple[Sampled, ...]
    measures: tuple[Measure, ...]

    @property
    def ready(self) -> bool:
        """Whether it can be closed."""
        return all(case.conforming is not None for case in self.cases) and all(one.done_at for one in self.measures)


def listed(reader: Reader, actor: Actor) -> tuple[Listed, ...]:
    """The inspections in the estates where the actor may inspect: open ones first, then the newest."""
    rights.require(reader, actor, ACTION)
    query = (
        _select(reader).where(_within(reader, actor)).order_by(inspection.c.closed_at.is_not(None), inspection.c.opened_at.desc())
    )
    named = _departments(reader)
    return tuple(_listed(row, named) for row in reader.connection.execute(query.limit(MOST)))


def one(reader: Reader, actor: Actor, inspection_id: str) -> Inspection:
    """An inspection; NotFound where the actor may not inspect."""
    row = reader.connection.execute(_select(reader).where(inspection.c.id == inspection_id, _within(reader, actor))).first()
    if row is None:
        raise NotFound(NO_SUCH_INSPECTION)
    names = _names(reader, {row.opened_by, row.closed_by})
    return Inspection(
        head=_listed(row, _departments(reader)),
        estate_id=row.estate_id,
        seed=row.seed,
        drawn_from=row.drawn_from,
        opened_by=names.get(row.opened_by, row.opened_by),
        conclusion=row.conclusion or "",
        effect=row.effect or "",
        closed_by=names.get(row.closed_by, row.closed_by or ""),
        cases=_cases(reader, actor, inspection_id),
        measures=_measures(reader, measure.c.inspection_id == inspection_id),
    )


def my_measures(reader: Reader, actor: Actor) -> tuple[Measure, ...]:
    """The measures that the actor has to carry out, nearest date first."""
    return _measures(reader, sa.and_(measure.c.responsible_id == actor.person_id, measure.c.done_at.is_(None)))


def overdue_measures(reader: Reader, actor: Actor) -> tuple[Measure, ...]:
    """The measures past their date in the estates where the actor may inspect, the oldest first."""
    late = sa.and_(measure.c.done_at.is_(None), measure.c.due_on < _today(reader))
    there = sa.exists().where(inspection.c.id == measure.c.inspection_id, _within(reader, actor))
    return _measures(reader, sa.and_(late, there))


def estates(reader: Reader, actor: Actor) -> tuple[Option, ...]:
    """The active estates in which the actor may inspect."""
    query = sa.select(estate).where(estate.c.active, _may_inspect(reader, actor, estate.c.id)).order_by(estate.c.code)
    return tuple(Option(row.id, Text(row.name_zh, row.name_en)) for row in reader.connection.execute(query))


def departments(reader: Reader, actor: Actor) -> tuple[Option, ...]:
    """The active departments by code."""
    query = sa.select(department).where(department.c.active).order_by(department.c.code)
    found = {row.code: Text(row.name_zh, row.name_en) for row in reader.connection.execute(query)}
    return tuple(Option(code, label) for code, label in found.items())


def colleagues(reader: Reader, actor: Actor, estate_id: str) -> tuple[Option, ...]:
    """The active people who hold any role in the estate, by name."""
    there = sa.or_(role_grant.c.estate_id == estate_id, role_grant.c.estate_id.is_(None))
    held = sa.select(role_grant.c.person_id).where(there)
    query = (
        sa.select(person.c.id, person.c.name).where(person.c.active, person.c.id.in_(held)).order_by(person.c.name, person.c.id)
    )
    return tuple(Option(row.id, Text(row.name, row.name)) for row in reader.connection.execute(query))


def clauses(reader: Reader, actor: Actor) -> tuple[Option, ...]:
    """The clauses of the procedure, to name what was not kept."""
    found = reader.catalogue.intake(reader.now).procedure.clauses
    return tuple(Option(key, Text(f"{key} {clause.text.zh}", f"{key} {clause.text.en}")) for key, clause in found.items())


def _may_inspect(reader: Reader, actor: Actor, column: Any) -> sa.ColumnElement[bool]:
    allowed = rights.estates_of(reader, actor, ACTION)
    return sa.true() if allowed is None else column.in_(allowed)


def _within(reader: Reader, actor: Actor) -> sa.ColumnElement[bool]:
    return _may_inspect(reader, actor, inspection.c.estate_id)


def _select(reader: Reader) -> sa.Select[Any]:
    drawn, todo = inspected_case.c, measure.c
    cases = sa.select(sa.func.count()).where(drawn.inspection_id == inspection.c.id)
    measures = sa.select(sa.func.count()).where(todo.inspection_id == inspection.c.id)
    counts = {
        "cases": cases,
        "looked_at": cases.where(drawn.conforming.is_not(None)),
        "not_conforming": cases.where(sa.not_(drawn.conforming)),
        "measures": measures,
        "open_measures": measures.where(todo.done_at.is_(None)),
        "overdue": measures.where(todo.done_at.is_(None), todo.due_on < _today(reader)),
    }
    named = (estate.c.name_zh, estate.c.name_en, *(query.scalar_subquery().label(name) for name, query in counts.items()))
    return sa.select(inspection, *named).join(estate, estate.c.id == inspection.c.estate_id)


def _listed(row: Any, named: dict[str, Text]) -> Listed:
    return Listed(
        id=row.id,
        estate=Text(row.name_zh, row.name_en),
        department=named.get(row.department, Text(row.department, row.department)) if row.department else None,
        first_day=date.fromisoformat(row.first_day),
        last_day=date.fromisoformat(row.last_day),
        outside=row.outside,
        inspector=row.inspector,
        subject=row.subject,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        cases=row.cases,
        looked_at=row.looked_at,
        not_conforming=row.not_conforming,
        measures=row.measures,
        open_measures=row.open_measures,
        overdue=row.overdue,
    )


def _cases(reader: Reader, actor: Actor, inspection_id: str) -> tuple[Sampled, ...]:
    entry = register_entry.c
    readable = sa.case((scope.may_read_case(actor, entry.case_id, entry.estate_id, entry.department), True), else_=False)
    query = sa.select(inspected_case, entry.number, entry.registered_at, readable.label("readable"))
    query = query.join(register_entry, entry.case_id == inspected_case.c.case_id)
    query = query.where(inspected_case.c.inspection_id == inspection_id).order_by(inspected_case.c.position)
    texts = reader.catalogue.intake(reader.now).procedure.clauses
    return tuple(
        Sampled(
            row.case_id,
            row.number,
            row.registered_at,
            row.conforming,
            row.clause or "",
            texts[row.clause].text if row.clause in texts else None,
            row.remark,
            bool(row.readable),
        )
        for row in reader.connection.execute(query)
    )


def _measures(reader: Reader, where: sa.ColumnElement[bool]) -> tuple[Measure, ...]:
    query = sa.select(measure, person.c.name).join(person, person.c.id == measure.c.responsible_id).where(where)
    rows = reader.connection.execute(query.order_by(measure.c.due_on, measure.c.id).limit(MOST))
    today = _today(reader)
    return tuple(
        Measure(
            row.id,
            row.inspection_id,
            row.text,
            row.responsible_id,
            row.name,
            date.fromisoformat(row.due_on),
            row.outcome or "",
            row.done_at,
            row.done_at is None and row.due_on < today,
        )
        for row in rows
    )


def _departments(reader: Reader) -> dict[str, Text]:
    query = sa.select(department.c.code, department.c.name_zh, department.c.name_en)
    return {row.code: Text(row.name_zh, row.name_en) for row in reader.connection.execute(query)}


def _names(reader: Reader, person_ids: set[str | None]) -> dict[str, str]:
    wanted = {found for found in person_ids if found}
    rows = reader.connection.execute(sa.select(person.c.id, person.c.name).where(person.c.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def _today(reader: Reader) -> str:
    return reader.now.astimezone(reader.zone).date().isoformat()
