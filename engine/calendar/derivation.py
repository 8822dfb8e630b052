"""A due moment together with everything that led to it, as a value that can be stored and read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from engine.calendar.rules import Unit
from engine.calendar.wording import sentence
from engine.domain.text import Text


@dataclass(frozen=True, slots=True)
class Derivation:
    """Why a limit is due when it is due; moments are UTC, days are local to ``zone``."""

    anchor: datetime
    amount: Decimal
    unit: Unit
    due_at: datetime
    zone: str
    calendar_revision: str
    counted_from: date | None = None
    skipped: tuple[tuple[date, Text], ...] = ()
    made_up: tuple[date, ...] = ()
    provisional: bool = False
    notes: tuple[Text, ...] = ()

    def sentence(self) -> Text:
        """The explanation for people, in local time."""
        return sentence(self)

    def as_data(self) -> dict[str, Any]:
        """Plain strings, lists and a flag; ``from_data`` reads the same derivation from it."""
        return {
            "anchor": _moment_text(self.anchor),
            "amount": str(self.amount),
            "unit": str(self.unit),
            "due_at": _moment_text(self.due_at),
            "zone": self.zone,
            "calendar_revision": self.calendar_revision,
            "counted_from": None if self.counted_from is None else self.counted_from.isoformat(),
            "skipped": [[day.isoformat(), reason.zh, reason.en] for day, reason in self.skipped],
            "made_up": [day.isoformat() for day in self.made_up],
            "provisional": self.provisional,
            "notes": [[note.zh, note.en] for note in self.notes],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Derivation:
        """Reads what ``as_data`` wrote."""
        return cls(
            anchor=datetime.fromisoformat(data["anchor"]),
            amount=Decimal(data["amount"]),
            unit=Unit(data["unit"]),
            due_at=datetime.fromisoformat(data["due_at"]),
            zone=data["zone"],
            calendar_revision=data["calendar_revision"],
            counted_from=None if data["counted_from"] is None else date.fromisoformat(data["counted_from"]),
            skipped=tuple((date.fromisoformat(day), Text(zh, en)) for day, zh, en in data["skipped"]),
            made_up=tuple(date.fromisoformat(day) for day in data["made_up"]),
            provisional=data["provisional"],
            notes=tuple(Text(zh, en) for zh, en in data["notes"]),
        )


def _moment_text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
