"""The people who work here, for administrators: who they are, what they may do, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import NotFound
from engine.queries.directory.guard import NO_SUCH_ENTRY, require_administrator
from engine.queries.directory.paging import Paged, page_of
from engine.queries.directory.roles import role_labels
from engine.queries.people import Option
from engine.storage.tables import credential, department, estate, person, register_entry, role_grant, work_item

if TYPE_CHECKING:
    from engine.queries.reader import Reader

ACTIVE, LEFT = "active", "left"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which people: whose name, login, telephone or mail has the words, who hold the role, who work for the estate."""

    words: str = ""
    role: str = ""
    estate_id: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """An open task that waits for one person."""

    item_id: str
    name: Text
    number: str
    due_at: datetime | None


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


def people(reader: Reader, actor: Actor, wanted: Wanted, number: int = 1) -> Paged[Person]:
    """A page of the people by name; those who have left come last."""
    require_administrator(actor)
    query = _people().where(*_conditions(wanted)).order_by(person.c.active.desc(), person.c.name, person.c.id)
    rows, found, total = page_of(reader, actor, query, number)
    held = _grants(reader, actor, [row.id for row in rows])
    return Paged(tuple(_person(row, held) for row in rows), found, total)


def held_by(reader: Reader, actor: Actor, person_id: str) -> tuple[Held, ...]:
    """The open tasks that wait for this person alone, nearest deadline first."""
    require_administrator(actor)
    item, entry = work_item.c, register_entry.c
    query = sa.select(item.id, item.name_zh, item.name_en, item.due_at, entry.number)
    query = query.join(register_entry, entry.case_id == item.case_id).where(item.holder_id == person_id, item.status == "open")
    rows = reader.connection.execute(query.order_by(item.due_at.asc().nulls_last(), item.id))
    return tuple(Held(row.id, Text(row.name_zh, row.name_en), row.number, row.due_at) for row in rows)


def _conditions(wanted: Wanted) -> Iterator[sa.ColumnElement[bool]]:
    text = wanted.words.strip()[:80]
    if text:
        columns = (person.c.name, person.c.login, person.c.phone, person.c.email)
        yield sa.or_(*(column.icontains(text, autoescape=True) for column in columns))
    if wanted.state:
        yield person.c.active if wanted.state == ACTIVE else sa.not_(person.c.active)
    if wanted.role or wanted.estate_id:
        held = sa.exists().where(role_grant.c.person_id == person.c.id)
        if wanted.role:
            held = held.where(role_grant.c.role == wanted.role)
        if wanted.estate_id:
            held = held.where(sa.or_(role_grant.c.estate_id == wanted.estate_id, role_grant.c.estate_id.is_(None)))
        yield held


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
