"""Estates with their buildings, rooms and households."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from engine.commands import directory as commands
from engine.queries.directory import places
from webforms import visit
from webforms.blueprints.directory import door
from webforms.blueprints.directory.door import blueprint
from webforms.taking import carried_out, text


@blueprint.get("/directory/estates")
def estates() -> Response:
    """All estates."""
    return _estates()


@blueprint.post("/directory/estates")
def add_estate() -> Response:
    """Add an estate."""
    return carried_out(
        lambda: commands.AddEstate(text("code"), text("name_zh"), text("name_en")),
        _estates,
        lambda found: url_for("directory.estate", estate_id=found),
    )


@blueprint.get("/directory/estates/<estate_id>")
def estate(estate_id: str) -> Response:
    """One estate with its rooms, of one building when the address names it."""
    return _estate(estate_id)


@blueprint.post("/directory/estates/<estate_id>")
def save_estate(estate_id: str) -> Response:
    """Another name, or no longer in use."""
    return carried_out(
        lambda: commands.SaveEstate(estate_id, text("name_zh"), text("name_en"), text("active") == "1"),
        lambda **again: _estate(estate_id, **again),
        lambda _: url_for("directory.estate", estate_id=estate_id),
    )


@blueprint.post("/directory/estates/<estate_id>/buildings/<building_id>")
def save_building(estate_id: str, building_id: str) -> Response:
    """Another name, or no longer in use."""
    return carried_out(
        lambda: commands.SaveBuilding(estate_id, building_id, text("building_name"), text("building_active") == "1"),
        lambda **again: _estate(estate_id, building_id, **again),
        lambda _: url_for("directory.estate", estate_id=estate_id, building=building_id),
    )


@blueprint.post("/directory/estates/<estate_id>/buildings")
def add_building(estate_id: str) -> Response:
    """Add a building."""
    return carried_out(
        lambda: commands.AddBuilding(estate_id, text("name")),
        lambda **again: _estate(estate_id, **again),
        lambda found: url_for("directory.estate", estate_id=estate_id, building=found),
    )


@blueprint.post("/directory/estates/<estate_id>/rooms")
def add_room(estate_id: str) -> Response:
    """Add a room to a building."""
    building_id = text("building_id")
    return carried_out(
        lambda: commands.AddUnit(estate_id, door.chosen("building_id"), text("room")),
        lambda **again: _estate(estate_id, **again),
        lambda _: url_for("directory.estate", estate_id=estate_id, building=building_id),
    )


@blueprint.post("/directory/rooms/<unit_id>")
def save_room(unit_id: str) -> Response:
    """Another room number."""
    _, estate_id = places.home(visit.reader(), visit.actor(), unit_id)
    return carried_out(
        lambda: commands.SaveUnit(estate_id, unit_id, text("room")),
        lambda **again: _household(unit_id, None, **again),
        lambda _: url_for("directory.household", unit_id=unit_id),
    )


@blueprint.get("/directory/rooms/<unit_id>/household")
@blueprint.get("/directory/rooms/<unit_id>/household/<household_id>")
def household(unit_id: str, household_id: str | None = None) -> Response:
    """The household of a room, or an empty form for one more."""
    return _household(unit_id, household_id)


@blueprint.post("/directory/rooms/<unit_id>/household")
@blueprint.post("/directory/rooms/<unit_id>/household/<household_id>")
def save_household(unit_id: str, household_id: str | None = None) -> Response:
    """Add or change a household."""
    _, estate_id = places.home(visit.reader(), visit.actor(), unit_id, household_id)
    return carried_out(
        lambda: commands.SaveHousehold(
            estate_id, unit_id, text("name"), text("phone"), household_id, household_id is None or text("active") == "1"
        ),
        lambda **again: _household(unit_id, household_id, **again),
        lambda _: url_for("directory.estate", estate_id=estate_id),
    )


def _estates(**again: Any) -> Response:
    return door.shown("estates", "estates", estates=places.estates(visit.reader(), visit.actor()), **again)


def _estate(estate_id: str, building_id: str = "", **again: Any) -> Response:
    reader, actor = visit.reader(), visit.actor()
    shown = places.one(reader, actor, estate_id)
    asked = {name: request.args.get(name, "") for name in ("q", "state")}
    asked["building"] = building_id or request.args.get("building", "") or text("building_id")
    sought = places.Sought(asked["building"], asked["q"], asked["state"] == "moved_out")
    buildings = places.buildings(reader, actor, estate_id)
    return door.shown(
        "estate",
        "estates",
        estate=shown,
        buildings=buildings,
        building=next((found for found in buildings if found.id == asked["building"]), None),
        page=places.homes(reader, actor, estate_id, sought, door.page_number()),
        asked={name: value for name, value in asked.items() if value},
        **again,
    )


def _household(unit_id: str, household_id: str | None, **again: Any) -> Response:
    home, estate_id = places.home(visit.reader(), visit.actor(), unit_id, household_id)
    shown = places.one(visit.reader(), visit.actor(), estate_id)
    return door.shown("household", "estates", home=home, estate=shown, household_id=household_id, **again)
