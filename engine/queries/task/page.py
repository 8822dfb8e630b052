"""Everything that the page of a work item shows, read in a handful of statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import NotFound
from engine.queries import scope
from engine.queries.case_values import current_values
from engine.queries.labels import Severity, estate_name, severity_of
from engine.queries.references import Names, named
from engine.queries.sensitive import withheld
from engine.queries.task.beside import Clock, Draft, Round, clock, draft, file_names, rounds
from engine.queries.task.following import Following, following
from engine.queries.task.offered import offered
from engine.queries.task.permissions import Permissions, permissions
from engine.queries.task.strip import Strip, strip
from engine.storage.tables import cases, estate, person, register_entry, work_item

if TYPE_CHECKING:
    from engine.queries.reader import Reader

EVIDENCE = "evidence"
NO_SUCH_TASK = Text("没有这项任务，或者它不归您看。", "There is no such task, or it is not yours to see.")


@dataclass(frozen=True, slots=True)
class Item:
    """A work item with its case's number and standing."""

    id: str
    case_id: str
    element_id: str
    name: Text
    form: str | None
    role: str | None
    department: str | None
    previous_department: str | None
    assignee_id: str | None
    holder_id: str | None
    holder: str | None
    excluded: bool
    kept_out: tuple[str, ...]
    round: int
    status: str
    opened_at: datetime
    due_at: datetime | None
    warn_at: datetime | None
    due_key: str | None
    ended_at: datetime | None
    ended_by: str | None
    may_do: bool
    number: str
    estate_id: str
    estate: Text
    emergency: bool
    severity: Severity | None
    version_id: str
    case_status: str
    case_department: str | None


@dataclass(frozen=True, slots=True)
class Task:
    """A work item with its form and all that stands beside it; ``values`` are the case's current ones.

    ``form_name`` is what the company calls the form, where it has a name for it; ``offered`` are the actions beside the task.
    """

    item: Item
    procedure: Any
    form: Any
    form_name: Text | None
    instructions: Text | None
    role: Text | None
    values: dict[str, Value]
    essentials: tuple[tuple[Any, Value], ...]
    names: Names
    clock: Clock | None
    draft: Draft | None
    rounds: tuple[Round, ...]
    strip: Strip
    following: Following | None
    may: Permissions
    offered: tuple[Any, ...]


def item(reader: Reader, actor: Actor, item_id: str) -> Item:
    """One work item of a case that the actor may read, open or not."""
    row = reader.connection.execute(_query(actor).where(work_item.c.id == item_id)).first()
    if row is None:
        raise NotFound(NO_SUCH_TASK)
    return _item(reader, actor, row)


def task(reader: Reader, actor: Actor, item_id: str) -> Task:
    """The whole page of a work item; a form is there only while the item is open."""
    found = item(reader, actor, item_id)
    procedure = reader.catalogue.get(found.version_id).procedure
    element = procedure.element(found.element_id)
    hidden = withheld(actor, procedure, found.estate_id)
    values = {key: value for key, value in current_values(reader, actor, found.case_id).items() if key not in hidden}
    essentials = _essentials(procedure, values)
    earlier = rounds(reader, actor, found, procedure, hidden)
    form = procedure.forms.get(found.form) if found.form else procedure.form_of(found.element_id)
    written = [(entry.field, values.get(entry.key)) for entry in form.fields] if form else []
    shown = [(part.field, values.get(str(part.key))) for part in form.shown] if form else []
    pairs = [*essentials, *written, *shown, *(pair for earlier_round in earlier for pair in earlier_round.answers)]
    role = procedure.roles.get(found.role) if found.role else None
    neighbours = strip(procedure, found.element_id)
    return Task(
        item=found,
        procedure=procedure,
        form=form,
        form_name=procedure.form_names.get(form.name) if form else None,
        instructions=element.instructions,
        role=role.label if role else None,
        values=values,
        essentials=essentials,
        names={**named(reader, actor, pairs), **(file_names(reader, actor, found) if _shows_files(pairs) else {})},
        clock=clock(reader, actor, found),
        draft=draft(reader, actor, found),
        rounds=earlier,
        strip=neighbours,
        following=following(reader, actor, procedure, neighbours, found),
        may=permissions(actor, procedure, found),
        offered=offered(actor, procedure, found),
    )


@lru_cache(maxsize=256)
def _query(actor: Actor) -> sa.Select[Any]:
    # Putting such a statement together costs more than running it, and an actor asks for many tasks.
    holder, ender, entry = person.alias("holder"), person.alias("ender"), register_entry.c
    held_by = sa.func.coalesce(work_item.c.holder_id, work_item.c.assignee_id)
    joined = (
        work_item.join(register_entry, entry.case_id == work_item.c.case_id)
        .join(cases, cases.c.id == work_item.c.case_id)
        .outerjoin(estate, estate.c.id == work_item.c.estate_id)
        .outerjoin(holder, holder.c.id == held_by)
        .outerjoin(ender, ender.c.id == work_item.c.ended_by)
    )
    may_do = scope.may_do_item(actor)
    may_read = scope.may_read_case(actor, work_item.c.case_id, work_item.c.estate_id, entry.department)
    return (
        sa.select(
            work_item, entry.number, entry.severity.label("graded"), entry.emergency.label("urgent"),
            entry.status.label("case_status"), entry.department.label("case_department"),
            cases.c.version_id, estate.c.name_zh.label("estate_zh"), estate.c.name_en.label("estate_en"),
            holder.c.name.label("holder_name"), ender.c.name.label("ender_name"), may_do.label("may_do"),
        )
        .select_from(joined)
        .where(sa.or_(may_do, may_read))
    )  # fmt: skip


def _item(reader: Reader, actor: Actor, row: Any) -> Item:
    return Item(
        id=row.id,
        case_id=row.case_id,
        element_id=row.element_id,
        name=Text(row.name_zh, row.name_en),
        form=row.form,
        role=row.role,
        department=row.department,
        previous_department=row.previous_department,
        assignee_id=row.assignee_id,
        holder_id=row.holder_id,
        holder=row.holder_name,
        excluded=f",{actor.person_id}," in row.excluded,
        kept_out=tuple(person for person in row.excluded.split(",") if person),
        round=row.round,
        status=row.status,
        opened_at=row.opened_at,
        due_at=row.due_at,
        warn_at=row.warn_at,
        due_key=row.due_key,
        ended_at=row.ended_at,
        ended_by=row.ender_name,
        may_do=bool(row.may_do),
        number=row.number,
        estate_id=row.estate_id,
        estate=estate_name(row),
        emergency=row.urgent,
        severity=severity_of(reader.catalogue, row.version_id, row.graded),
        version_id=row.version_id,
        case_status=row.case_status,
        case_department=row.case_department,
    )


def _shows_files(pairs: list[tuple[Any, Value]]) -> bool:
    return any(field.type == EVIDENCE for field, _ in pairs)


def _essentials(procedure: Any, values: dict[str, Value]) -> tuple[tuple[Any, Value], ...]:
    """The register's columns that say something, in the order that procedure.yaml gives them; a plain no says nothing."""
    fields = (procedure.vocabulary[key] for key in procedure.register.values() if key in procedure.vocabulary)
    said = ((field, values.get(field.key)) for field in fields)
    return tuple((field, value) for field, value in said if value not in (None, "", []) and value is not False)
