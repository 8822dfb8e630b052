"""The people who work here, for administrators: who they are, what they may do, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import NotFound
from engine.queries.directory.guard import NO_SUCH_ENTRY, require_administrator
from engine.queries.directory.roles import role_labels
from engine.queries.people import Option
from engine.storage.tables import credential, department, estate, person, role_grant

if TYPE_CHECKING:
    from engine.queries.reader import Reader

MOST = 200


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that somebody holds; no estate or department means all of them."""

    id: str
    role: Text
    estate: Text | None
    department: Text | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs in, with the roles held; the password itself nobody can read."""

    id: str
    login: str
    name: str
    phone: str
    email: str
    active: bool
    administrator: bool
    has_password: bool
    grants: tuple[Grant, ...]


def people(reader: Reader, actor: Actor, words: str = "") -> tuple[Person, ...]:
    """The first people by name whose name or login has the words; those who have left come last."""
    require_administrator(actor)
    query = _people().order_by(person.c.active.desc(), person.c.name, person.c.id).limit(MOST)
    if words.strip():
        text = words.strip()[:80]
        query = query.where(
            sa.or_(person.c.name.icontains(text, autoescape=True), person.c.login.icontains(text, autoescape=True))
        )
    rows = reader.connection.execute(query).all()
    held = _grants(reader, actor, [row.id for row in rows])
    return tuple(_person(row, held) for row in rows)


def one(reader: Reader, actor: Actor, person_id: str) -> Person:
    """One person; NotFound for an unknown id."""
    require_administrator(actor)
    row = reader.connection.execute(_people().where(person.c.id == person_id)).first()
    if row is None:
        raise NotFound(NO_SUCH_ENTRY)
    return _person(row, _grants(reader, actor, [person_id]))


def everybody(reader: Reader, actor: Actor) -> tuple[Option, ...]:
    """All active people, to choose from."""
    require_administrator(actor)
    query = sa.select(person.c.id, person.c.name, person.c.login).where(person.c.active).order_by(person.c.name, person.c.id)
    labels = ((row.id, f"{row.name} ({row.login})") for row in reader.connection.execute(query))
    return tuple(Option(found, Text(label, label)) for found, label in labels)


def roles(reader: Reader, actor: Actor) -> tuple[Option, ...]:
    """The roles of the procedures in force."""
    require_administrator(actor)
    return tuple(Option(key, label) for key, label in role_labels(reader, actor).items())


def _people() -> sa.Select[Any]:
    has = sa.exists().where(credential.c.person_id == person.c.id)
    return sa.select(person, has.label("has_password"))


def _grants(reader: Reader, actor: Actor, person_ids: list[str]) -> dict[str, list[Grant]]:
    named = role_labels(reader, actor)
    joined = role_grant.outerjoin(estate, estate.c.id == role_grant.c.estate_id)
    query = sa.select(role_grant, estate.c.name_zh, estate.c.name_en).select_from(joined)
    rows = reader.connection.execute(query.where(role_grant.c.person_id.in_(person_ids)).order_by(role_grant.c.id)).all()
    called = _departments(reader)
    found: dict[str, list[Grant]] = {}
    for row in rows:
        place = Text(row.name_zh, row.name_en) if row.estate_id and row.name_zh else None
        within = called.get(row.department, Text(row.department, row.department)) if row.department else None
        grant = Grant(row.id, named.get(row.role, Text(row.role, row.role)), place, within)
        found.setdefault(row.person_id, []).append(grant)
    return found


def _departments(reader: Reader) -> dict[str, Text]:
    query = sa.select(department.c.code, department.c.name_zh, department.c.name_en)
    return {row.code: Text(row.name_zh, row.name_en) for row in reader.connection.execute(query)}


def _person(row: Any, held: dict[str, list[Grant]]) -> Person:
    return Person(
        id=row.id,
        login=row.login,
        name=row.name,
        phone=row.phone or "",
        email=row.email or "",
        active=row.active,
        administrator=row.administrator,
        has_password=row.has_password,
        grants=tuple(held.get(row.id, ())),
    )
