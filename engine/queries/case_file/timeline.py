"""The story of a case from its journal: people's deeds and words first, what the procedure did of itself beneath them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.domain import events as ev
from engine.domain.actor import SYSTEM, Actor
from engine.domain.text import Text
from engine.domain.values import Value
from engine.procedure.beside.restricted import kept_apart
from engine.queries.case_file.head import Head
from engine.queries.case_file.telling import LATE, UNTOLD, Line, Pair, Teller
from engine.queries.references import Names, named
from engine.queries.sensitive import withheld
from engine.storage.journal import Entry, read_stream

if TYPE_CHECKING:
    from engine.queries.reader import Reader

#: Payloads that belong to a command rather than to a form, with what introduces them.
SPOKEN = {
    "contact": Text("说了什么", "What was said"),
    "comment": Text("留言", "Note"),
    "reason": Text("理由", "Reason"),
}
FILE_NAME = "file_name"
LONG = frozenset({"longtext"})


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote; ``text`` is None once it was erased."""

    label: Text
    text: str | None


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of the journal as a story: what a person did, in which words, and what followed of itself."""

    seq: int
    at: datetime
    person: str
    on_behalf_of: str | None
    by_system: bool
    deeds: tuple[Line, ...]
    words: tuple[Words, ...]
    alarms: tuple[Line, ...]
    consequences: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """The moments, newest first, and what the references in their values are called."""

    moments: tuple[Moment, ...]
    names: Names


def story(reader: Reader, actor: Actor, case: Head) -> Story:
    """The story of a case that the actor was shown."""
    entries = tuple(read_stream(reader.connection, "case", case.case_id, UNTOLD))
    hidden = withheld(actor, case.procedure, case.estate_id)
    personal = case.apart.read(ref[0] for entry in entries for key, ref in entry.personal.items() if key not in hidden)
    pairs = tuple(_pairs(entries, case.procedure, personal))
    called = named(reader, actor, pairs, person=_people(entries), department=_departments(entries))
    people = {key: text.zh for key, text in called.items()} | {SYSTEM.person_id: actor.calls_system}
    called |= _roles(case.procedure, pairs)
    apart = kept_apart(actor, case.procedure, case.estate_id)
    teller = Teller(case.procedure, reader.zone, people, called, hidden, apart)
    moments = (_moment(entry, teller, personal) for entry in entries)
    return Story(tuple(reversed([moment for moment in moments if _says_something(moment)])), called)


def _roles(procedure: Any, pairs: Iterable[tuple[Any, Value]]) -> dict[str, Text]:
    """The roles that tables give as plain text, by key; what people have written is left as it is."""
    given = {
        part
        for field, value in pairs
        if field.type in ("text", "list") and not field.personal
        for entry in (value if isinstance(value, list) else [value])
        for part in (entry.values() if isinstance(entry, dict) else [entry])
        if isinstance(part, str)
    }
    return {key: procedure.roles[key].label for key in given & set(procedure.roles)}


def _says_something(moment: Moment) -> bool:
    return bool(moment.deeds or moment.words or moment.alarms or moment.consequences)


def _moment(entry: Entry, teller: Teller, personal: dict[str, Value]) -> Moment:
    spoken = {key: personal.get(payload_id) for key, (payload_id, _) in entry.personal.items() if key not in teller.withheld}
    lines = [_completed(line, spoken, event) for event in entry.events if (line := teller.tell(event))]
    # What followed of itself from a step that is not told is told without who took it.
    untold = any(map(teller.is_apart, entry.events)) and not any(line.by_person for line in lines)
    by_system = untold or entry.actor_id == SYSTEM.person_id
    return Moment(
        seq=entry.seq,
        at=entry.at,
        person=teller.person(SYSTEM.person_id if untold else entry.actor_id),
        on_behalf_of=teller.person(entry.on_behalf_of) if entry.on_behalf_of and not untold else None,
        by_system=by_system,
        deeds=tuple(line for line in lines if line.by_person),
        words=() if untold else tuple(_words(entry, spoken, teller.procedure)),
        alarms=tuple(line for line in lines if line.tone == LATE),
        consequences=tuple(line for line in lines if not line.by_person and line.tone != LATE),
    )


def _completed(line: Line, spoken: dict[str, Value], event: ev.Event) -> Line:
    """A file's name and the values of a corrected personal entry lie apart from the event."""
    if isinstance(event, ev.AttachmentAdded):
        return replace(line, attachment_name=str(spoken[FILE_NAME]) if spoken.get(FILE_NAME) else None)
    if not isinstance(event, ev.EntryCorrected) or not line.pairs or event.field_key not in spoken:
        return line
    pair = Pair(line.pairs[0].field, spoken[event.field_key], spoken.get("old"), True)
    return replace(line, pairs=(pair,))


def _words(entry: Entry, spoken: dict[str, Value], procedure: Any) -> Iterable[Words]:
    corrected = {event.field_key for event in entry.events if isinstance(event, ev.EntryCorrected)}
    for key, value in spoken.items():
        field = procedure.vocabulary.get(key)
        if key in SPOKEN:
            yield Words(SPOKEN[key], None if value is None else str(value))
        elif field is not None and key not in corrected and (field.type in LONG or key == procedure.register.get("subject")):
            yield Words(field.label, None if value is None else str(value))


def _pairs(entries: Iterable[Entry], procedure: Any, personal: dict[str, Value]) -> Iterator[tuple[Any, Value]]:
    """The values that are told, with their fields."""
    for entry in entries:
        spoken = {key: personal.get(ref[0]) for key, ref in entry.personal.items()}
        for event in entry.events:
            if isinstance(event, ev.ValuesChanged):
                yield from ((known, value) for key, value in event.values.items() if (known := procedure.vocabulary.get(key)))
            elif isinstance(event, ev.EntryCorrected) and (known := procedure.vocabulary.get(event.field_key)):
                told = (event.new, event.old, spoken.get(event.field_key), spoken.get("old"))
                yield from ((known, value) for value in told)


def _people(entries: Iterable[Entry]) -> set[str | None]:
    found: set[str | None] = set()
    for entry in entries:
        found |= {entry.actor_id, entry.on_behalf_of}
        for event in entry.events:
            found |= {getattr(event, name, None) for name in ("person_id", "assignee_id", "holder_id", "by")}
            if isinstance(event, ev.PeopleNotified):
                found |= {notice["person_id"] for notice in event.notices}
    return found


def _departments(entries: Iterable[Entry]) -> set[str | None]:
    return {getattr(event, "to_department", None) for entry in entries for event in entry.events}
