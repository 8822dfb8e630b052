"""A person's messages, what they want to be told, and what could not be delivered."""

from engine.queries.messages.listing import Box, Group, Message, Target, box, target
from engine.queries.messages.preferences import Preferences, preferences
from engine.queries.messages.pressing import Pressing, pressing
from engine.queries.messages.undelivered import Parcel, Undelivered, undelivered, undelivered_count

__all__ = [
    "Box",
    "Group",
    "Message",
    "Parcel",
    "Preferences",
    "Pressing",
    "Target",
    "Undelivered",
    "box",
    "preferences",
    "pressing",
    "target",
    "undelivered",
    "undelivered_count",
]
