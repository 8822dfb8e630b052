"""The company's people and places, changed by administrators."""

from engine.commands.context import Check, Handler
from engine.commands.directory import cover, leaving, names, people, places, recounting, roster, sheets, wordings
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
from engine.commands.directory.recounting import RecountDeadlines
from engine.commands.directory.roster import CopyWeek, EndDuty, SetDuty
from engine.commands.directory.sheets import ConfirmImport, DropImport, StageImport
from engine.commands.directory.wordings import SetMessageWording

HANDLERS: dict[type, Handler] = {
    **places.HANDLERS,
    **people.HANDLERS,
    **leaving.HANDLERS,
    **cover.HANDLERS,
    **roster.HANDLERS,
    **names.HANDLERS,
    **sheets.HANDLERS,
    **wordings.HANDLERS,
    **recounting.HANDLERS,
}
CHECKS: dict[type, Check] = sheets.CHECKS

__all__ = [
    "CHECKS",
    "HANDLERS",
    "AddBuilding",
    "AddEstate",
    "AddUnit",
    "ConfirmImport",
    "CopyWeek",
    "Deactivate",
    "DropImport",
    "EndDeputy",
    "EndDuty",
    "GrantRole",
    "Left",
    "Reactivate",
    "RecountDeadlines",
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
    "SetMessageWording",
    "StageImport",
]
