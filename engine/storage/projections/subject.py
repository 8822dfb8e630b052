"""What a projection is told beside its event, and the shape of the functions that write one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from engine.domain.events import Event
from engine.domain.values import Value
from engine.storage.batch import Batch


@dataclass(slots=True)
class Subject:
    """The case an entry is about, and the personal values of the entry where they are not erased."""

    case_id: str
    estate_id: str
    registered_at: datetime
    secret: bytes
    personal: Mapping[str, Value] = field(default_factory=dict)


Writer = Callable[[Any, Subject, Batch], None]


def columns(event: Event, key: str) -> dict[str, Any]:
    """The event's content as a row's columns, with the field of this name as the id."""
    row = {item.name: getattr(event, item.name) for item in fields(event)}
    row["id"] = row.pop(key)
    return row
