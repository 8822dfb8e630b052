"""Why a case is as grave as it is, and what was put right in it: the few entries of its journal that every page needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain import events as ev
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.domain.values import Value
from engine.queries.case_file.apart import Apart
from engine.storage.journal import Entry, to_entry
from engine.storage.tables import journal, person

if TYPE_CHECKING:
    from engine.queries.reader import Reader

_CORRECTED = f'"{ev.EntryCorrected.__name__}"'
_USED = (ev.EntryCorrected, ev.ValuesChanged, ev.ActionTaken, ev.StepTaken)
_UNUSED = frozenset(ev.EVENTS) - {kind.__name__ for kind in _USED}


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry that settled the severity or put something right, and what the person is called."""

    entry: Entry
    person: str


@dataclass(frozen=True, slots=True)
class Reason:
    """When it was settled, by whom or by which table, and the words for it, None when nobody gave any."""

    at: datetime
    source: Text
    words: Text | None


@dataclass(frozen=True, slots=True)
class Correction:
    """An entry put right: the value before, and when."""

    was: Value
    at: datetime


#: By field: its newest value and what it was before each correction.
Corrections = dict[str, tuple[Value, tuple[Correction, ...]]]


def marks(reader: Reader, actor: Actor, case_id: str, severity: str | None) -> tuple[Mark, ...]:
    """The entries of a case that the actor may read which corrected something or may have set the severity, oldest first."""
    said = journal.c.events
    settled = sa.and_(said.contains(f'"{ev.ValuesChanged.__name__}"'), said.contains(f'"{severity}":', autoescape=True))
    wanted = sa.or_(said.contains(_CORRECTED), settled)
    query = sa.select(journal, person.c.name).outerjoin(person, person.c.id == journal.c.actor_id)
    query = query.where(journal.c.stream_kind == "case", journal.c.stream_id == case_id, wanted).order_by(journal.c.seq)
    rows = reader.connection.execute(query).mappings().all()
    return tuple(reversed(list(_marks(rows, severity, actor.calls_system))))


def _marks(rows: Sequence[Any], severity: str | None, system: str) -> Iterator[Mark]:
    """The newest first; of the entries that may have set the severity only as many as have to be looked at."""
    wanted = True
    for row in reversed(rows):
        if wanted or _CORRECTED in row["events"]:
            mark = Mark(to_entry(row, _UNUSED), row["name"] or system)
            wanted = wanted and not sets(mark.entry, severity)
            yield mark


def sets(entry: Entry, severity: str | None) -> bool:
    """Whether an entry sets the severity."""
    return any(isinstance(event, ev.ValuesChanged) and severity in event.values for event in entry.events)


def severity_reason(procedure: Any, found: Sequence[Mark], apart: Apart) -> Reason | None:
    """The newest entry that settled the severity; None before any did."""
    key = procedure.register.get("severity")
    for mark in reversed(found):
        if sets(mark.entry, key):
            return _decided(procedure, key, mark.entry) or _said(mark, apart)
    return None


def corrections(found: Iterable[Mark], apart: Apart, hidden: frozenset[str]) -> Corrections:
    """What was put right, of the fields that are not hidden."""
    made = [(mark.entry, event) for mark in found for event in mark.entry.events if isinstance(event, ev.EntryCorrected)]
    corrected: Corrections = {}
    for entry, event in made:
        if event.field_key in hidden:
            continue
        known = apart.read(entry.personal[key][0] for key in (event.field_key, "old") if key in entry.personal)
        values = {key: known.get(ref[0]) for key, ref in entry.personal.items()}
        value, was = (values[event.field_key], values.get("old")) if event.field_key in values else (event.new, event.old)
        earlier = corrected.get(event.field_key, (None, ()))[1]
        corrected[event.field_key] = (value, (*earlier, Correction(was, entry.at)))
    return corrected


def _decided(procedure: Any, key: str | None, entry: Entry) -> Reason | None:
    # An action of a person sets the value itself; a table that ran in the same step then only confirmed it.
    if any(isinstance(event, ev.ActionTaken) for event in entry.events):
        return None
    for step in (event for event in reversed(entry.events) if isinstance(event, ev.StepTaken)):
        for made in reversed(step.decisions):
            table = procedure.decisions.get(str(made["decision"]))
            rows = [int(row) for row in made.get("rows") or ()]
            if table is not None and rows and any(output.name == key for output in table.outputs):
                return _by_table(table, rows, entry.at)
    return None


def _by_table(table: Any, rows: list[int], at: datetime) -> Reason:
    zh, en = "、".join(map(str, rows)), ", ".join(map(str, rows))
    source = Text(f"按“{table.label.zh}”判定表第 {zh} 行", f"by row {en} of the table “{table.label.en}”")
    notes = [rule.note for rule in table.rules if rule.index in rows and rule.annotation]
    words = Text("；".join(note.zh for note in notes), "; ".join(note.en for note in notes)) if notes else None
    return Reason(at, source, words)


def _said(mark: Mark, apart: Apart) -> Reason:
    given = mark.entry.personal.get("reason")
    written = apart.read([given[0]]).get(given[0]) if given else None
    words = Text(str(written), str(written)) if written else None
    return Reason(mark.entry.at, Text(f"{mark.person}决定", f"decided by {mark.person}", own=(mark.person,)), words)
