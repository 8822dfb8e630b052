"""Submitted forms as they are read: each answer with its field, and what was put right in it since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.codec import loads
from engine.domain.text import Text
from engine.domain.values import Value
from engine.queries.case_file.head import Head
from engine.queries.case_file.reasons import Correction, Corrections, corrections
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
    """The answers to one task; ``form`` is the company's name of the form, where it has one."""

    element_id: str
    form_key: str
    name: Text
    form: Text | None
    round: int
    at: datetime
    person: str
    answers: tuple[Answer, ...]


def newest_sheets(reader: Reader, actor: Actor, case: Head, hidden: frozenset[str]) -> tuple[Sheet, ...]:
    """The newest answers to each task of a case that the actor was shown, the latest first; empty ones left out."""
    newest: dict[tuple[str, str], Any] = {}
    for row in submitted(reader, actor, case):
        # What was filled in last comes last.
        newest.pop((row.element_id, row.form), None)
        newest[row.element_id, row.form] = row
    return _sheets(case, newest.values(), hidden)


def sheets_of(reader: Reader, actor: Actor, case: Head, forms: Collection[str], hidden: frozenset[str]) -> tuple[Sheet, ...]:
    """Every submission of these forms in a case that the actor was shown, the latest first; empty ones left out."""
    return _sheets(case, submitted(reader, actor, case, forms), hidden)


def submitted(reader: Reader, actor: Actor, case: Head, forms: Collection[str] | None = None) -> list[Any]:
    """The rows of all submissions, or of those of some forms, the oldest first."""
    query = sa.select(submission, person.c.name).outerjoin(person, person.c.id == submission.c.person_id)
    query = query.where(submission.c.case_id == case.case_id)
    if forms is not None:
        query = query.where(submission.c.form.in_(forms))
    return list(reader.connection.execute(query.order_by(submission.c.at, submission.c.id)))


def pairs_of(sheets: Iterable[Sheet], procedure: Any) -> Iterator[tuple[Any, Value]]:
    """The values on sheets with their fields, those in lists and before corrections too."""
    for answer in (answer for sheet in sheets for answer in sheet.answers):
        for value in (answer.value, *(one.was for one in answer.corrections)):
            yield answer.field, value
            rows = (row for row in value if isinstance(row, dict)) if isinstance(value, list) else ()
            yield from ((known, part) for row in rows for key, part in row.items() if (known := procedure.vocabulary.get(key)))


def _sheets(case: Head, rows: Iterable[Any], hidden: frozenset[str]) -> tuple[Sheet, ...]:
    corrected = corrections(case.marks, case.apart, hidden)
    made = (_sheet(case, row, hidden, corrected) for row in rows)
    return tuple(reversed([sheet for sheet in made if sheet.answers]))


def _sheet(case: Head, row: Any, hidden: frozenset[str], corrected: Corrections) -> Sheet:
    procedure, values = case.procedure, _values(case, row, hidden)
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
    return Sheet(row.element_id, row.form, name, called, row.round, row.at, row.name or row.person_id, tuple(answers))


def _values(case: Head, row: Any, hidden: frozenset[str]) -> dict[str, Value]:
    references = {key: ref for key, ref in loads(row.personal).items() if key not in hidden}
    found = case.apart.read(references.values())
    plain = {name: value for name, value in loads(row.plain).items() if name not in hidden}
    return {**plain, **{name: found.get(ref) for name, ref in references.items()}}
