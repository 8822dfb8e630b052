"""What narrows a tab: columns of the items, words of their cases, and the choices that the page offers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.queries import people
from engine.queries.inbox import words
from engine.queries.inbox.tabs import DONE, Narrowing
from engine.queries.people import Option
from engine.storage.tables import department, limit_run, register_entry, work_item

if TYPE_CHECKING:
    from engine.queries.reader import Reader

_TASK = "userTask"
#: So many items are named one by one; of more, the next ones in a list's own order are soon found.
FEW = 1000


@dataclass(frozen=True, slots=True)
class Filters:
    """Each narrows when it is given; ``after`` is the key of the last row already seen.

    ``task`` is an element's id, ``department`` a department's code, ``words`` a number, a room, a place or words of the case.
    """

    estate_id: str | None = None
    severity: str | None = None
    department: str | None = None
    role: str | None = None
    task: str | None = None
    words: str | None = None
    late: bool = False
    emergency: bool = False
    provisional: bool = False
    after: str | None = None

    @property
    def narrow(self) -> bool:
        """Whether anything is left out."""
        named = (self.estate_id, self.severity, self.department, self.role, self.task, self.words)
        return any(named) or self.late or self.emergency or self.provisional


@dataclass(frozen=True, slots=True)
class Choices:
    """What each filter offers to somebody; what is not among them is nothing that they could find."""

    estates: tuple[Option, ...]
    severities: tuple[Option, ...]
    departments: tuple[Option, ...]
    roles: tuple[Option, ...]
    tasks: tuple[Option, ...]


def narrowing(reader: Reader, actor: Actor, tab: str, filters: Filters) -> Narrowing:
    """The conditions that the filters make."""
    found = [*words.narrowing(reader, actor, filters.words or ""), *(_provisional(reader, actor) if filters.provisional else ())]
    conditions = [*_of_item(reader, filters), *_of_case(tab, filters), *(condition for condition, _ in found)]
    return Narrowing(tuple(conditions), any(few for _, few in found))


def _of_item(reader: Reader, filters: Filters) -> Iterator[ColumnElement[bool]]:
    item = work_item.c
    # The department as an expression, because there is an index of departments that knows nothing of a list's order.
    named = (item.estate_id, filters.estate_id), (item.department.concat(""), filters.department)
    also = (item.role, filters.role), (item.element_id, filters.task)
    yield from (column == value for column, value in (*named, *also) if value)
    if filters.late:
        yield item.due_at < reader.now


def _of_case(tab: str, filters: Filters) -> Iterator[ColumnElement[bool]]:
    # Open items know of their case what lists are narrowed by; what is done is narrowed over a short stretch alone.
    where = register_entry if tab == DONE else work_item
    conditions = []
    if filters.severity:
        conditions.append(where.c.severity == filters.severity)
    if filters.emergency:
        conditions.append(where.c.emergency)
    if conditions and tab == DONE:
        yield sa.exists().where(register_entry.c.case_id == work_item.c.case_id, *conditions)
    else:
        yield from conditions


def _provisional(reader: Reader, actor: Actor) -> Iterator[tuple[ColumnElement[bool], bool]]:
    run = limit_run.c
    runs = sa.select(run.case_id).where(run.provisional, run.stopped_at.is_(None)).limit(FEW + 1)
    found = list(reader.connection.execute(runs).scalars())
    few = len(found) <= FEW
    if few:
        yield words.items_of(reader, actor, found), True
    yield sa.exists().where(runs_provisionally()), few


def runs_provisionally() -> ColumnElement[bool]:
    """The limit that the item is due by runs, and its due moment hangs on days whose notice is not out yet."""
    run = limit_run.c
    return sa.and_(run.case_id == work_item.c.case_id, run.key == work_item.c.due_key, run.stopped_at.is_(None), run.provisional)


def choices(reader: Reader, actor: Actor) -> Choices:
    """The estates and departments where the actor works, and the roles held with the tasks that they do."""
    severities: dict[str, Option] = {}
    roles: dict[str, Option] = {}
    tasks: dict[str, Option] = {}
    for key in reader.catalogue.procedure_keys():
        procedure = reader.catalogue.in_force(key, reader.now).procedure
        severities |= _severities(procedure)
        held = {name: role for name, role in procedure.roles.items() if name in actor.roles}
        roles |= {name: Option(name, role.label) for name, role in held.items()}
        tasks |= _tasks(procedure, held)
    named = sorted(tasks.values(), key=lambda task: task.label.zh)
    estates, departments = people.estates(reader, actor), _departments(reader, actor)
    return Choices(estates, tuple(severities.values()), departments, tuple(roles.values()), tuple(named))


def _severities(procedure: Any) -> dict[str, Option]:
    field = procedure.vocabulary.get(procedure.register.get("severity", ""))
    return {choice.value: Option(choice.value, choice.label) for choice in (field.choices if field else ())}


def _tasks(procedure: Any, held: Collection[str]) -> dict[str, Option]:
    done = (element for element in procedure.elements.values() if element.kind == _TASK and element.role in held)
    return {element.id: Option(element.id, procedure.label(element.id)) for element in done}


def _departments(reader: Reader, actor: Actor) -> tuple[Option, ...]:
    everywhere = any(grant.department is None for grant in actor.grants)
    mine = {grant.department for grant in actor.grants}
    query = sa.select(department.c.code, department.c.name_zh, department.c.name_en).where(department.c.active)
    rows = reader.connection.execute(query.order_by(department.c.code))
    return tuple(
        {row.code: Option(row.code, Text(row.name_zh, row.name_en)) for row in rows if everywhere or row.code in mine}.values()
    )
