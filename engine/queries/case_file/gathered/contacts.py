"""How the complainant is reached, and every time that somebody spoke with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain import events as ev
from engine.domain.actor import Actor
from engine.domain.values import Value
from engine.queries.case_file.gathered.sheets import NOTHING, Sheet, pairs_of, sheets_of
from engine.queries.case_file.head import Head
from engine.queries.case_values import values_of
from engine.queries.references import Names, named
from engine.queries.sensitive import withheld
from engine.storage.journal import to_entry
from engine.storage.tables import journal, person

if TYPE_CHECKING:
    from engine.queries.reader import Reader

TAB = "contacts"
_SPOKEN = "contact"
_REACHED_BY = ("complainant_name", "household", "address")


@dataclass(frozen=True, slots=True)
class Contact:
    """One time: ``sheet`` where a form was filled in about it, else ``words`` are what was noted, None once erased."""

    at: datetime
    person: str
    words: str | None = None
    sheet: Sheet | None = None


@dataclass(frozen=True, slots=True)
class Contacts:
    """Names, addresses and telephones with their fields; the times, the newest first."""

    reached_by: tuple[tuple[Any, Value], ...]
    times: tuple[Contact, ...]
    names: Names


def contacts(reader: Reader, actor: Actor, case: Head) -> Contacts:
    """The contacts of a case that the actor was shown; which forms tell of one stands in its procedure."""
    hidden = withheld(actor, case.procedure, case.estate_id)
    sheets = sheets_of(reader, actor, case, case.procedure.gathered.get(TAB, ()), hidden)
    reached = tuple(_reached(reader, case, hidden))
    times = (*_noted(reader, actor, case), *(Contact(sheet.at, sheet.person, sheet=sheet) for sheet in sheets))
    names = named(reader, actor, [*reached, *pairs_of(sheets, case.procedure)])
    return Contacts(reached, tuple(sorted(times, key=lambda one: one.at, reverse=True)), names)


def _reached(reader: Reader, case: Head, hidden: frozenset[str]) -> Iterator[tuple[Any, Value]]:
    procedure, values = case.procedure, values_of(reader.catalogue, case.state, case.apart.latest())
    phones = [key for key, field in procedure.vocabulary.items() if field.type == "phone"]
    for key in dict.fromkeys([*(procedure.register.get(column, "") for column in _REACHED_BY), *phones]):
        if key in procedure.vocabulary and key not in hidden and values.get(key) not in NOTHING:
            yield procedure.vocabulary[key], values[key]


def _noted(reader: Reader, actor: Actor, case: Head) -> Iterator[Contact]:
    query = sa.select(journal, person.c.name).outerjoin(person, person.c.id == journal.c.actor_id)
    query = query.where(journal.c.stream_kind == "case", journal.c.stream_id == case.case_id)
    for row in reader.connection.execute(query.where(journal.c.events.contains(f'"{ev.ContactLogged.__name__}"'))).mappings():
        entry = to_entry(row)
        if any(isinstance(event, ev.ContactLogged) for event in entry.events):
            reference = entry.personal.get(_SPOKEN, [""])[0]
            words = case.apart.read([reference]).get(reference)
            yield Contact(entry.at, row["name"] or actor.calls_system, None if words is None else str(words))
