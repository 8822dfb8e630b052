"""People with their roles, deputies and passwords; how somebody leaves; and departments."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from engine.commands import directory as commands
from engine.commands.access import passwords
from engine.queries.directory import cover, places, staff
from webforms import visit
from webforms.blueprints.directory import door
from webforms.blueprints.directory.door import blueprint
from webforms.taking import carried_out, text


@blueprint.get("/directory")
def home() -> Response:
    """The people come first."""
    return redirect(url_for("directory.people"), 303)


@blueprint.get("/directory/people")
def people() -> Response:
    """Those who are looked for, page by page; the address remembers how."""
    reader, actor = visit.reader(), visit.actor()
    asked = {name: request.args.get(name, "") for name in ("q", "role", "estate", "state")}
    wanted = staff.Wanted(asked["q"], asked["role"], asked["estate"], asked["state"])
    offered: dict[str, Any] = {"roles": staff.roles(reader, actor), "estates": places.options(reader, actor)}
    page = staff.people(reader, actor, wanted, door.page_number())
    return door.shown("people", "staff", page=page, asked={name: value for name, value in asked.items() if value}, **offered)


@blueprint.get("/directory/people/new")
def new_person() -> Response:
    """An empty form."""
    return _new_person()


@blueprint.post("/directory/people")
def add_person() -> Response:
    """Add somebody."""

    def make() -> Any:
        fields = (text("login"), text("name"), text("phone"), text("email"))
        return commands.SavePerson(*fields, text("password") or None)

    return carried_out(make, _new_person, lambda found: url_for("directory.person", person_id=found))


@blueprint.get("/directory/people/<person_id>")
def person(person_id: str) -> Response:
    """One person with the roles held."""
    return _person(person_id)


@blueprint.post("/directory/people/<person_id>")
def save_person(person_id: str) -> Response:
    """Change name, login, telephone or mail."""
    present = staff.one(visit.reader(), visit.actor(), person_id)

    def make() -> Any:
        fields = (text("login"), text("name"), text("phone"), text("email"))
        return commands.SavePerson(*fields, None, person_id, present.active)

    return carried_out(make, lambda **again: _person(person_id, **again), lambda _: _address(person_id))


@blueprint.post("/directory/people/<person_id>/password")
def set_password(person_id: str) -> Response:
    """A password that the person changes at the first sign-in."""
    present = staff.one(visit.reader(), visit.actor(), person_id)

    def make() -> Any:
        fields = (present.login, present.name, present.phone, present.email)
        return commands.SavePerson(*fields, door.chosen("password"), person_id, present.active)

    def again(**more: Any) -> Response:
        return _person(person_id, **more)

    return carried_out(make, again, lambda _: _address(person_id), "staff.password_set")


@blueprint.post("/directory/people/<person_id>/roles")
def grant(person_id: str) -> Response:
    """Give a role, everywhere or in one estate or department."""

    def make() -> Any:
        return commands.GrantRole(person_id, door.chosen("role"), text("estate_id") or None, text("department") or None)

    return carried_out(make, lambda **again: _person(person_id, **again), lambda _: _address(person_id), "staff.granted")


@blueprint.post("/directory/people/<person_id>/roles/<grant_id>/revoke")
def revoke(person_id: str, grant_id: str) -> Response:
    """Take a role away."""
    return carried_out(
        lambda: commands.RevokeRole(grant_id),
        lambda **again: _person(person_id, **again),
        lambda _: _address(person_id),
        "staff.revoked",
    )


@blueprint.get("/directory/people/<person_id>/leave")
def leaving(person_id: str) -> Response:
    """What happens when the person leaves, before it does."""
    return _leaving(person_id)


@blueprint.post("/directory/people/<person_id>/leave")
def leave(person_id: str) -> Response:
    """The person signs in no more; the tasks held go on."""
    staff.one(visit.reader(), visit.actor(), person_id)
    return carried_out(
        lambda: commands.Deactivate(person_id, text("reason"), text("successor_id") or None),
        lambda **again: _leaving(person_id, **again),
        lambda _: _address(person_id),
        "staff.left",
    )


@blueprint.post("/directory/people/<person_id>/return")
def come_back(person_id: str) -> Response:
    """The person may sign in again."""
    return carried_out(
        lambda: commands.Reactivate(person_id), lambda **again: _person(person_id, **again), lambda _: _address(person_id)
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

    return carried_out(make, lambda **again: _departments(found, **again), lambda _: url_for("directory.departments"))


def _address(person_id: str) -> str:
    return url_for("directory.person", person_id=person_id)


def _new_person(**again: Any) -> Response:
    return door.shown("new_person", "staff", shortest=passwords.SHORTEST, **again)


def _person(person_id: str, **again: Any) -> Response:
    reader, actor = visit.reader(), visit.actor()
    shown = staff.one(reader, actor, person_id)
    offered: dict[str, Any] = {"roles": staff.roles(reader, actor), "estates": places.options(reader, actor)}
    offered["people"] = [found for found in staff.everybody(reader, actor) if found.value != person_id]
    offered["departments"] = {found.code: found.name for found in places.departments(reader, actor) if found.active}
    stand_ins = cover.deputies(reader, actor, person_id)
    mine = person_id == actor.person_id
    return door.shown(
        "person", "staff", person=shown, stand_ins=stand_ins, mine=mine, shortest=passwords.SHORTEST, **offered, **again
    )


def _leaving(person_id: str, **again: Any) -> Response:
    reader, actor = visit.reader(), visit.actor()
    shown, held = staff.one(reader, actor, person_id), staff.held_by(reader, actor, person_id)
    people = [found for found in staff.everybody(reader, actor) if found.value != person_id]
    return door.shown("leaving", "staff", person=shown, held=held, people=people, **again)


def _departments(edited: str | None, **again: Any) -> Response:
    reader, actor = visit.reader(), visit.actor()
    listed = places.departments(reader, actor)
    present = next((found for found in listed if found.id == edited), None)
    estates = places.options(reader, actor)
    return door.shown("departments", "departments", departments=listed, edited=present, estates=estates, **again)
