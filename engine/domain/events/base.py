"""What an event of a case is, and how it is written down and read again."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from engine.domain.codec import from_plain, to_plain


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events; ``to_data`` and ``from_data`` are exact opposites."""

    def to_data(self) -> dict[str, Any]:
        """JSON-able content with the type's name under ``type``."""
        named = ((item.name, getattr(self, item.name)) for item in fields(self))
        return {"type": type(self).__name__, **{name: _plain(value) for name, value in named if value is not None}}

    @staticmethod
    def from_data(data: dict[str, Any]) -> Event:
        """The event whose ``to_data`` this is."""
        kind = EVENTS[data["type"]]
        return kind(**{name: from_plain(value) for name, value in data.items() if name != "type"})


def _plain(value: Any) -> Any:
    # An event's own counters stay JSON integers: they are columns, not values of the case.
    return value if type(value) is int else to_plain(value)


#: Every kind of event by its name; what happens to reports, documents and the like adds its own.
EVENTS: dict[str, type[Event]] = {}
