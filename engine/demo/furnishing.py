"""Demo people and places, so that a new installation can be tried at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import yaml
from sqlalchemy import make_url

from engine.bootstrap import Application
from engine.commands import directory
from engine.commands.access import passwords
from engine.domain.actor import SYSTEM
from engine.domain.text import Text
from engine.errors import Misconfigured
from engine.settings import Settings
from engine.storage.tables import estate, person

PASSWORD = passwords.DEMO
NOT_HERE = Text(
    "演示模式只能在本机的空数据库上使用。请去掉 --demo,或换一个空的数据目录。",
    "Demo mode works only on this machine and an empty database. Leave out --demo, or use an empty data folder.",
)
NOT_EMPTY = Text(
    "数据库里已有真实的人员或小区，不能再加演示人员。请去掉 --demo 和 REDRESS_DEMO，或换一个空的数据目录。",
    "The database holds real people or estates, so no demo people are added. Leave out --demo and REDRESS_DEMO, or use an empty"
    " data folder.",
)
_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


def furnish(application: Application, *, anywhere: bool = False) -> bool:
    """Fill an empty directory with the demo company; False when that was done before, Misconfigured when it holds real people.

    Everybody knows the demo people's password, so a shared database or an open address takes them only when ``anywhere`` insists.
    """
    require_allowed(application.settings, anywhere=anywhere)
    with application.database.read() as connection:
        if connection.execute(sa.select(person.c.id).where(person.c.demo)).first():
            return False
        # Demonstration people beside real ones would let everybody in.
        if connection.execute(sa.select(estate.c.id).union_all(sa.select(person.c.id))).first():
            raise Misconfigured(NOT_EMPTY)
    Company(application).take_in(company_data())
    return True


def require_allowed(settings: Settings, *, anywhere: bool) -> None:
    """Misconfigured where demo people would be in others' reach, unless ``anywhere`` insists."""
    own = make_url(settings.url).get_backend_name() == "sqlite"
    at_home = own and settings.host in _THIS_MACHINE and not (settings.proxies or settings.https)
    if not (at_home or anywhere):
        raise Misconfigured(NOT_HERE)


def company_data() -> dict[str, Any]:
    """The company as its file has it."""
    data: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "company.yaml").read_text("utf-8"))
    return data


@dataclass(slots=True)
class Company:
    """Gives the demo company's directory commands, one after the other, and remembers the ids of what it made."""

    application: Application
    people: dict[str, str] = field(default_factory=dict)  # by login, in the order of the file
    estates: dict[str, str] = field(default_factory=dict)  # by code
    households: dict[tuple[str, str], str] = field(default_factory=dict)  # by code of the estate and room

    def take_in(self, data: dict[str, Any]) -> None:
        """Estates with their households, departments, people with roles, and the duty roster; any of them may be left out."""
        for entry in data.get("estates", ()):
            self._estate(entry)
        for entry in data.get("departments", ()):
            self._do(directory.SaveDepartment(**entry))
        for entry in data.get("people", ()):
            self._person(entry)
        for position, entry in enumerate(data.get("duty", ())):
            self._duty(position, entry)

    def _do(self, command: Any) -> str:
        return str(self.application.execute(command, SYSTEM))

    def _estate(self, entry: dict[str, Any]) -> None:
        estate_id = self._do(directory.AddEstate(entry["code"], entry["name_zh"], entry["name_en"]))
        self.estates[entry["code"]] = estate_id
        for building in entry["buildings"]:
            building_id = self._do(directory.AddBuilding(estate_id, building["name"]))
            for home in building["homes"]:
                unit_id = self._do(directory.AddUnit(estate_id, building_id, home["room"]))
                household = directory.SaveHousehold(estate_id, unit_id, home["name"], home["phone"])
                self.households[entry["code"], home["room"]] = self._do(household)

    def _person(self, entry: dict[str, Any]) -> None:
        person = directory.SavePerson(
            entry["login"],
            entry["name"],
            entry["phone"],
            password=PASSWORD,
            administrator=entry.get("administrator", False),
            demo=True,
        )
        person_id = self.people[entry["login"]] = self._do(person)
        for grant in entry["roles"]:
            estate_id = self.estates[grant["estate"]] if "estate" in grant else None
            self._do(directory.GrantRole(person_id, grant["role"], estate_id, grant.get("department")))

    def _duty(self, position: int, entry: dict[str, Any]) -> None:
        now = self.application.clock.now()
        estate_id, person_id = self.estates[entry["estate"]], self.people[entry["login"]]
        span = (now - timedelta(days=1), now + timedelta(days=3650))
        self._do(directory.SetDuty(estate_id, entry["role"], person_id, entry["phone"], position, *span))
