"""Who tells: what ids are called, and what a line of the journal consists of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any

from engine.domain import events as ev
from engine.domain.text import Text
from engine.domain.values import Value

LATE, DONE = "late", "done"


@dataclass(frozen=True, slots=True)
class Pair:
    """A field with its value, and the one before where it was put right."""

    field: Any
    value: Value
    was: Value = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened; ``by_person`` parts what somebody did from what the procedure did of itself."""

    text: Text
    by_person: bool = False
    tone: str = ""
    pairs: tuple[Pair, ...] = ()
    attachment_id: str | None = None
    attachment_name: str | None = None
    case_id: str | None = None


@dataclass(slots=True)
class Teller:
    """Knows what ids are called; ``items`` and ``runs`` grow as the events that open them pass by.

    ``apart`` are elements of which nothing is told: the items opened there are gathered in ``untold``.
    """

    procedure: Any
    zone: tzinfo
    people: Mapping[str, str]
    departments: Mapping[str, Text]
    withheld: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    items: dict[str, Text] = field(default_factory=dict)
    runs: dict[str, ev.LimitOpened] = field(default_factory=dict)
    untold: set[str] = field(default_factory=set)

    def tell(self, event: ev.Event) -> Line | None:
        """The line of an event; None for events that only feed tables, and for what happened at an element that is apart."""
        told = TELLING.get(type(event))
        return told(self, event) if told and not self.is_apart(event) else None

    def is_apart(self, event: ev.Event) -> bool:
        """Whether it happened at an element of which nothing is told; asked of the events in their order."""
        ids = {str(one) for name in ("item_id", "run_id") if (one := getattr(event, name, None))}
        if getattr(event, "element_id", None) in self.apart:
            self.untold |= ids
            return True
        return not self.untold.isdisjoint(ids)

    def person(self, person_id: str | None) -> str:
        """What a person is called."""
        return self.people.get(person_id or "", person_id or "—")

    def clock(self, moment: datetime | None) -> str:
        """A moment as both languages write it."""
        return moment.astimezone(self.zone).strftime("%m-%d %H:%M") if moment else "—"

    def item(self, item_id: str, element_id: str | None = None) -> Text:
        """What a work item is called."""
        return self.items.get(item_id) or (self.procedure.label(element_id) if element_id else Text("一项任务", "a task"))

    def department(self, code: str | None) -> Text:
        """What a department is called."""
        return self.departments.get(code or "", Text(code or "—", code or "—"))

    def pair(self, key: str, value: Value, **rest: Any) -> Pair | None:
        """A value with its field; None for what the actor may not see or the vocabulary does not know."""
        known = self.procedure.vocabulary.get(key)
        return Pair(known, value, **rest) if known and key not in self.withheld else None


Telling = dict[type[ev.Event], Callable[[Teller, Any], Line | None]]
#: How each kind of event is told; the modules beside this one fill it.
TELLING: Telling = {}
