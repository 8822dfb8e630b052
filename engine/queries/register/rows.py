"""The rows of the book, with what each column shows of a case."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.domain.values import Value
from engine.queries.labels import Severity, severity_of
from engine.queries.register.columns import Column, Shape
from engine.queries.register.filters import CLOSED, HISTORIC, OPEN
from engine.queries.sensitive import withheld
from engine.storage.payloads import latest
from engine.storage.tables import cases, department, estate, household, person, register_entry, unit

if TYPE_CHECKING:
    from engine.queries.reader import Reader

_entry = register_entry.c
_LABELLED = ("validity", "category", "channel", "outcome")
_STATES = {OPEN: Text("办理中", "Open"), CLOSED: Text("已办结", "Closed"), HISTORIC: Text("历史记录", "Historic")}
_URGENT = Text("紧急", "Emergency")
#: Shown beside the columns: on a phone, and in the mark of a row.
ALWAYS = ("subject", "place", "complainant_name")
TEXT = "text"


@dataclass(frozen=True, slots=True)
class Row:
    """One case as the book shows it; ``cells`` are by column key, a Text where the procedure or the company has a name for it.

    ``position`` counts from 1, newest first; None where counting would mean reading the book from its start.
    """

    case_id: str
    number: str
    position: int | None
    key: str
    status: str
    estate: Text
    registered_at: datetime
    emergency: bool
    breached: bool
    severity: Severity | None
    cells: dict[str, Value | Text]
    excerpt: str | None


def selected(keys: sa.Subquery) -> sa.Select[Any]:
    """Everything that a row is made of, for the cases of ``keys``."""
    joined = (
        keys.join(register_entry, _entry.case_id == keys.c.case_id)
        .join(cases, cases.c.id == _entry.case_id)
        .join(estate, estate.c.id == _entry.estate_id)
        .outerjoin(household, household.c.id == _entry.household_id)
        .outerjoin(unit, unit.c.id == household.c.unit_id)
        .outerjoin(person, person.c.id == _entry.registered_by)
    )
    names = (estate.c.name_zh.label("estate_zh"), estate.c.name_en.label("estate_en"), person.c.name.label("recorder"))
    return sa.select(register_entry, cases.c.version_id, *names, unit.c.room).select_from(joined)


@dataclass(frozen=True, slots=True)
class _Dressing:
    reader: Reader
    actor: Actor
    columns: Sequence[Column]
    searched: bool
    departments: Mapping[tuple[str, str | None], Text]

    def procedure(self, row: Any) -> Any:
        # A historic record was taken over in the words of the version that was in force.
        version_id, catalogue = row.version_id, self.reader.catalogue
        return catalogue.get(version_id) if version_id else catalogue.intake(self.reader.now)


def dressed(
    reader: Reader, actor: Actor, found: Sequence[Any], columns: Sequence[Column], *, searched: bool, first: int | None = None
) -> tuple[Row, ...]:
    """Rows of the cases that ``selected`` found, the first of them at that place of the book."""
    if not found:
        return ()
    dressing = _Dressing(reader, actor, columns, searched, _departments(reader, columns))
    personal = (
        {column.key for column in columns if column.shape is Shape.PERSONAL} | set(ALWAYS) | ({TEXT} if searched else set())
    )
    words = _personal(dressing, found, personal)
    places = range(first, first + len(found)) if first else [None] * len(found)
    return tuple(_row(dressing, row, words[row.case_id], place) for row, place in zip(found, places, strict=True))


def _departments(reader: Reader, columns: Sequence[Column]) -> dict[tuple[str, str | None], Text]:
    if not any(column.key == "department" for column in columns):
        return {}
    rows = reader.connection.execute(sa.select(department))
    return {(row.code, row.estate_id): Text(row.name_zh, row.name_en) for row in rows}


def _personal(dressing: _Dressing, found: Sequence[Any], wanted: Collection[str]) -> dict[str, dict[str, str]]:
    """What lies apart of each case, by register column, without what the actor may not see of it."""
    reader, published = dressing.reader, {row.version_id: dressing.procedure(row) for row in found}
    fields = {field for version in published.values() for name in wanted if (field := version.procedure.register.get(name))}
    kept = latest(reader.connection, [row.case_id for row in found], fields)
    hidden: dict[tuple[str | None, str], frozenset[str]] = {}
    words: dict[str, dict[str, str]] = {}
    for row in found:
        procedure = published[row.version_id].procedure
        place = (row.version_id, row.estate_id)
        if place not in hidden:
            hidden[place] = withheld(dressing.actor, procedure, row.estate_id)
        values = kept.get(row.case_id, {})
        named = ((name, field) for name in wanted if (field := procedure.register.get(name)) not in (None, *hidden[place]))
        words[row.case_id] = {name: str(value) for name, field in named if (value := values.get(field))}
    return words


def _row(dressing: _Dressing, row: Any, words: Mapping[str, str], position: int | None) -> Row:
    published = dressing.procedure(row)
    severity = severity_of(dressing.reader.catalogue, published.version_id, row.severity)
    known = {name: words.get(name) for name in ALWAYS}
    cells = {column.key: _cell(dressing, column, row, words, severity) for column in dressing.columns}
    return Row(
        case_id=row.case_id,
        number=row.number,
        position=position,
        key=f"{row.registered_at.isoformat()}~{row.case_id}",
        status=row.status,
        estate=Text(row.estate_zh, row.estate_en),
        registered_at=row.registered_at,
        emergency=row.emergency,
        breached=row.breach_count > 0,
        severity=severity,
        cells=known | cells,
        excerpt=words.get(TEXT) if dressing.searched else None,
    )


def _cell(dressing: _Dressing, column: Column, row: Any, words: Mapping[str, str], severity: Severity | None) -> Value | Text:
    match column.key:
        case key if column.shape is Shape.PERSONAL:
            return words.get(key)
        case "severity":
            return severity.label if severity else None
        case "status":
            return _STATES[row.status]
        case "estate":
            return Text(row.estate_zh, row.estate_en)
        case "urgent":
            return _URGENT if row.emergency else None
        case "department" if row.department:
            names = dressing.departments
            return names.get((row.department, row.estate_id)) or names.get((row.department, None)) or row.department
        case key if key in _LABELLED and row._mapping[key]:
            return _label(dressing.procedure(row).procedure, key, row._mapping[key])
        case key:
            return row._mapping[key]


def _label(procedure: Any, column: str, value: str) -> Text:
    field = procedure.vocabulary.get(procedure.register.get(column, ""))
    choice = field.choice(value) if field else None
    return choice.label if choice else Text(value, value)
