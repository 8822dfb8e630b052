"""What the journal tells of the elements of a diagram: who passed them when, in which round, and where a deadline was missed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain import events as ev
from engine.domain.actor import SYSTEM, Actor
from engine.domain.text import Text
from engine.queries.case_file.head import Head
from engine.storage.journal import Entry, to_entry
from engine.storage.tables import journal, person

if TYPE_CHECKING:
    from engine.queries.reader import Reader

_USED = (ev.WorkItemOpened, ev.WorkItemCompleted, ev.WorkItemWaived, ev.StepTaken, ev.LimitOpened, ev.LimitBreached)
_UNUSED = frozenset(ev.EVENTS) - {kind.__name__ for kind in _USED}


@dataclass(frozen=True, slots=True)
class Time:
    """One passing of an element: ``person`` did its task, None where it was passed of itself; round None if it has none."""

    at: datetime
    person: str | None
    round: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """Every passing in order, by element id; the names of the limits that were breached, by the element they belong to."""

    order: tuple[tuple[str, Time], ...]
    breached: dict[str, tuple[Text, ...]]

    def without(self, hidden: Collection[str]) -> Told:
        """The same, as it is told to whom those elements are not told."""
        breached = {key: names for key, names in self.breached.items() if key not in hidden}
        return Told(tuple(one for one in self.order if one[0] not in hidden), breached)


def history(reader: Reader, actor: Actor, case: Head) -> Told:
    """What happened at each element of a case that somebody was shown."""
    query = sa.select(journal, person.c.name).outerjoin(person, person.c.id == journal.c.actor_id)
    query = query.where(journal.c.stream_kind == "case", journal.c.stream_id == case.case_id).order_by(journal.c.seq)
    rows = reader.connection.execute(query).mappings().all()
    entries = [(to_entry(row, _UNUSED), row["name"]) for row in rows]
    return Told(tuple(_order(entries, actor.calls_system)), _breached([entry for entry, _ in entries]))


def _order(entries: list[tuple[Entry, str | None]], system: str) -> Iterator[tuple[str, Time]]:
    rounds: dict[str, int] = {}
    for entry, name in entries:
        done: dict[str, int | None] = {}
        for event in entry.events:
            if isinstance(event, ev.WorkItemOpened):
                rounds[event.item_id] = event.round
            elif isinstance(event, ev.WorkItemCompleted | ev.WorkItemWaived):
                done[event.element_id] = rounds.get(event.item_id)
        who = name or (system if entry.actor_id == SYSTEM.person_id else entry.actor_id)
        for step in (event for event in entry.events if isinstance(event, ev.StepTaken)):
            for key in step.passed:
                yield key, Time(entry.at, who if key in done else None, done.get(key))


def _breached(entries: list[Entry]) -> dict[str, tuple[Text, ...]]:
    opened: dict[str, Any] = {}
    found: dict[str, tuple[Text, ...]] = {}
    for event in (event for entry in entries for event in entry.events):
        if isinstance(event, ev.LimitOpened):
            opened[event.run_id] = event
        elif isinstance(event, ev.LimitBreached) and (run := opened.get(event.run_id)) and run.element_id:
            found[run.element_id] = (*found.get(run.element_id, ()), Text(run.name_zh, run.name_en))
    return found
