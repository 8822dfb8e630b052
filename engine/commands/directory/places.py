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
class AddBuilding:
    """A building of an estate."""

    estate_id: str
    name: str


@dataclass(frozen=True, slots=True)
class AddUnit:
    """``room`` is the whole room number as people say it."""

    estate_id: str
    building_id: str
    room: str


@dataclass(frozen=True, slots=True)
class SaveHousehold:
    """Name and telephone are personal: they stand in the directory alone, and in the journal not at all."""

    estate_id: str
    unit_id: str
    name: str
    phone: str
    household_id: str | None = None


def add_estate(command: AddEstate, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The estate's id; a code is used once."""
    require_administrator(actor)
    row = required(code=command.code, name_zh=command.name_zh, name_en=command.name_en)
    require_unused(work, t.estate, "code", t.estate.c.code == row["code"])
    estate_id = save(work, t.estate, {**row, "active": True}, public=("code", "name_zh", "name_en"))
    plan_estate(work, procedures, estate_id)
    return estate_id


def add_building(command: AddBuilding, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The building's id."""
    require_administrator(actor)
    row = required(name=command.name)
    require_row(work, t.estate, command.estate_id)
    same = (t.building.c.estate_id == command.estate_id) & (t.building.c.name == row["name"])
    require_unused(work, t.building, "name", same)
    return save(work, t.building, {**row, "estate_id": command.estate_id, "active": True}, public=("name",))


def add_unit(command: AddUnit, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The unit's id."""
    require_administrator(actor)
    row = required(room=command.room)
    building = require_within(work, t.building, command.building_id, command.estate_id)
    same = (t.unit.c.estate_id == building["estate_id"]) & (t.unit.c.room == row["room"])
    require_unused(work, t.unit, "room", same)
    where = {"estate_id": building["estate_id"], "building_id": building["id"]}
    return save(work, t.unit, {**row, **where}, public=("room",))


def save_household(command: SaveHousehold, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The household's id."""
    require_administrator(actor)
    row = required(name=command.name)
    unit = require_within(work, t.unit, command.unit_id, command.estate_id)
    phone = command.phone.strip()[:40]
    found_by = {
        "phone_index": blind.index(work.secret, blind.PHONE, phone) if phone else None,
        "phone_tail_index": blind.index(work.secret, blind.PHONE_TAIL, phone) if phone else None,
        "name_index": blind.index(work.secret, blind.NAME, row["name"]),
    }
    whole = {**row, **found_by, "phone": phone, "estate_id": unit["estate_id"], "unit_id": unit["id"], "active": True}
    return save(work, t.household, whole, command.household_id, public=("unit_id",))


HANDLERS: dict[type, Handler] = {
    AddEstate: add_estate,
    AddBuilding: add_building,
    AddUnit: add_unit,
    SaveHousehold: save_household,
}
