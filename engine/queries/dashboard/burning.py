"""The board itself: six statements, whatever there is to see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.errors import Forbidden
from engine.queries.dashboard import expecting, urgent, workload
from engine.queries.dashboard.expecting import Expected
from engine.queries.dashboard.seeing import Sight, has_sight
from engine.queries.dashboard.urgent import Emergency
from engine.queries.dashboard.workload import Load
from engine.storage.tables import incident, procedure_version, register_entry

if TYPE_CHECKING:
    from engine.queries.reader import Reader

NO_ROLE = Text(
    "看板给担任岗位的同事看。请管理员为您设岗位。", "The dashboard is for those who hold a role. Ask an administrator for one."
)
MOST_EXPECTED = 12


@dataclass(frozen=True, slots=True)
class Tiles:
    """How many; ``incidents`` is None for those who do not deal with them."""

    late: int
    breached: int
    soon: int
    unassigned: int
    emergencies: int
    incidents: int | None


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the page; ``expected`` are the nearest of ``expected_count`` limits that fall due until ``until``.

    Limits are counted to one more than ``expecting.MOST``.
    """

    tiles: Tiles
    open: int
    emergencies: tuple[Emergency, ...]
    people: tuple[Load, ...]
    departments: tuple[Load, ...]
    expected: tuple[Expected, ...]
    expected_count: int
    until: datetime
    oversees: bool


def burning(reader: Reader, actor: Actor, estate_id: str | None = None) -> Board:
    """What burns in all estates of the actor, or in one; Forbidden for those who hold no role."""
    sight = sight_of(reader, actor, estate_id)
    until = expecting.horizon(sight)
    operated = _incidents(sight)
    done = workload.done_groups(sight, _counts(sight, until, operated))
    loads = workload.summed(sight, workload.open_groups(sight), done)
    counted = done[0]
    tiles = Tiles(
        loads.whole.late, counted.breached, loads.whole.soon, loads.unassigned, counted.emergencies,
        None if operated is None else counted.incidents,
    )  # fmt: skip
    nearest = expecting.rows(sight, expecting.falling_due(sight, until), MOST_EXPECTED)
    expected = expecting.told(sight, nearest)
    burning = urgent.emergencies(sight)
    loaded = (loads.people, loads.departments)
    return Board(tiles, loads.whole.open, burning, *loaded, expected, counted.expected, until, sight.oversees)


def sight_of(reader: Reader, actor: Actor, estate_id: str | None) -> Sight:
    """The actor's sight; Forbidden for those who hold no role."""
    if not has_sight(actor):
        raise Forbidden(NO_ROLE)
    return Sight(reader, actor, estate_id)


def _counts(sight: Sight, until: datetime, operated: ColumnElement[bool] | None) -> list[ColumnElement[int]]:
    return [
        expecting.counted(expecting.breached_today(sight)).label("breached"),
        expecting.counted(expecting.falling_due(sight, until)).label("expected"),
        _count(register_entry, urgent.in_sight(sight)).label("emergencies"),
        _count(incident, sa.false() if operated is None else operated).label("incidents"),
    ]


def _incidents(sight: Sight) -> ColumnElement[bool] | None:
    """The open incidents that the actor deals with: an administrator all, the owner of procedures those of their versions."""
    waiting, actor, reader = incident.c.resolved_at.is_(None), sight.actor, sight.reader
    if actor.administrator or actor.system:
        return waiting
    if sight.procedure.owner not in actor.roles:
        return None
    keys = reader.catalogue.keys_in_force(reader.now)
    mine = [key for key in keys if reader.catalogue.in_force(key, reader.now).procedure.owner == sight.procedure.owner]
    versions = sa.select(procedure_version.c.id).where(procedure_version.c.procedure_key.in_(mine))
    estates = {grant.estate_id for grant in actor.grants if grant.role == sight.procedure.owner}
    within = sa.true() if None in estates else incident.c.estate_id.in_(sorted(str(estate_id) for estate_id in estates))
    return sa.and_(waiting, incident.c.version_id.in_(versions), within)


def _count(table: sa.FromClause, where: ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).select_from(table).where(where).scalar_subquery()
