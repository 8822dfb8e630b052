"""What people, and the clock, do with a case beside its work items."""

from engine.commands.cases.add_comment import AddComment
from engine.commands.cases.attach import Attach
from engine.commands.cases.correct import Correct
from engine.commands.cases.erase_person import ErasePersonalData
from engine.commands.cases.fire_timers import FireTimers
from engine.commands.cases.link import Link
from engine.commands.cases.log_contact import LogContact
from engine.commands.cases.park_incident import ParkIncident
from engine.commands.cases.raise_severity import Raise
from engine.commands.cases.send_message import FlagUrgent, RaiseObjection, RequestReview, Withdraw

__all__ = [
    "AddComment",
    "Attach",
    "Correct",
    "ErasePersonalData",
    "FireTimers",
    "FlagUrgent",
    "Link",
    "LogContact",
    "ParkIncident",
    "Raise",
    "RaiseObjection",
    "RequestReview",
    "Withdraw",
]
