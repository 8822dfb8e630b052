"""The company's people and places, changed by administrators."""

from engine.commands.context import Handler
from engine.commands.directory import cover, leaving, names, people, places, roster
from engine.commands.directory.cover import EndDeputy, SetCalendarDay, SetDeputy
from engine.commands.directory.leaving import Deactivate, Left, Reactivate
from engine.commands.directory.names import SetAlias
from engine.commands.directory.people import GrantRole, RevokeRole, SaveDepartment, SavePerson
from engine.commands.directory.places import (
    AddBuilding,
    AddEstate,
    AddUnit,
    SaveBuilding,
    SaveEstate,
    SaveHousehold,
    SaveUnit,
)
from engine.commands.directory.roster import CopyWeek, EndDuty, SetDuty

HANDLERS: dict[type, Handler] = {
    **places.HANDLERS,
    **people.HANDLERS,
    **leaving.HANDLERS,
    **cover.HANDLERS,
    **roster.HANDLERS,
    **names.HANDLERS,
}

__all__ = [
    "HANDLERS",
    "AddBuilding",
    "AddEstate",
    "AddUnit",
    "CopyWeek",
    "Deactivate",
    "EndDeputy",
    "EndDuty",
    "GrantRole",
    "Left",
    "Reactivate",
    "RevokeRole",
    "SaveBuilding",
    "SaveDepartment",
    "SaveEstate",
    "SaveHousehold",
    "SavePerson",
    "SaveUnit",
    "SetAlias",
    "SetCalendarDay",
    "SetDeputy",
    "SetDuty",
]
