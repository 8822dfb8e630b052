"""Many complaints of one cause: joined to the one that leads, told when the cause is handled, closed each on its own."""

from engine.commands.context import Handler
from engine.commands.events import join, leave
from engine.commands.events.join import JoinEvent
from engine.commands.events.leave import LeaveEvent

HANDLERS: dict[type, Handler] = {JoinEvent: join.handle, LeaveEvent: leave.handle}

__all__ = ["HANDLERS", "JoinEvent", "LeaveEvent"]
