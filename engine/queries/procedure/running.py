"""Open cases that follow another version than the one looked at, and the orders by which cases were moved to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import Forbidden, NotFound
from engine.queries import scope
from engine.queries.directory.paging import Paged, page_of
from engine.queries.procedure.versions import NO_SUCH_VERSION, may_change
from engine.storage.tables import cases, incident, migrated_case, migration_run, person, procedure_version, register_entry

if TYPE_CHECKING:
    from engine.queries.reader import Reader

NOT_YOURS = Text(
    "只有管理员和规程负责人可以更换规程版本。", "Only administrators and the process owner may move a case to another version."
)
NO_SUCH_ORDER = Text("没有这次换版。", "There is no such move.")
#: Of the orders to one version, the newest.
SHOWN = 20
_version, _entry = procedure_version.c, register_entry.c


@dataclass(frozen=True, slots=True)
class Running:
    """An open case of another version; ``readable`` says whether the reader may open its file, ``stopped`` that it failed."""

    case_id: str
    number: str
    version: int
    readable: bool
    stopped: bool


@dataclass(frozen=True, slots=True)
class Order:
    """Cases moved by one decision: to which version, why, by whom, with how many moved, refused, back and waiting.

    ``person`` is None for whoever sat at the console of the server.
    """

    id: str
    procedure_key: str
    version_id: str
    number: int
    timers: str
    reason: str
    person: str | None
    at: datetime
    finished_at: datetime | None
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case of an order; ``problem`` says why it was not moved, or not back."""

    case_id: str
    number: str
    from_number: int
    state: str
    problem: Text | None
    back_by: str | None
    back_at: datetime | None
    readable: bool


def elsewhere(
    reader: Reader, actor: Actor, key: str, number: int, from_number: int | None, case_number: str, page: int
) -> Paged[Running]:
    """The open cases of other versions, by number; narrowed to one version or one case."""
    require(reader, actor, key)
    query = _open(reader, actor, key).where(_version.number != number)
    if from_number is not None:
        query = query.where(_version.number == from_number)
    if case_number:
        query = query.where(_entry.number == case_number)
    rows, at, total = page_of(reader, actor, query.order_by(_entry.number, cases.c.id), page)
    found = tuple(Running(row.case_id, row.number, row.version, bool(row.readable), bool(row.stopped)) for row in rows)
    return Paged(found, at, total)


def by_version(reader: Reader, actor: Actor, key: str, number: int) -> dict[int, int]:
    """How many open cases follow each other version."""
    found = _open(reader, actor, key).where(_version.number != number).subquery()
    counted = sa.select(found.c.version, sa.func.count()).group_by(found.c.version).order_by(found.c.version)
    return {int(version): int(count) for version, count in reader.connection.execute(counted)}


def orders(reader: Reader, actor: Actor, version_id: str) -> tuple[Order, ...]:
    """The orders to that version, the newest first."""
    query = _orders().where(migration_run.c.version_id == version_id).order_by(migration_run.c.at.desc()).limit(SHOWN)
    return tuple(_order(reader, row) for row in reader.connection.execute(query).mappings())


def order(reader: Reader, actor: Actor, run_id: str) -> Order:
    """One order, for those who answer for the procedure."""
    row = reader.connection.execute(_orders().where(migration_run.c.id == run_id)).mappings().first()
    if row is None:
        raise NotFound(NO_SUCH_ORDER)
    require(reader, actor, row["procedure_key"])
    return _order(reader, row)


def outcomes(reader: Reader, actor: Actor, run_id: str) -> tuple[Outcome, ...]:
    """What became of each case of the order in the reader's estates, by number."""
    key = order(reader, actor, run_id).procedure_key
    case, back = migrated_case.c, person.alias("back")
    joined = migrated_case.join(register_entry, _entry.case_id == case.case_id).outerjoin(back, back.c.id == case.back_by)
    shown = sa.select(migrated_case, back.c.name.label("back_name"), _readable(actor)).select_from(joined)
    query = shown.where(case.run_id == run_id, _operated(reader, actor, key)).order_by(case.number)
    return tuple(_outcome(row) for row in reader.connection.execute(query).mappings())


def failures(reader: Reader, actor: Actor, run_id: str) -> dict[str, tuple[str, ...]]:
    """Of the cases of the order that stopped at faults, the incidents that are still open, the oldest first."""
    order(reader, actor, run_id)
    joined = migrated_case.join(incident, incident.c.case_id == migrated_case.c.case_id)
    query = sa.select(incident.c.case_id, incident.c.id).select_from(joined).order_by(incident.c.id)
    found: dict[str, tuple[str, ...]] = {}
    for row in reader.connection.execute(query.where(migrated_case.c.run_id == run_id, incident.c.resolved_at.is_(None))):
        found[row.case_id] = (*found.get(row.case_id, ()), row.id)
    return found


def require(reader: Reader, actor: Actor, key: str) -> None:
    """NotFound for an unknown procedure, Forbidden for those who do not answer for it."""
    if reader.catalogue.latest(key) is None:
        raise NotFound(NO_SUCH_VERSION)
    if not may_change(reader, actor, key):
        raise Forbidden(NOT_YOURS)


def _open(reader: Reader, actor: Actor, key: str) -> sa.Select[Any]:
    joined = cases.join(procedure_version, _version.id == cases.c.version_id)
    joined = joined.join(register_entry, _entry.case_id == cases.c.id)
    stopped = sa.exists().where(incident.c.case_id == cases.c.id, incident.c.resolved_at.is_(None)).label("stopped")
    shown = (cases.c.id.label("case_id"), _entry.number, _version.number.label("version"), _readable(actor), stopped)
    query = sa.select(*shown).select_from(joined).where(_version.procedure_key == key, sa.not_(cases.c.closed))
    return query.where(_operated(reader, actor, key))


def _readable(actor: Actor) -> sa.ColumnElement[bool]:
    return scope.may_read_case(actor, _entry.case_id, _entry.estate_id, _entry.department).label("readable")


def _operated(reader: Reader, actor: Actor, key: str) -> sa.ColumnElement[bool]:
    """The case lies where the actor answers for the procedure."""
    if actor.system or actor.administrator:
        return sa.true()
    latest = reader.catalogue.latest(key)
    owner = latest.procedure.owner if latest else None
    estates = {grant.estate_id for grant in actor.grants if grant.role == owner}
    return sa.true() if None in estates else _entry.estate_id.in_({str(estate_id) for estate_id in estates})


def _orders() -> sa.Select[Any]:
    query = sa.select(migration_run, person.c.name.label("person"))
    return query.outerjoin(person, person.c.id == migration_run.c.person_id)


def _order(reader: Reader, row: Any) -> Order:
    case = migrated_case.c
    counted = sa.select(case.state, sa.func.count()).where(case.run_id == row["id"]).group_by(case.state)
    counts = {str(state): int(count) for state, count in reader.connection.execute(counted)}
    told = {name: row[name] for name in ("id", "procedure_key", "version_id", "number", "timers", "reason", "at", "finished_at")}
    return Order(**told, person=row["person"], counts=counts)


def _outcome(row: Any) -> Outcome:
    problem = Text(row["problem_zh"], row["problem_en"]) if row["problem_zh"] else None
    told = {name: row[name] for name in ("case_id", "number", "from_number", "state", "back_at")}
    return Outcome(**told, problem=problem, back_by=row["back_name"], readable=bool(row["readable"]))
