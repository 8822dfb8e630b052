"""The directory as a sheet is held against it: read with a few statements, then grown row by row in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from engine.commands.directory.sheets.rows import RefusedRow
from engine.domain.ids import new_id
from engine.domain.text import Text
from engine.storage import tables as t
from engine.storage.aliases import read_aliases

Labels = Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Room:
    """A room and the building it is in."""

    id: str
    building_id: str


class Directory:
    """What stands in the directory, and what the rows so far would add to it."""

    def __init__(self, connection: Connection, now: datetime, roles: Labels) -> None:
        self._now = now
        self._connection = connection
        self._roles = _by_any_name(roles, read_aliases(connection).roles)
        self._estates = _estates(connection)
        self._departments = _departments(connection)
        self._buildings: dict[tuple[str, str], str] = {}
        self._building_names: dict[str, str] = {}
        self._rooms: dict[tuple[str, str], Room] = {}
        self._homes: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._people: dict[str, dict[str, Any]] = {}
        self._grants: set[tuple[str, str, str | None, str | None]] = set()

    def read_places(self) -> Directory:
        """With all buildings, rooms and those who live there."""
        for row in self._connection.execute(sa.select(t.building)):
            self._buildings[row.estate_id, row.name] = row.id
            self._building_names[row.id] = row.name
        for row in self._connection.execute(sa.select(t.unit)):
            self._rooms[row.estate_id, row.room] = Room(row.id, row.building_id)
        home = t.household.c
        query = sa.select(home.id, home.unit_id, home.name, home.phone).where(home.active).order_by(home.id)
        for found in self._connection.execute(query).mappings():
            self._homes[found["unit_id"]].append(dict(found))
        return self

    def read_people(self) -> Directory:
        """With all people and the roles they hold."""
        person, held = t.person.c, t.role_grant.c
        for found in self._connection.execute(
            sa.select(person.id, person.login, person.name, person.phone, person.email)
        ).mappings():
            self._people[found["login"]] = dict(found)
        rows = self._connection.execute(sa.select(held.person_id, held.role, held.estate_id, held.department))
        self._grants = {(row.person_id, row.role, row.estate_id, row.department) for row in rows}
        return self

    def estate(self, typed: str) -> str:
        """The id of an estate by code or name; RefusedRow for an unknown one."""
        found = self._estates.get(typed.casefold())
        if found is None:
            raise RefusedRow(f"没有小区“{typed[:20]}”", f"there is no estate “{typed[:20]}”")
        return found

    def building(self, estate_id: str, name: str) -> str | None:
        """The id of a building by name."""
        return self._buildings.get((estate_id, name))

    def building_name(self, building_id: str) -> str:
        """What a building is called."""
        return self._building_names[building_id]

    def build(self, estate_id: str, name: str) -> str:
        """One more building."""
        building_id = self._buildings[estate_id, name] = new_id(self._now)
        self._building_names[building_id] = name
        return building_id

    def room(self, estate_id: str, number: str) -> Room | None:
        """A room by its number."""
        return self._rooms.get((estate_id, number))

    def furnish(self, estate_id: str, building_id: str, number: str) -> Room:
        """One more room."""
        room = self._rooms[estate_id, number] = Room(new_id(self._now), building_id)
        return room

    def households(self, unit_id: str) -> list[dict[str, Any]]:
        """Who lives in a room; those of rows before have no id yet."""
        return self._homes[unit_id]

    def move_in(self, unit_id: str, wanted: Mapping[str, str]) -> None:
        """One more household."""
        self._homes[unit_id].append({"id": None, **wanted})

    def person(self, login: str) -> dict[str, Any] | None:
        """A person by user name."""
        return self._people.get(login)

    def hire(self, login: str, wanted: Mapping[str, str]) -> str:
        """One more person."""
        person_id = new_id(self._now)
        self._people[login] = {"id": person_id, "login": login, **wanted}
        return person_id

    def rename(self, login: str, changed: Mapping[str, str]) -> None:
        """What the rows after see of the person."""
        self._people[login].update(changed)

    def holds(self, person_id: str, grant: Mapping[str, str | None]) -> bool:
        """Whether the role is held already; if not, it is from now on."""
        key = (person_id, str(grant["role"]), grant["estate_id"], grant["department"])
        held = key in self._grants
        self._grants.add(key)
        return held

    def grant(self, role: str, estate: str, department: str) -> dict[str, str | None] | None:
        """What a row says of a role; None when it names none."""
        if not role:
            if estate or department:
                raise RefusedRow("写了小区或部门，却没有岗位", "an estate or department stands there without a role")
            return None
        key = self._roles.get(role.casefold())
        if key is None:
            raise RefusedRow(f"没有岗位“{role[:20]}”", f"there is no role “{role[:20]}”")
        code = self._departments.get(department.casefold()) if department else None
        if department and code is None:
            raise RefusedRow(f"没有部门“{department[:20]}”", f"there is no department “{department[:20]}”")
        return {"role": key, "estate_id": self.estate(estate) if estate else None, "department": code}


def _by_any_name(*labels: Labels) -> dict[str, str]:
    """Role key by key and by every name in either language; the company's own names come last and win."""
    found: dict[str, str] = {}
    for names in labels:
        found |= {word.casefold(): key for key, text in names.items() for word in (key, text.zh, text.en) if word}
    return found


def _estates(connection: Connection) -> dict[str, str]:
    rows = connection.execute(sa.select(t.estate).where(t.estate.c.active)).all()
    return {word.casefold(): row.id for row in rows for word in (row.name_en, row.name_zh, row.code)}


def _departments(connection: Connection) -> dict[str, str]:
    rows = connection.execute(sa.select(t.department).where(t.department.c.active)).all()
    return {word.casefold(): row.code for row in rows for word in (row.name_en, row.name_zh, row.code)}
