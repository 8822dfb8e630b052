"""What stands on the first page of a case: demands, severity with its reason, who has what, and what the forms say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain import events as ev
from engine.domain.actor import Actor
from engine.domain.codec import loads
from engine.domain.text import Text
from engine.domain.values import Value
from engine.queries.case_file.drafts import Unfinished, unfinished
from engine.queries.case_file.head import Head
from engine.queries.case_file.reasons import Reason, severity_reason
from engine.queries.case_values import current_values
from engine.queries.references import Names, named
from engine.queries.sensitive import withheld
from engine.queries.task.afterwards import NextItem, open_items
from engine.storage.journal import Entry, read_stream
from engine.storage.payloads import read
from engine.storage.tables import person, submission

if TYPE_CHECKING:
    from engine.queries.reader import Reader

NOTHING: tuple[Any, ...] = (None, "", [])


@dataclass(frozen=True, slots=True)
class Correction:
    """An entry put right: the value before, by whom and when."""

    was: Value
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """A field of a form with its value, and the corrections it went through, oldest first."""

    field: Any
    value: Value
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The newest answers to one task; ``form`` is the company's name of the form, where it has one."""

    element_id: str
    name: Text
    form: Text | None
    round: int
    at: datetime
    person: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A list that the intake asks for, such as the demands, a column a part, with its present rows."""

    field: Any
    columns: tuple[Any, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything of the first page beside the head."""

    tables: tuple[Table, ...]
    essentials: tuple[tuple[Any, Value], ...]
    reason: Reason | None
    open_items: tuple[NextItem, ...]
    sheets: tuple[Sheet, ...]
    unfinished: tuple[Unfinished, ...]
    names: Names


def overview(reader: Reader, actor: Actor, case: Head) -> Overview:
    """The first page of a case that the actor was shown."""
    hidden = withheld(actor, case.procedure, case.estate_id)
    values = {key: value for key, value in current_values(reader, actor, case.case_id).items() if key not in hidden}
    entries = tuple(read_stream(reader.connection, "case", case.case_id))
    sheets = _sheets(reader, case, hidden, _corrections(reader, entries, hidden))
    tables = tuple(_tables(case.procedure, values))
    essentials = tuple(_essentials(case, values))
    return Overview(
        tables=tables,
        essentials=essentials,
        reason=severity_reason(reader, actor, case, entries),
        open_items=open_items(reader, actor, case.case_id, case.version_id) if case.version_id else (),
        sheets=sheets,
        unfinished=unfinished(reader, actor, case),
        names=named(reader, actor, [*essentials, *_pairs(sheets, tables, case.procedure)]),
    )


def _tables(procedure: Any, values: dict[str, Value]) -> Iterator[Table]:
    form = procedure.form_of(procedure.intake.task)
    for entry in form.fields if form else ():
        rows = [row for row in values.get(entry.key) or () if isinstance(row, dict)] if entry.field.type == "list" else []
        used = [key for key in entry.field.of if any(row.get(key) not in NOTHING for row in rows)]
        if used:
            columns = tuple(procedure.vocabulary[key] for key in used)
            yield Table(entry.field, columns, tuple(tuple(row.get(key) for key in used) for row in rows))


def _essentials(case: Head, values: dict[str, Value]) -> Iterator[tuple[Any, Value]]:
    """The register's columns in the order of procedure.yaml; of a historic record everything that was taken over."""
    procedure = case.procedure
    keys = list(procedure.register.values())
    keys += [key for key in values if key not in keys] if case.is_historic else []
    for key in dict.fromkeys(keys):
        if key in procedure.vocabulary and values.get(key) not in NOTHING:
            yield procedure.vocabulary[key], values[key]


def _sheets(
    reader: Reader, case: Head, hidden: frozenset[str], corrections: dict[str, tuple[Value, tuple[Correction, ...]]]
) -> tuple[Sheet, ...]:
    query = sa.select(submission, person.c.name).outerjoin(person, person.c.id == submission.c.person_id)
    query = query.where(submission.c.case_id == case.case_id).order_by(submission.c.at, submission.c.id)
    newest = {(row.element_id, row.form): row for row in reader.connection.execute(query)}
    references = {key: {k: p for k, p in loads(row.personal).items() if k not in hidden} for key, row in newest.items()}
    found = read(reader.connection, [ref for refs in references.values() for ref in refs.values()]) if newest else {}
    sheets = []
    for key, row in newest.items():
        personal = {name: found.get(ref) for name, ref in references[key].items()}
        plain = {name: value for name, value in loads(row.plain).items() if name not in hidden}
        sheets.append(_sheet(case, row, {**plain, **personal}, corrections))
    return tuple(reversed([sheet for sheet in sheets if sheet.answers]))


def _sheet(case: Head, row: Any, values: dict[str, Value], corrections: dict[str, tuple[Value, tuple[Correction, ...]]]) -> Sheet:
    procedure = case.procedure
    form = procedure.forms.get(row.form)
    keys = [entry.key for entry in form.fields if entry.key in values] if form else list(values)
    answers = []
    for key in keys:
        newer, earlier = corrections.get(key, (None, ()))
        later = tuple(one for one in earlier if one.at >= row.at)
        value = newer if later else values[key]
        if key in procedure.vocabulary and (value not in NOTHING or later):
            answers.append(Answer(procedure.vocabulary[key], value, later))
    name, called = procedure.label(row.element_id), procedure.form_names.get(row.form)
    return Sheet(row.element_id, name, called, row.round, row.at, row.name or row.person_id, tuple(answers))


def _corrections(
    reader: Reader, entries: Iterable[Entry], hidden: frozenset[str]
) -> dict[str, tuple[Value, tuple[Correction, ...]]]:
    """By field: its newest value and what it was before each correction."""
    made = [(entry, event) for entry in entries for event in entry.events if isinstance(event, ev.EntryCorrected)]
    made = [(entry, event) for entry, event in made if event.field_key not in hidden]
    ids = [entry.personal[key][0] for entry, event in made for key in (event.field_key, "old") if key in entry.personal]
    apart = read(reader.connection, ids) if ids else {}
    found: dict[str, tuple[Value, tuple[Correction, ...]]] = {}
    for entry, event in made:
        known = {key: apart.get(ref[0]) for key, ref in entry.personal.items()}
        personal = event.field_key in known
        value, was = (known[event.field_key], known.get("old")) if personal else (event.new, event.old)
        found[event.field_key] = (value, (*found.get(event.field_key, (None, ()))[1], Correction(was, entry.at)))
    return found


def _pairs(sheets: Iterable[Sheet], tables: Iterable[Table], procedure: Any) -> Iterator[tuple[Any, Value]]:
    for answer in (answer for sheet in sheets for answer in sheet.answers):
        for value in (answer.value, *(one.was for one in answer.corrections)):
            yield answer.field, value
            rows = value if isinstance(value, list) else []
            yield from (
                (procedure.vocabulary[k], v)
                for row in rows
                if isinstance(row, dict)
                for k, v in row.items()
                if k in procedure.vocabulary
            )
    for table in tables:
        yield from ((column, value) for row in table.rows for column, value in zip(table.columns, row, strict=True))
