"""People and places that pages offer for choice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.queries import scope
from engine.storage.tables import department, estate, household, person, role_grant, unit

if TYPE_CHECKING:
    from engine.catalogue import Catalogue
    from engine.queries.reader import Reader

MOST = 400


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A demonstration person, the roles held and where."""

    id: str
    name: str
    roles: tuple[Text, ...]
    estates: tuple[Text, ...]
    administrator: bool


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen by its id or code."""

    value: str
    label: Text


def demo_people(reader: Reader, actor: Actor | None) -> tuple[DemoPerson, ...]:
    """The demonstration people in the order they were made; asked before anybody has signed in."""
    query = (
        sa.select(person.c.id, person.c.name, person.c.administrator, role_grant.c.role, estate.c.name_zh, estate.c.name_en)
        .outerjoin(role_grant, role_grant.c.person_id == person.c.id)
        .outerjoin(estate, estate.c.id == role_grant.c.estate_id)
        .where(person.c.demo, person.c.active)
        .order_by(person.c.id, role_grant.c.id)
    )
    rows: dict[str, list[Any]] = {}
    for row in reader.connection.execute(query):
        rows.setdefault(row.id, []).append(row)
    roles = role_labels(reader.catalogue, reader.now)
    return tuple(_demo_person(grants, roles) for grants in rows.values())


def role_labels(catalogue: Catalogue, now: datetime) -> dict[str, Text]:
    """What the roles of all procedures in force are called."""
    in_force = (catalogue.in_force(key, now).procedure for key in catalogue.procedure_keys())
    return {role.key: role.label for procedure in in_force for role in procedure.roles.values()}


def estates(reader: Reader, actor: Actor) -> tuple[Option, ...]:
    """The estates in which the actor holds a role."""
    query = sa.select(estate).where(estate.c.active, scope.in_estates(actor, estate.c.id)).order_by(estate.c.code)
    return tuple(Option(row.id, Text(row.name_zh, row.name_en)) for row in reader.connection.execute(query))


def departments(reader: Reader, actor: Actor, estate_id: str) -> tuple[Option, ...]:
    """The departments that serve an estate, by code; those of the estate come before the company's own."""
    here = sa.or_(department.c.estate_id == estate_id, department.c.estate_id.is_(None))
    query = sa.select(department).where(department.c.active, here).order_by(department.c.estate_id.is_(None), department.c.code)
    rows = {row.code: Text(row.name_zh, row.name_en) for row in reversed(reader.connection.execute(query).all())}
    return tuple(Option(code, label) for code, label in reversed(rows.items()))


def colleagues(reader: Reader, actor: Actor, estate_id: str) -> tuple[Option, ...]:
    """The people who hold any role in an estate, by name."""
    there = sa.or_(role_grant.c.estate_id == estate_id, role_grant.c.estate_id.is_(None))
    held = sa.select(role_grant.c.person_id).where(there)
    query = (
        sa.select(person.c.id, person.c.name).where(person.c.active, person.c.id.in_(held)).order_by(person.c.name).limit(MOST)
    )
    return tuple(Option(row.id, Text(row.name, row.name)) for row in reader.connection.execute(query))


def units(reader: Reader, actor: Actor, estate_id: str) -> tuple[Option, ...]:
    """The rooms of an estate that the actor works for."""
    query = sa.select(unit.c.id, unit.c.room).where(unit.c.estate_id == estate_id, scope.in_estates(actor, unit.c.estate_id))
    return tuple(
        Option(row.id, Text(row.room, row.room)) for row in reader.connection.execute(query.order_by(unit.c.room).limit(MOST))
    )


def households(reader: Reader, actor: Actor, estate_id: str) -> tuple[Option, ...]:
    """The households of an estate that the actor works for, by room."""
    query = (
        sa.select(household.c.id, household.c.name, unit.c.room)
        .join(unit, unit.c.id == household.c.unit_id)
        .where(household.c.estate_id == estate_id, household.c.active, scope.in_estates(actor, household.c.estate_id))
    )
    rows = reader.connection.execute(query.order_by(unit.c.room).limit(MOST))
    return tuple(Option(row.id, Text(label, label)) for row in rows if (label := f"{row.room} {row.name or ''}".strip()))


def names(reader: Reader, actor: Actor, person_ids: Iterable[str | None]) -> dict[str, str]:
    """What people are called, by id; colleagues' names are no secret among staff."""
    wanted = {person_id for person_id in person_ids if person_id}
    if not wanted:
        return {}
    query = sa.select(person.c.id, person.c.name).where(person.c.id.in_(wanted))
    return {row.id: row.name for row in reader.connection.execute(query)}


def _demo_person(grants: list[Any], roles: dict[str, Text]) -> DemoPerson:
    held = dict.fromkeys(row.role for row in grants if row.role)
    places = {row.name_zh: Text(row.name_zh, row.name_en) for row in grants if row.name_zh}
    labels = tuple(roles.get(role, Text(role, role)) for role in held)
    return DemoPerson(grants[0].id, grants[0].name, labels, tuple(places.values()), grants[0].administrator)
