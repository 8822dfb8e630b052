"""What people, and the clock, do with a case beside its work items."""

from engine.commands.cases.act import Act
from engine.commands.cases.add_comment import AddComment
from engine.commands.cases.attach import Attach
from engine.commands.cases.correct import Correct
from engine.commands.cases.erase_person import ErasePersonalData
from engine.commands.cases.fire_timers import FireTimers
from engine.commands.cases.link import Link
from engine.commands.cases.log_contact import LogContact
from engine.commands.cases.park_incident import ParkIncident
from engine.commands.cases.raise_severity import Raise

__all__ = [
    "Act",
    "AddComment",
    "Attach",
    "Correct",
    "ErasePersonalData",
    "FireTimers",
    "Link",
    "LogContact",
    "ParkIncident",
    "Raise",
]
