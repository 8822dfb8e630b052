"""Estates with their buildings, rooms and households, and the departments that serve them, for administrators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import NotFound
from engine.queries.directory.guard import NO_SUCH_ENTRY, require_administrator
from engine.queries.directory.paging import Paged, page_of
from engine.queries.people import Option
from engine.storage.tables import building, department, estate, household, unit

if TYPE_CHECKING:
    from engine.queries.reader import Reader


@dataclass(frozen=True, slots=True)
class Estate:
    """An estate with how much lies in it."""

    id: str
    code: str
    name: Text
    active: bool
    buildings: int
    units: int
    households: int


@dataclass(frozen=True, slots=True)
class Building:
    """A building with the number of its rooms."""

    id: str
    name: str
    units: int
    active: bool


@dataclass(frozen=True, slots=True)
class Home:
    """A room, and a household in it, or None when nobody is entered."""

    unit_id: str
    room: str
    building: str
    household_id: str | None
    name: str | None
    phone: str | None
    active: bool


@dataclass(frozen=True, slots=True)
class Sought:
    """Which homes: of a building, whose room begins with the words, whose name has them or whose telephone ends with them."""

    building_id: str = ""
    words: str = ""
    moved_out: bool = False


@dataclass(frozen=True, slots=True)
class Department:
    """A department; without an estate it serves the whole company."""

    id: str
    code: str
    name: Text
    estate_id: str | None
    estate: Text | None
    active: bool


def estates(reader: Reader, actor: Actor) -> tuple[Estate, ...]:
    """All estates by code."""
    require_administrator(actor)
    rows = reader.connection.execute(_estates().order_by(estate.c.code))
    return tuple(_estate(row) for row in rows)


def one(reader: Reader, actor: Actor, estate_id: str) -> Estate:
    """One estate; NotFound for an unknown id."""
    require_administrator(actor)
    row = reader.connection.execute(_estates().where(estate.c.id == estate_id)).first()
    if row is None:
        raise NotFound(NO_SUCH_ENTRY)
    return _estate(row)


def options(reader: Reader, actor: Actor) -> tuple[Option, ...]:
    """All active estates, to choose from."""
    return tuple(Option(found.id, found.name) for found in estates(reader, actor) if found.active)


def buildings(reader: Reader, actor: Actor, estate_id: str) -> tuple[Building, ...]:
    """The buildings of an estate by name."""
    require_administrator(actor)
    counted = sa.select(unit.c.building_id, sa.func.count().label("units")).where(unit.c.estate_id == estate_id)
    counted_units = counted.group_by(unit.c.building_id).subquery()
    joined = building.outerjoin(counted_units, counted_units.c.building_id == building.c.id)
    query = sa.select(building, counted_units.c.units).select_from(joined)
    rows = reader.connection.execute(query.where(building.c.estate_id == estate_id).order_by(building.c.name))
    return tuple(Building(row.id, row.name, row.units or 0, row.active) for row in rows)


def homes(reader: Reader, actor: Actor, estate_id: str, wanted: Sought, number: int = 1) -> Paged[Home]:
    """A page of the estate's rooms with their households."""
    require_administrator(actor)
    query = _homes(wanted.moved_out).where(unit.c.estate_id == estate_id).order_by(unit.c.room, household.c.id)
    if wanted.building_id:
        query = query.where(unit.c.building_id == wanted.building_id)
    text = wanted.words.strip()[:80]
    if text:
        named = (household.c.name.icontains(text, autoescape=True), household.c.phone.endswith(text, autoescape=True))
        query = query.where(sa.or_(unit.c.room.istartswith(text, autoescape=True), *named))
    rows, found, total = page_of(reader, actor, query, number)
    return Paged(tuple(_home(row) for row in rows), found, total)


def home(reader: Reader, actor: Actor, unit_id: str, household_id: str | None = None) -> tuple[Home, str]:
    """A room with the household named, or with none yet, and the id of its estate; NotFound for unknown ids."""
    require_administrator(actor)
    query = _homes(moved_out=None).where(unit.c.id == unit_id)
    if household_id:
        query = query.where(household.c.id == household_id)
    row = reader.connection.execute(query).first()
    if row is None:
        raise NotFound(NO_SUCH_ENTRY)
    found = _home(row) if household_id else Home(row.unit_id, row.room, row.building, None, None, None, True)
    return found, row.estate_id


def departments(reader: Reader, actor: Actor) -> tuple[Department, ...]:
    """All departments, the company's own first."""
    require_administrator(actor)
    joined = department.outerjoin(estate, estate.c.id == department.c.estate_id)
    named = (estate.c.name_zh.label("estate_zh"), estate.c.name_en.label("estate_en"))
    query = sa.select(department, *named).select_from(joined)
    rows = reader.connection.execute(query.order_by(department.c.estate_id.is_not(None), estate.c.code, department.c.code))
    return tuple(_department(row) for row in rows)


def _estates() -> sa.Select[Any]:
    counts = {table.name: _count(table, table.c.estate_id == estate.c.id) for table in (building, unit, household)}
    return sa.select(estate, *(count.label(f"{name}s") for name, count in counts.items()))


def _homes(moved_out: bool | None) -> sa.Select[Any]:
    """Rooms with those who live there, or with those who moved out of them, or with both."""
    lived_in = [household.c.unit_id == unit.c.id]
    if moved_out is not None:
        lived_in.append(household.c.active == sa.literal(not moved_out))
    joined = unit.join(building, building.c.id == unit.c.building_id).join(household, sa.and_(*lived_in), isouter=not moved_out)
    shown = (unit.c.id.label("unit_id"), unit.c.room, unit.c.estate_id, building.c.name.label("building"))
    lives = (household.c.id.label("household_id"), household.c.name, household.c.phone, household.c.active)
    return sa.select(*shown, *lives).select_from(joined)


def _count(table: sa.Table, condition: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).select_from(table).where(condition).scalar_subquery()


def _estate(row: Any) -> Estate:
    name = Text(row.name_zh, row.name_en)
    return Estate(row.id, row.code, name, row.active, row.buildings, row.units, row.households)


def _home(row: Any) -> Home:
    return Home(row.unit_id, row.room, row.building, row.household_id, row.name, row.phone, row.active is not False)


def _department(row: Any) -> Department:
    place = Text(row.estate_zh, row.estate_en) if row.estate_zh else None
    return Department(row.id, row.code, Text(row.name_zh, row.name_en), row.estate_id, place, row.active)
