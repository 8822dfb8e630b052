"""Estates, buildings, units and households."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Handler, Procedures
from engine.commands.directory.changes import require_administrator, require_row, require_unused, require_within, required, save
from engine.commands.schedules.planning import plan_estate
from engine.domain.actor import Actor
from engine.storage import blind
from engine.storage import tables as t
from engine.storage.work import Work


@dataclass(frozen=True, slots=True)
class AddEstate:
    """``code`` begins every register number of the estate."""

    code: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class SaveEstate:
    """Another name, or no longer in use: nothing more is recorded there, and what was goes on."""

    estate_id: str
    name_zh: str
    name_en: str
    active: bool


@dataclass(frozen=True, slots=True)
class AddBuilding:
    """A building of an estate."""

    estate_id: str
    name: str


@dataclass(frozen=True, slots=True)
class SaveBuilding:
    """Another name, or no longer in use: no room is added to it any more."""

    estate_id: str
    building_id: str
    name: str
    active: bool


@dataclass(frozen=True, slots=True)
class AddUnit:
    """``room`` is the whole room number as people say it."""

    estate_id: str
    building_id: str
    room: str


@dataclass(frozen=True, slots=True)
class SaveUnit:
    """Another room number: the room, its households and their complaints stay."""

    estate_id: str
    unit_id: str
    room: str


@dataclass(frozen=True, slots=True)
class SaveHousehold:
    """Name and telephone are personal: they stand in the directory alone, and in the journal not at all.

    A household that is not active has moved out: it is not offered any more, and its complaints stay.
    """

    estate_id: str
    unit_id: str
    name: str
    phone: str
    household_id: str | None = None
    active: bool = True


def add_estate(command: AddEstate, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The estate's id; a code is used once."""
    require_administrator(actor)
    row = required(code=command.code, name_zh=command.name_zh, name_en=command.name_en)
    require_unused(work, t.estate, "code", t.estate.c.code == row["code"])
    estate_id = save(work, t.estate, {**row, "active": True}, public=("code", "name_zh", "name_en"))
    plan_estate(work, procedures, estate_id)
    return estate_id


def save_estate(command: SaveEstate, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """NotFound for an unknown estate; the code stays, because register numbers begin with it."""
    require_administrator(actor)
    row = required(name_zh=command.name_zh, name_en=command.name_en)
    save(work, t.estate, {**row, "active": command.active}, command.estate_id, public=("name_zh", "name_en", "active"))


def add_building(command: AddBuilding, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The building's id."""
    require_administrator(actor)
    row = required(name=command.name)
    require_row(work, t.estate, command.estate_id)
    same = (t.building.c.estate_id == command.estate_id) & (t.building.c.name == row["name"])
    require_unused(work, t.building, "name", same)
    return save(work, t.building, {**row, "estate_id": command.estate_id, "active": True}, public=("name",))


def save_building(command: SaveBuilding, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """NotFound for a building of another estate."""
    require_administrator(actor)
    row = required(name=command.name)
    require_within(work, t.building, command.building_id, command.estate_id)
    same = (t.building.c.estate_id == command.estate_id) & (t.building.c.name == row["name"])
    require_unused(work, t.building, "name", same, command.building_id)
    save(work, t.building, {**row, "active": command.active}, command.building_id, public=("name", "active"))


def add_unit(command: AddUnit, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The unit's id."""
    require_administrator(actor)
    row = required(room=command.room)
    building = require_within(work, t.building, command.building_id, command.estate_id)
    same = (t.unit.c.estate_id == building["estate_id"]) & (t.unit.c.room == row["room"])
    require_unused(work, t.unit, "room", same)
    where = {"estate_id": building["estate_id"], "building_id": building["id"]}
    return save(work, t.unit, {**row, **where}, public=("room",))


def save_unit(command: SaveUnit, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """NotFound for a room of another estate."""
    require_administrator(actor)
    row = required(room=command.room)
    require_within(work, t.unit, command.unit_id, command.estate_id)
    same = (t.unit.c.estate_id == command.estate_id) & (t.unit.c.room == row["room"])
    require_unused(work, t.unit, "room", same, command.unit_id)
    save(work, t.unit, row, command.unit_id, public=("room",))


def save_household(command: SaveHousehold, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The household's id."""
    require_administrator(actor)
    row = required(name=command.name)
    unit = require_within(work, t.unit, command.unit_id, command.estate_id)
    where = {"estate_id": unit["estate_id"], "unit_id": unit["id"], "active": command.active}
    whole = {**household_columns(work.secret, row["name"], command.phone), **where}
    return save(work, t.household, whole, command.household_id, public=("unit_id", "active"))


def household_columns(secret: bytes, name: str, phone: str) -> dict[str, str | None]:
    """Name and telephone of a household, and what they are found by."""
    phone = phone.strip()[:40]
    return {
        "name": name,
        "phone": phone,
        "phone_index": blind.index(secret, blind.PHONE, phone) if phone else None,
        "phone_tail_index": blind.index(secret, blind.PHONE_TAIL, phone) if phone else None,
        "name_index": blind.index(secret, blind.NAME, name),
    }


HANDLERS: dict[type, Handler] = {
    AddEstate: add_estate,
    SaveEstate: save_estate,
    AddBuilding: add_building,
    SaveBuilding: save_building,
    AddUnit: add_unit,
    SaveUnit: save_unit,
    SaveHousehold: save_household,
}
