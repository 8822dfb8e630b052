"""A version of a procedure as a document: signatures, steps by lane, limits, tables, forms, diagrams and its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.procedure.diagrams.picture import Picture, picture_of
from engine.queries.procedure.reading import LIMITS, LimitRow, cell_in_words, diagrams, limit_rows
from engine.queries.procedure.steps import Step, step_of
from engine.queries.procedure.versions import Recorded, recorded, versions
from engine.storage.tables import department

if TYPE_CHECKING:
    from engine.queries.reader import Reader

_NOWHERE = (10**6, 10**6)
_EMERGENCY = Text("紧急登记", "Emergency record")


@dataclass(frozen=True, slots=True)
class Lane:
    """The steps of one role in a diagram, in the order in which they are drawn."""

    role: Text | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One diagram: its picture and what people do in it."""

    name: Text
    picture: Picture | None
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A decision: what is asked, what is answered, row by row."""

    name: Text
    columns: tuple[Text, ...]
    asked: int
    rows: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The whole document."""

    title: Text
    version: Recorded
    owner: Text
    roles: tuple[Text, ...]
    chapters: tuple[Chapter, ...]
    limits: tuple[LimitRow, ...]
    tables: tuple[Table, ...]
    forms: tuple[tuple[Text, tuple[Text, ...]], ...]
    documents: tuple[Text, ...]
    history: tuple[Recorded, ...]


def rules(reader: Reader, actor: Actor, key: str, number: int) -> Rules:
    """A version as a document, in the company's own names; all staff may read it. NotFound where there is none of that number."""
    version = recorded(reader, actor, key, number)
    procedure = reader.catalogue.get(version.version_id).procedure
    owner, names = procedure.roles.get(procedure.owner), _departments(reader)
    return Rules(
        title=procedure.title,
        version=version,
        owner=owner.label if owner else Text(procedure.owner, procedure.owner),
        roles=tuple(role.label for role in procedure.roles.values()),
        chapters=tuple(_chapter(procedure, diagram) for diagram in diagrams(procedure)),
        limits=limit_rows(procedure),
        tables=tuple(_table(procedure, one, names) for one in procedure.decisions.values() if one.rules and one.id != LIMITS),
        forms=tuple(_form(procedure, form) for form in procedure.forms.values()),
        documents=tuple(document.title for document in procedure.documents.values()),
        history=tuple(one for one in versions(reader, actor, key) if one.number <= number),
    )


def _departments(reader: Reader) -> dict[str, Text]:
    """What the company calls its departments, by the codes that tables write; the company's own before those of one estate."""
    columns = department.c
    query = sa.select(columns.code, columns.name_zh, columns.name_en).order_by(columns.estate_id.is_(None))
    return {f'"{row.code}"': Text(row.name_zh, row.name_en) for row in reader.connection.execute(query)}


def _chapter(procedure: Any, diagram: Any) -> Chapter:
    picture = picture_of(diagram)
    places = {shape.id: (shape.box.x, shape.box.y) for shape in picture.shapes} if picture else {}
    tasks = [one for one in procedure.elements.values() if one.process_id == diagram.process_id and one.kind == "userTask"]
    tasks.sort(key=lambda one: places.get(one.id, _NOWHERE))
    of_role: dict[str | None, list[Any]] = {}
    for task in sorted(tasks, key=lambda one: places.get(one.id, _NOWHERE)[1]):
        of_role.setdefault(task.role, [])
    for task in tasks:
        of_role[task.role].append(task)
    return Chapter(diagram.name, picture, tuple(_lane(procedure, role, own) for role, own in of_role.items()))


def _lane(procedure: Any, role: str | None, tasks: Iterable[Any]) -> Lane:
    named = procedure.roles.get(role)
    return Lane(named.label if named else None, tuple(step_of(procedure, task) for task in tasks))


def _table(procedure: Any, decision: Any, departments: Mapping[str, Text]) -> Table:
    asked = [(column.source.strip(), column.label) for column in decision.inputs]
    answered = [(column.name, column.label) for column in decision.outputs]
    columns = [_heading(procedure, key, label) for key, label in (*asked, *answered)]
    keys = [key for key, _ in (*asked, *answered)]
    cells = ([(key, cell) for key, cell in zip(keys, (*rule.cells, *rule.outputs), strict=True)] for rule in decision.rules)
    rows = tuple(tuple(_cell(procedure, key, cell, departments) for key, cell in row) for row in cells)
    return Table(decision.label, tuple(columns), len(asked), rows)


def _heading(procedure: Any, key: str, label: Text) -> Text:
    field = procedure.vocabulary.get(key)
    return field.label if field else label


def _cell(procedure: Any, key: str, cell: str, departments: Mapping[str, Text]) -> Text:
    written, field = cell.strip(), procedure.vocabulary.get(key)
    if written in ("", "-"):
        return Text("", "")
    if field is not None and field.type == "department" and written in departments:
        return departments[written]
    roles = {f'"{role.key}"': role.label for role in procedure.roles.values()}
    return roles.get(written) or cell_in_words(procedure, key, written)


def _form(procedure: Any, form: Any) -> tuple[Text, tuple[Text, ...]]:
    task = next((one for one in procedure.elements.values() if one.form == form.name), None)
    usual = task.label if task else _EMERGENCY if form.name == procedure.intake.emergency_form else Text(form.name, form.name)
    return procedure.form_names.get(form.name, usual), tuple(field.field.label for field in form.fields)
