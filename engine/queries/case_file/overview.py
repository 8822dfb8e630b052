"""What stands on the first page of a case: demands, who has what, and what the forms say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.codec import loads
from engine.domain.text import Text
from engine.domain.values import Value
from engine.queries.case_file.drafts import Unfinished, unfinished
from engine.queries.case_file.head import Head
from engine.queries.case_file.reasons import Correction, Corrections, corrections
from engine.queries.case_values import values_of
from engine.queries.references import Names, named
from engine.queries.sensitive import withheld
from engine.queries.task.afterwards import NextItem, open_items
from engine.storage.tables import person, submission

if TYPE_CHECKING:
    from engine.queries.reader import Reader

NOTHING: tuple[Any, ...] = (None, "", [])


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
    open_items: tuple[NextItem, ...]
    sheets: tuple[Sheet, ...]
    unfinished: tuple[Unfinished, ...]
    names: Names


def overview(reader: Reader, actor: Actor, case: Head) -> Overview:
    """The first page of a case that the actor was shown."""
    hidden = withheld(actor, case.procedure, case.estate_id)
    present = values_of(reader, case.state, case.apart.latest())
    values = {key: value for key, value in present.items() if key not in hidden}
    sheets = _sheets(reader, case, hidden, corrections(case.marks, case.apart, hidden))
    tables = tuple(_tables(case.procedure, values))
    essentials = tuple(_essentials(case, values))
    return Overview(
        tables=tables,
        essentials=essentials,
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


def _sheets(reader: Reader, case: Head, hidden: frozenset[str], corrected: Corrections) -> tuple[Sheet, ...]:
    query = sa.select(submission, person.c.name).outerjoin(person, person.c.id == submission.c.person_id)
    query = query.where(submission.c.case_id == case.case_id).order_by(submission.c.at, submission.c.id)
    newest = {(row.element_id, row.form): row for row in reader.connection.execute(query)}
    references = {key: {k: p for k, p in loads(row.personal).items() if k not in hidden} for key, row in newest.items()}
    found = case.apart.read(ref for refs in references.values() for ref in refs.values())
    sheets = []
    for key, row in newest.items():
        personal = {name: found.get(ref) for name, ref in references[key].items()}
        plain = {name: value for name, value in loads(row.plain).items() if name not in hidden}
        sheets.append(_sheet(case, row, {**plain, **personal}, corrected))
    return tuple(reversed([sheet for sheet in sheets if sheet.answers]))


def _sheet(case: Head, row: Any, values: dict[str, Value], corrected: Corrections) -> Sheet:
    procedure = case.procedure
    form = procedure.forms.get(row.form)
    keys = [entry.key for entry in form.fields if entry.key in values] if form else list(values)
    answers = []
    for key in keys:
        newer, earlier = corrected.get(key, (None, ()))
        later = tuple(one for one in earlier if one.at >= row.at)
        value = newer if later else values[key]
        if key in procedure.vocabulary and (value not in NOTHING or later):
            answers.append(Answer(procedure.vocabulary[key], value, later))
    name, called = procedure.label(row.element_id), procedure.form_names.get(row.form)
    return Sheet(row.element_id, name, called, row.round, row.at, row.name or row.person_id, tuple(answers))


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
