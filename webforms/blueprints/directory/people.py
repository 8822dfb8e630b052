"""People with their roles, and departments."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from engine.commands import directory as commands
from engine.commands.access import passwords
from engine.queries.directory import places, staff
from webforms import visit
from webforms.blueprints.directory import door
from webforms.blueprints.directory.door import blueprint, text


@blueprint.get("/directory")
def home() -> Response:
    """The people come first."""
    return redirect(url_for("directory.people"), 303)


@blueprint.get("/directory/people")
def people() -> Response:
    """Everybody, or those whose name has the words."""
    words = request.args.get("q", "")
    return door.shown("people", "staff", people=staff.people(visit.reader(), visit.actor(), words), words=words)


@blueprint.get("/directory/people/new")
def new_person() -> Response:
    """An empty form."""
    return _person(None)


@blueprint.post("/directory/people")
def add_person() -> Response:
    """Add somebody."""
    return door.carried_out(
        lambda: _save(None), lambda **again: _person(None, **again), lambda found: url_for("directory.person", person_id=found)
    )


@blueprint.get("/directory/people/<person_id>")
def person(person_id: str) -> Response:
    """One person with the roles held."""
    return _person(person_id)


@blueprint.post("/directory/people/<person_id>")
def save_person(person_id: str) -> Response:
    """Change name, telephone, password, or whether the person may sign in."""
    staff.one(visit.reader(), visit.actor(), person_id)
    return door.carried_out(lambda: _save(person_id), lambda **again: _person(person_id, **again), lambda _: _address(person_id))


@blueprint.post("/directory/people/<person_id>/roles")
def grant(person_id: str) -> Response:
    """Give a role, everywhere or in one estate or department."""

    def make() -> Any:
        return commands.GrantRole(person_id, door.chosen("role"), text("estate_id") or None, text("department") or None)

    return door.carried_out(make, lambda **again: _person(person_id, **again), lambda _: _address(person_id), "staff.granted")


@blueprint.post("/directory/people/<person_id>/roles/<grant_id>/revoke")
def revoke(person_id: str, grant_id: str) -> Response:
    """Take a role away."""
    return door.carried_out(
        lambda: commands.RevokeRole(grant_id),
        lambda **again: _person(person_id, **again),
        lambda _: _address(person_id),
        "staff.revoked",
    )


@blueprint.get("/directory/departments")
def departments() -> Response:
    """All departments, one of them open for changing when the address names it."""
    return _departments(request.args.get("edit"))


@blueprint.post("/directory/departments")
def save_department() -> Response:
    """Add or change a department."""
    found = text("department_id") or None

    def make() -> Any:
        names = (text("code"), text("name_zh"), text("name_en"))
        return commands.SaveDepartment(*names, text("estate_id") or None, text("active") == "1", found)

    return door.carried_out(make, lambda **again: _departments(found, **again), lambda _: url_for("directory.departments"))


def _address(person_id: str) -> str:
    return url_for("directory.person", person_id=person_id)


def _save(person_id: str | None) -> Any:
    fields = (text("login"), text("name"), text("phone"), text("email"))
    return commands.SavePerson(*fields, text("password") or None, person_id, text("active") == "1")


def _person(person_id: str | None, **again: Any) -> Response:
    reader, actor = visit.reader(), visit.actor()
    shown = staff.one(reader, actor, person_id) if person_id else None
    offered: dict[str, Any] = {"roles": staff.roles(reader, actor), "estates": places.options(reader, actor)}
    codes = {found.code: found.name for found in places.departments(reader, actor) if found.active}
    return door.shown("person", "staff", person=shown, departments=codes, shortest=passwords.SHORTEST, **offered, **again)


def _departments(edited: str | None, **again: Any) -> Response:
    reader, actor = visit.reader(), visit.actor()
    listed = places.departments(reader, actor)
    present = next((found for found in listed if found.id == edited), None)
    estates = places.options(reader, actor)
    return door.shown("departments", "departments", departments=listed, edited=present, estates=estates, **again)
