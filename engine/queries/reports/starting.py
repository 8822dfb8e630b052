"""What begins without a complaint: when the calendar will start it, and where a person may do so now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from engine.domain.actor import COMPANY, Actor
from engine.domain.text import Text
from engine.procedure.check.manifest import BEGINS, PROPOSALS
from engine.queries import scope
from engine.storage.tables import estate, schedule

if TYPE_CHECKING:
    from engine.procedure import Element, Procedure
    from engine.queries.reader import Reader

#: The action of procedure.yaml that says who may start by hand, and the section that says what every estate does by itself.
ACTION, SECTION, PER, ESTATE = "start", "starts", "per", "estate"
_START = "startEvent"


@dataclass(frozen=True, slots=True)
class Place:
    """An estate in which it begins by itself, or the whole company; ``next_at`` is when the calendar starts it."""

    estate_id: str
    name: Text | None
    next_at: datetime | None
    may_start: bool


@dataclass(frozen=True, slots=True)
class Startable:
    """A start event of a procedure's frame with the places in which it begins."""

    element_id: str
    name: Text
    places: tuple[Place, ...]


def startable(reader: Reader, actor: Actor, procedure_key: str) -> tuple[Startable, ...]:
    """The start events of a procedure in force; none for one that begins with a complaint."""
    procedure = reader.catalogue.in_force(procedure_key, reader.now).procedure
    if procedure.intake.task:
        return ()
    query = sa.select(estate).where(estate.c.active, scope.in_estates(actor, estate.c.id)).order_by(estate.c.code)
    estates = {row.id: Text(row.name_zh, row.name_en) for row in reader.connection.execute(query)}
    due = {(row.element_id, row.estate_id): row.due_at for row in reader.connection.execute(_schedules(procedure_key))}
    action = procedure.actions.get(ACTION)
    roles = action.roles if action else ()
    starts = [element for element in procedure.elements.values() if _begins(procedure, element)]
    shared = procedure.manifest.source

    def place(element_id: str, estate_id: str) -> Place:
        may = any(actor.holds(role, estate_id) for role in roles)
        return Place(estate_id, estates.get(estate_id), due.get((element_id, estate_id)), may)

    def places(element_id: str) -> tuple[Place, ...]:
        per_estate = shared.mapping(SECTION, element_id).get(PER) == ESTATE
        return tuple(place(element_id, estate_id) for estate_id in (estates if per_estate else (COMPANY,)))

    return tuple(Startable(element.id, element.label, places(element.id)) for element in starts)


def _begins(procedure: Procedure, element: Element) -> bool:
    frame = element.kind == _START and element.process_id == procedure.main and element.host is None
    # What begins with a draft is begun in the studio.
    return frame and element.id != procedure.manifest.source.mapping(PROPOSALS).get(BEGINS)


def _schedules(procedure_key: str) -> sa.Select[tuple[str, str, datetime]]:
    row = schedule.c
    return sa.select(row.element_id, row.estate_id, row.due_at).where(row.procedure_key == procedure_key)
