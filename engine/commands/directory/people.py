"""People who work here, their roles, and the departments they belong to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from engine.commands.access import credentials, passwords, sessions
from engine.commands.context import Handler, Procedures
from engine.commands.directory.changes import note, require_administrator, require_row, require_unused, required, save
from engine.commands.session import sentences
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import InvalidValues
from engine.storage import tables as t
from engine.storage.work import Work

NO_ROLE = Text("规程里没有这个岗位。", "The procedure has no such role.")


@dataclass(frozen=True, slots=True)
class SavePerson:
    """A person who signs in; without ``password`` the present one stays."""

    login: str
    name: str
    phone: str = ""
    email: str = ""
    password: str | None = field(default=None, repr=False)
    person_id: str | None = None
    active: bool = True
    administrator: bool = False
    demo: bool = False


@dataclass(frozen=True, slots=True)
class GrantRole:
    """No estate means all of them, no department (a code) likewise."""

    person_id: str
    role: str
    estate_id: str | None = None
    department: str | None = None


@dataclass(frozen=True, slots=True)
class RevokeRole:
    """Takes one grant away."""

    grant_id: str


@dataclass(frozen=True, slots=True)
class SaveDepartment:
    """No estate means that it serves the whole company."""

    code: str
    name_zh: str
    name_en: str
    estate_id: str | None = None
    active: bool = True
    department_id: str | None = None


def save_person(command: SavePerson, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The person's id; a login is used once."""
    require_administrator(actor)
    row = required(login=command.login.lower(), name=command.name)
    require_unused(work, t.person, "login", t.person.c.login == row["login"], command.person_id)
    if command.password is not None:
        if command.person_id == actor.person_id:
            raise InvalidValues(sentences.FORM_REFUSED, {"password": credentials.OWN})
        passwords.require_good(command.password, row["login"], "password", demo=command.demo)
    rest: dict[str, Any] = {"phone": command.phone.strip(), "email": command.email.strip(), "active": command.active}
    if command.person_id is None:
        rest |= {"language": "zh_Hans", "administrator": command.administrator, "demo": command.demo, "session_epoch": 0}
    person_id = save(work, t.person, {**row, **rest}, command.person_id, public=("login", "active"))
    if command.person_id is not None and not command.active:
        sessions.end_all(work, person_id)
    if command.password is not None:
        # Whoever else set it knows it, so the person chooses another at the first sign-in.
        credentials.store(work, person_id, passwords.hash_password(command.password), must_change=not actor.system)
    return person_id


def grant_role(command: GrantRole, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The grant's id; InvalidValues for a role that no procedure knows."""
    require_administrator(actor)
    require_row(work, t.person, command.person_id)
    if command.role not in procedures.catalogue.intake(now).procedure.roles:
        raise InvalidValues(sentences.FORM_REFUSED, {"role": NO_ROLE})
    if command.estate_id:
        require_row(work, t.estate, command.estate_id)
    row = {
        "person_id": command.person_id,
        "role": command.role,
        "estate_id": command.estate_id or None,
        "department": command.department or None,
    }
    return save(work, t.role_grant, row, public=tuple(row))


def revoke_role(command: RevokeRole, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> None:
    """NotFound when it was taken away before."""
    require_administrator(actor)
    row = require_row(work, t.role_grant, command.grant_id)
    work.connection.execute(sa.delete(t.role_grant).where(t.role_grant.c.id == command.grant_id))
    note(work, t.role_grant, command.grant_id, "revoked", {name: row[name] for name in ("person_id", "role") if row[name]})


def save_department(command: SaveDepartment, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The department's id; a code is used once within an estate."""
    require_administrator(actor)
    row = required(code=command.code, name_zh=command.name_zh, name_en=command.name_en)
    estate_id = command.estate_id or None
    same = (t.department.c.code == row["code"]) & (t.department.c.estate_id.is_not_distinct_from(estate_id))
    require_unused(work, t.department, "code", same, command.department_id)
    whole = {**row, "estate_id": estate_id, "active": command.active}
    return save(work, t.department, whole, command.department_id, public=("code", "name_zh", "name_en", "active"))


HANDLERS: dict[type, Handler] = {
    SavePerson: save_person,
    GrantRole: grant_role,
    RevokeRole: revoke_role,
    SaveDepartment: save_department,
}
