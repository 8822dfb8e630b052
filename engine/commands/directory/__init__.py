"""The company's people and places, changed by administrators."""

from engine.commands.context import Handler
from engine.commands.directory import cover, names, people, places
from engine.commands.directory.cover import EndDeputy, SetCalendarDay, SetDeputy, SetDuty
from engine.commands.directory.names import SetAlias
from engine.commands.directory.people import GrantRole, RevokeRole, SaveDepartment, SavePerson
from engine.commands.directory.places import AddBuilding, AddEstate, AddUnit, SaveHousehold

HANDLERS: dict[type, Handler] = {**places.HANDLERS, **people.HANDLERS, **cover.HANDLERS, **names.HANDLERS}

__all__ = [
    "HANDLERS",
    "AddBuilding",
    "AddEstate",
    "AddUnit",
    "EndDeputy",
    "GrantRole",
    "RevokeRole",
    "SaveDepartment",
    "SaveHousehold",
    "SavePerson",
    "SetAlias",
    "SetCalendarDay",
    "SetDeputy",
    "SetDuty",
]
